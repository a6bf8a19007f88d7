import type { ReactNode } from "react";
import styles from "./app-bar.module.css";
import { Logo } from "./logo.tsx";

/** The 44-px bar: mark, title, what stands in the middle, and the end side. */
export function AppBar({
  title,
  children,
  end,
  tall = false,
}: {
  title: ReactNode;
  children?: ReactNode;
  end?: ReactNode;
  tall?: boolean;
}) {
  return (
    <header className={styles.bar} data-tall={tall || undefined}>
      <span className={styles.mark}>
        <Logo />
      </span>
      <span className={styles.title}>{title}</span>
      <div className={styles.middle}>{children}</div>
      <div className={styles.end}>{end}</div>
    </header>
  );
}
