import type { ReactNode } from "react";
import styles from "./row.module.css";

interface RowProps {
  /** 48 px with a second line, 28 px without. */
  lead?: ReactNode;
  leadDetail?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  end?: ReactNode;
  endDetail?: ReactNode;
  selected?: boolean;
  dimmed?: boolean;
  /** Makes the row a button. */
  onSelect?(): void;
}

/** One row of a list. In a `Rows` list arrow keys move between the rows. */
export function Row({ lead, leadDetail, title, detail, end, endDetail, selected = false, dimmed = false, onSelect }: RowProps) {
  const two = detail !== undefined || leadDetail !== undefined || endDetail !== undefined;
  const inside = (
    <>
      {(lead !== undefined || leadDetail !== undefined) && (
        <span className={styles.lead}>
          <span>{lead}</span>
          {leadDetail !== undefined && <span className={styles.leadDetail}>{leadDetail}</span>}
        </span>
      )}
      <span className={styles.main}>
        <span className={styles.title}>{title}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
      {(end !== undefined || endDetail !== undefined) && (
        <span className={styles.end}>
          <span>{end}</span>
          {endDetail !== undefined && <span>{endDetail}</span>}
        </span>
      )}
    </>
  );
  const shared = { className: styles.row, "data-two": two || undefined, "data-dimmed": dimmed || undefined };
  return (
    <li className={styles.item}>
      {onSelect ? (
        <button type="button" {...shared} data-row="" aria-current={selected ? "true" : undefined} onClick={onSelect}>
          {inside}
        </button>
      ) : (
        <div {...shared}>{inside}</div>
      )}
    </li>
  );
}

/** A list of rows with arrow keys, Home and End. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    // The keys belong to the rows' buttons; the list only hears them.
    <ul
      aria-label={label}
      onKeyDown={(event) => {
        const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
        const at = rows.indexOf(document.activeElement as HTMLElement);
        const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
        if (next === undefined || at < 0) return;
        event.preventDefault();
        rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
      }}
    >
      {children}
    </ul>
  );
}
