import { join } from "node:path";
import { type Clock, systemClock } from "../../platform/clock.ts";
import type { CollectionSpec, Document, DocumentPort } from "./port.ts";
import { sqliteCollection } from "./sqlite-collection.ts";
import { storeError } from "./sqlite-errors.ts";
import { SqliteFile } from "./sqlite-file.ts";
import { type AnySpec, migrateSchema } from "./sqlite-schema.ts";

const SWEEP_EVERY_MS = 60_000;

export interface SqliteDocumentsOptions {
  /** The data folder; the store is its file `documents.sqlite`. */
  folder: string;
  /** Every collection that may be asked for. */
  specs: readonly AnySpec[];
  clock?: Clock;
}

/** Opens the document store of a data folder. Throws `store-unavailable` with the cause, `conflict` for a newer layout. */
export async function openSqliteDocuments({ folder, specs, clock = systemClock }: SqliteDocumentsOptions): Promise<DocumentPort> {
  const file = openFile(join(folder, "documents.sqlite"), specs);
  const sweep = setInterval(() => void removeExpired(file, specs, clock).catch(() => {}), SWEEP_EVERY_MS);
  sweep.unref();
  const declared = new Set(specs.map((spec) => spec.name));
  return {
    collection<T extends Document>(spec: CollectionSpec<T>) {
      if (!declared.has(spec.name)) throw new TypeError(`The collection ${spec.name} is not declared.`);
      return sqliteCollection(file, spec);
    },
    health: () => file.read(() => ({ state: file.db.isOpen ? "up" : "down", engine: `sqlite ${versionOf(file)}` })),
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
  let file: SqliteFile | null = null;
  try {
    file = new SqliteFile(path, "document");
    migrateSchema(file.db, specs);
    return file;
  } catch (error) {
    if (file?.db.isOpen) file.db.close();
    throw storeError(error, "document");
  }
}

function versionOf(file: SqliteFile): string {
  return (file.prepare("SELECT sqlite_version() AS version").get() as { version: string }).version;
}

/** Cleans up what has expired. Nothing relies on it: every query checks the expiry itself. */
async function removeExpired(file: SqliteFile, specs: readonly AnySpec[], clock: Clock): Promise<void> {
  await file.write(() => {
    for (const { name, expires } of specs) {
      if (expires) file.prepare(`DELETE FROM "${name}" WHERE "f_${expires}" < ?`).run(clock.now());
    }
  });
}
