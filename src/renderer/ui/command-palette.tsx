import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import styles from "./command-palette.module.css";
import { Dialog } from "./dialog.tsx";

export interface PaletteRow {
  id: string;
  title: string;
  detail?: string;
  icon?: ReactNode;
  act(): void;
}

interface CommandPaletteProps {
  title: string;
  placeholder: string;
  text: string;
  onText(text: string): void;
  groups: readonly { heading: string; rows: readonly PaletteRow[] }[];
  /** Shown when nothing was found. */
  nothing: string;
  onClose(): void;
}

/** The box that Ctrl+K opens: type, arrow, Enter. It shows what it is given; who answers is not its business. */
export function CommandPalette({ title, placeholder, text, onText, groups, nothing, onClose }: CommandPaletteProps) {
  const listId = useId();
  const [at, setAt] = useState(0);
  const rows = groups.flatMap((group) => group.rows);
  const current = rows[Math.min(at, rows.length - 1)];
  const choose = (row: PaletteRow | undefined) => {
    if (!row) return;
    onClose();
    row.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && rows.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, rows.length - 1) + by + rows.length) % rows.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      choose(current);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <label className={styles.search}>
        <IconSearch size={16} aria-hidden="true" />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
          aria-label={placeholder}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            setAt(0);
            onText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          autoFocus
        />
      </label>
      <div id={listId} role="listbox" aria-label={title} className={styles.list}>
        {groups
          .filter((group) => group.rows.length > 0)
          .map((group) => (
            <div key={group.heading} role="group" aria-label={group.heading}>
              <p className={styles.heading} aria-hidden="true">
                {group.heading}
              </p>
              {group.rows.map((row) => (
                <button
                  key={row.id}
                  id={`${listId}-${row.id}`}
                  type="button"
                  role="option"
                  aria-selected={row === current}
                  tabIndex={-1}
                  className={styles.row}
                  onClick={() => choose(row)}
                >
                  {row.icon}
                  <span className={styles.title}>{row.title}</span>
                  {row.detail && <span className={styles.detail}>{row.detail}</span>}
                </button>
              ))}
            </div>
          ))}
      </div>
      {rows.length === 0 && <p className={styles.nothing}>{nothing}</p>}
    </Dialog>
  );
}
