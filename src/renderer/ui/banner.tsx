import type { ReactNode } from "react";
import styles from "./banner.module.css";

/** The strip that never scrolls: parts side by side, each with its tone. `unknown` is hatched with a dashed edge. */
export function Banner({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={styles.banner} aria-label={label}>
      {children}
    </section>
  );
}

interface PartProps {
  tone?: "plain" | "stop" | "warn" | "unknown";
  children: ReactNode;
}

/** One part of a Banner. */
export function BannerPart({ tone = "plain", children }: PartProps) {
  return (
    <div className={styles.part} data-tone={tone}>
      <div className={styles.inner}>{children}</div>
    </div>
  );
}
