import type { ReactNode } from "react";
import { Num } from "./num.tsx";
import styles from "./rail.module.css";

export interface RailEntry {
  id: string;
  word: string;
  icon: ReactNode;
  count?: number;
  /** The count in words, read aloud after the entry's word. */
  countWords?: string;
  current?: boolean;
  act(): void;
}

// More than two figures do not fit beside an icon.
const MOST = 99;

function Entry({ entry }: { entry: RailEntry }) {
  return (
    <li>
      <button type="button" className={styles.entry} aria-current={entry.current ? "page" : undefined} onClick={entry.act}>
        <span className={styles.icon}>
          {entry.icon}
          {!!entry.count && (
            <Num className={styles.count}>
              <span aria-hidden={entry.countWords ? "true" : undefined}>{entry.count > MOST ? `${MOST}+` : entry.count}</span>
            </Num>
          )}
        </span>
        <span className={styles.word}>{entry.word}</span>
        {!!entry.count && entry.countWords && <span className="visually-hidden">{entry.countWords}</span>}
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
