import styles from "./kbd.module.css";

/** The name of a key: left to right in both languages. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className={styles.kbd} dir="ltr" aria-hidden="true">
      {children}
    </kbd>
  );
}
