import type { ReactNode } from "react";
import { Num } from "./num.tsx";
import styles from "./rail.module.css";

export interface RailEntry {
  id: string;
  word: string;
  icon: ReactNode;
  count?: number;
  current?: boolean;
  act(): void;
}

function Entry({ entry }: { entry: RailEntry }) {
  return (
    <li>
      <button type="button" className={styles.entry} aria-current={entry.current ? "page" : undefined} onClick={entry.act}>
        <span className={styles.icon}>
          {entry.icon}
          {!!entry.count && <Num className={styles.count}>{entry.count}</Num>}
        </span>
        <span className={styles.word}>{entry.word}</span>
      </button>
    </li>
  );
}

/** The role's rail on the start side: icon and word, never an icon alone. */
export function Rail({ label, entries, foot }: { label: string; entries: RailEntry[]; foot: RailEntry[] }) {
  return (
    <nav className={styles.rail} aria-label={label}>
      <ul>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      <ul>
        {foot.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
    </nav>
  );
}
