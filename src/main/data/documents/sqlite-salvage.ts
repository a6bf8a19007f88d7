import type { DatabaseSync } from "node:sqlite";

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
  const select = `SELECT rowid AS place, ${list} FROM "${table}" NOT INDEXED`;
  let place = 0;
  for (;;) {
    for (const row of until(db, `${select} WHERE rowid > ? ORDER BY rowid`, place)) {
      if (row === "unreadable") break;
      if (row === "end") return;
      // Damaged links can lead back: places only ever rise.
      if (Number(row.place) <= place) break;
      place = Number(row.place);
      yield row;
    }
    const next = readablePlace(db, `${select} WHERE rowid = ?`, place);
    if (next === null) return;
    if (next.row) yield next.row;
    place = next.place;
  }
}

/** The rows of a query up to its end, or to the first that cannot be read. */
function* until(db: DatabaseSync, sql: string, place: number): Generator<Row | "end" | "unreadable"> {
  const rows = attempt(() => db.prepare(sql).iterate(place));
  while (rows !== "unreadable") {
    const next = attempt(() => rows.next());
    if (next === "unreadable") break;
    if (next.done) {
      yield "end";
      return;
    }
    yield next.value as Row;
  }
  yield "unreadable";
}

/** The first place behind `after` that can be looked up, whether a row is there or not. */
function readablePlace(db: DatabaseSync, sql: string, after: number): { place: number; row: Row | undefined } | null {
  const lookUp = attempt(() => db.prepare(sql));
  if (lookUp === "unreadable") return null;
  for (let place = after + 1; place <= after + PATIENCE; place += 1) {
    const row = attempt(() => lookUp.get(place));
    if (row !== "unreadable") return { place, row: row as Row | undefined };
  }
  return null;
}

function attempt<T>(run: () => T): T | "unreadable" {
  try {
    return run();
  } catch {
    return "unreadable";
  }
}
