import type { DatabaseSync } from "node:sqlite";
import { takeLayoutSteps } from "../documents/sqlite-layout.ts";
import type { Saved } from "../documents/sqlite-recovery.ts";
import { readableRows } from "../documents/sqlite-salvage.ts";

/** Bytes of a page: a chunk of 256 KiB is then a chain of eight, not of sixty-four. */
export const BLOB_PAGE_BYTES = 32_768;

/** Steps from one layout of the file to the next; the file's `user_version` counts those it has been through. */
const STEPS: readonly string[] = [
  // A blob is removed by its line in `blobs` in one step; `gone` remembers its number until its chunks are out, some at a time.
  `CREATE TABLE blobs (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL) STRICT;
   CREATE TABLE chunks (blob INTEGER NOT NULL, idx INTEGER NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
   CREATE UNIQUE INDEX chunks_place ON chunks (blob, idx);
   CREATE INDEX chunks_sizes ON chunks (blob, idx, size);
   CREATE TABLE gone (n INTEGER PRIMARY KEY) STRICT;`,
];

/** Brings the file to this layout. Throws `store-unavailable` when a newer application wrote it. */
export function migrateBlobSchema(db: DatabaseSync): void {
  takeLayoutSteps(db, STEPS, "blob store");
}

/** An empty file in this layout. */
export function layOutBlobs(target: DatabaseSync): void {
  target.exec(`PRAGMA page_size = ${BLOB_PAGE_BYTES}`);
  migrateBlobSchema(target);
}

/** Carries over every chunk that can be read; whether it is what was stored, its own seal tells when it is asked for. */
export function salvageBlobs(damaged: DatabaseSync, target: DatabaseSync): Saved {
  const copy = (table: string, columns: readonly string[]): number => {
    const insert = target.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
    let count = 0;
    for (const row of readableRows(damaged, table, columns)) {
      const values = columns.map((column) => row[column] ?? null);
      if (!values.includes(null)) count += Number(insert.run(...values).changes);
    }
    return count;
  };
  const blobs = copy("blobs", ["n", "id", "at"]);
  const chunks = copy("chunks", ["blob", "idx", "size", "bytes"]);
  copy("gone", ["n"]);
  return { count: chunks, report: `Saved: ${blobs} blobs with ${chunks} chunks.` };
}
