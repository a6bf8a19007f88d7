import type { CSSProperties, ReactNode } from "react";

/** Numbers, units, ids, phones, drug names, code: isolated and left to right inside any text. */
export function Num({ children, className, style }: { children: ReactNode; className?: string; style?: CSSProperties }) {
  return (
    <bdi dir="ltr" className={className} style={style}>
      {children}
    </bdi>
  );
}
