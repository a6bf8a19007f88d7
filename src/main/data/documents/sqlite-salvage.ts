import type { DatabaseSync, StatementSync } from "node:sqlite";

type Column = string | number | bigint | null | Uint8Array;
type Row = Record<string, Column>;

/** After so many places in a row that cannot be read, the rest of the table is given up. */
const PATIENCE = 20_000;

/**
 * The rows of a damaged table that can still be read, in order of rowid. A page that cannot be read costs its own rows only: the
 * reading goes on behind it.
 */
export function* readableRows(db: DatabaseSync, table: string, columns: readonly string[]): Generator<Row> {
  const list = columns.map((column) => `"${column}"`).join(", ");
  const from = prepared(db, `SELECT rowid AS place, ${list} FROM "${table}" NOT INDEXED WHERE rowid > ? ORDER BY rowid`);
  const at = prepared(db, `SELECT rowid AS place, ${list} FROM "${table}" NOT INDEXED WHERE rowid = ?`);
  if (!from || !at) return;
  let place = 0;
  for (;;) {
    const rows = from.iterate(place);
    for (let row = step(() => rows.next()); ; row = step(() => rows.next())) {
      if (row === "unreadable") break;
      if (row.done) return;
      const found = row.value as Row;
      // Damaged links can lead back: places only ever rise.
      if (Number(found.place) <= place) break;
      place = Number(found.place);
      yield found;
    }
    const next = readablePlace(at, place);
    if (next === null) return;
    if (next.row) yield next.row;
    place = next.place;
  }
}

/** The first place behind `after` that can be looked up, whether a row is there or not. */
function readablePlace(at: StatementSync, after: number): { place: number; row: Row | undefined } | null {
  for (let place = after + 1; place <= after + PATIENCE; place += 1) {
    const row = step(() => at.get(place));
    if (row !== "unreadable") return { place, row: row as Row | undefined };
  }
  return null;
}

function prepared(db: DatabaseSync, sql: string): StatementSync | null {
  const result = step(() => db.prepare(sql));
  return result === "unreadable" ? null : result;
}

function step<T>(run: () => T): T | "unreadable" {
  try {
    return run();
  } catch {
    return "unreadable";
  }
}
