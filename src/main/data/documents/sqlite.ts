import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Clock, systemClock } from "../../platform/clock.ts";
import type { RecoveredFile } from "../recovered-file.ts";
import type { AnySpec, CollectionSpec, Document, DocumentPort } from "./port.ts";
import { checksum, findChangedDocument } from "./sqlite-checksum.ts";
import { sqliteCollection } from "./sqlite-collection.ts";
import { SqliteFile } from "./sqlite-file.ts";
import { openSound, type Saved } from "./sqlite-recovery.ts";
import { readableRows } from "./sqlite-salvage.ts";
import { migrateSchema } from "./sqlite-schema.ts";

const SWEEP_EVERY_MS = 60_000;

export interface SqliteDocumentsOptions {
  /** The data folder; the store is its file `documents.sqlite`. */
  folder: string;
  /** Every collection that may be asked for. */
  specs: readonly AnySpec[];
  clock?: Clock;
  /** True when the folder was in use before: a file that is missing, or gives nothing back, is then refused. */
  expected?: boolean;
}

/** The document store of a data folder, with what was done to a damaged file when it was opened. */
export interface SqliteDocuments extends DocumentPort {
  readonly recovered: RecoveredFile | null;
}

/** Opens the document store of a data folder. Throws `store-unavailable` with the cause, also for a newer layout. */
export async function openSqliteDocuments(options: SqliteDocumentsOptions): Promise<SqliteDocuments> {
  const { folder, specs, clock = systemClock, expected = false } = options;
  const { opened: file, recovered } = await openSound({
    path: join(folder, "documents.sqlite"),
    store: "documents",
    now: clock.now(),
    expected,
    // Without its accounts a clinic with patients would open to nobody, and say nothing.
    refuseEmpty: true,
    open: (path) => openFile(path, specs),
    layOut: (target) => migrateSchema(target, specs),
    inspect: (db) => {
      const changed = findChangedDocument(
        db,
        specs.map((spec) => spec.name),
      );
      return changed && `a document of ${changed} has changed`;
    },
    salvage: (damaged, target) => salvageDocuments(damaged, target, specs),
  });
  // A sweep that fails, say on a full disk, is made up for by the next one.
  const sweep = setInterval(() => void removeExpired(file, specs, clock).catch(() => {}), SWEEP_EVERY_MS);
  sweep.unref();
  const declared = new Set(specs.map((spec) => spec.name));
  return {
    recovered,
    collection<T extends Document>(spec: CollectionSpec<T>) {
      if (!declared.has(spec.name)) throw new TypeError(`The collection ${spec.name} is not declared.`);
      return sqliteCollection(file, spec);
    },
    async health() {
      const engine = `sqlite ${process.versions.sqlite}`;
      const up = await file.read(() => file.prepare("SELECT count(*) FROM sqlite_schema").get() !== undefined).catch(() => false);
      return { state: up && file.writable ? "up" : "down", engine };
    },
    // It is a file in this process: it is never away and back.
    onState: () => () => undefined,
    clear: () =>
      file.write(() => {
        for (const spec of specs) file.db.exec(`DELETE FROM "${spec.name}"`);
      }),
    async close() {
      clearInterval(sweep);
      await file.close();
    },
  };
}

function openFile(path: string, specs: readonly AnySpec[]): SqliteFile {
  const file = new SqliteFile(path, "document");
  try {
    migrateSchema(file.db, specs);
    return file;
  } catch (error) {
    file.db.close();
    throw error;
  }
}

/** Carries over every document that is as it was stored. */
function salvageDocuments(damaged: DatabaseSync, target: DatabaseSync, specs: readonly AnySpec[]): Saved {
  let total = 0;
  const saved = specs.map(({ name }) => {
    const insert = target.prepare(`INSERT OR IGNORE INTO "${name}" (id, sum, body) VALUES (?, ?, ?)`);
    let count = 0;
    for (const { id, sum, body } of readableRows(damaged, name, ["id", "sum", "body"])) {
      if (typeof id !== "string" || typeof body !== "string" || checksum(id, body) !== sum) continue;
      count += Number(insert.run(id, sum, body).changes);
    }
    total += count;
    return `${name} ${count}`;
  });
  return { count: total, report: `Saved: ${saved.join(", ")}.` };
}

/** Cleans up what has expired. Nothing relies on it: every query checks the expiry itself. */
async function removeExpired(file: SqliteFile, specs: readonly AnySpec[], clock: Clock): Promise<void> {
  await file.write(() => {
    for (const { name, expires } of specs) {
      if (expires) file.prepare(`DELETE FROM "${name}" WHERE "f_${expires}" < ?`).run(clock.now());
    }
  });
}
