import type { DatabaseSync } from "node:sqlite";
import { takeLayoutSteps } from "./sqlite-layout.ts";
import type { Saved } from "./sqlite-recovery.ts";
import { readableRows } from "./sqlite-salvage.ts";

/** Steps from one layout of the file to the next; the file's `user_version` counts those it has been through. */
const STEPS: readonly string[] = [
  // A line is one kind of value of one patient; its samples lie together in order of time, so that an hour of them is a few pages.
  `CREATE TABLE lines (
     n INTEGER PRIMARY KEY, region TEXT NOT NULL, patientId TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (region, patientId, kind)) STRICT;
   CREATE TABLE samples (
     line INTEGER NOT NULL, at INTEGER NOT NULL, source TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL,
     PRIMARY KEY (line, at, source)) STRICT, WITHOUT ROWID;`,
];

/** Brings the file to this layout. Throws `store-unavailable` when a newer application wrote it. */
export function migrateSeriesSchema(db: DatabaseSync): void {
  takeLayoutSteps(db, STEPS, "series store");
}

/** Carries over, of each line, every sample up to the first that cannot be read. */
export function salvageSeries(damaged: DatabaseSync, target: DatabaseSync): Saved {
  const insertLine = target.prepare("INSERT OR IGNORE INTO lines (n, region, patientId, kind) VALUES (?, ?, ?, ?)");
  const insert = target.prepare("INSERT OR IGNORE INTO samples (line, at, source, value, unit) VALUES (?, ?, ?, ?, ?)");
  let lines = 0;
  let count = 0;
  for (const { n, region, patientId, kind } of readableRows(damaged, "lines", ["n", "region", "patientId", "kind"])) {
    if (typeof n !== "number" || typeof region !== "string" || typeof patientId !== "string" || typeof kind !== "string") continue;
    lines += Number(insertLine.run(n, region, patientId, kind).changes);
    for (const { at, source, value, unit } of readableSamples(damaged, n)) {
      const whole = typeof at === "number" && typeof source === "string" && typeof value === "number" && typeof unit === "string";
      if (whole) count += Number(insert.run(n, at, source, value, unit).changes);
    }
  }
  return { count, report: `Saved: ${count} samples of ${lines} series.` };
}

function* readableSamples(damaged: DatabaseSync, line: number): Generator<Record<string, unknown>> {
  try {
    yield* damaged.prepare("SELECT at, source, value, unit FROM samples WHERE line = ? ORDER BY at, source").iterate(line);
  } catch {
    // The rest of this line lies on a page that is gone.
  }
}
