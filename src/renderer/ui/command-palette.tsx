import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
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
  /** Shown when nothing was found; null while somebody is still looking. */
  nothing: string | null;
  onClose(): void;
}

/** The box that Ctrl+K opens: type, arrow, Enter. It shows what it is given; who answers is not its business. */
export function CommandPalette({ title, placeholder, text, onText, groups, nothing, onClose }: CommandPaletteProps) {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  // The row itself, not its place: rows that arrive later must not slide under the Enter key.
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = groups.flatMap((group) => group.rows);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === chosen),
  );
  const current = rows[at];
  const currentId = current?.id;
  useEffect(() => {
    if (currentId) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [currentId]);
  const choose = (row: PaletteRow | undefined) => {
    if (!row) return;
    onClose();
    row.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && rows.length > 0) {
      event.preventDefault();
      setChosen(rows[(at + by + rows.length) % rows.length]?.id ?? null);
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
            setChosen(null);
            onText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          autoFocus
        />
      </label>
      <div ref={list} id={listId} role="listbox" aria-label={title} className={styles.list}>
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
                  <bdi className={styles.title}>{row.title}</bdi>
                  {row.detail && <bdi className={styles.detail}>{row.detail}</bdi>}
                </button>
              ))}
            </div>
          ))}
      </div>
      {rows.length === 0 && nothing && <p className={styles.nothing}>{nothing}</p>}
    </Dialog>
  );
}
