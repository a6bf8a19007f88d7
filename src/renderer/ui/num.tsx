import type { ReactNode } from "react";

/** Numbers, units, ids, phones, drug names, code: isolated and left to right inside any text. */
export function Num({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <bdi dir="ltr" className={className}>
      {children}
    </bdi>
  );
}
