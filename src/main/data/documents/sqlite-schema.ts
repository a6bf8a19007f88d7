import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/define.ts";
import { checkedName } from "./field-names.ts";
import type { AnySpec } from "./port.ts";

/** Steps from one layout of the file to the next; the file's `user_version` counts those it has been through. */
const STEPS: readonly ((db: DatabaseSync) => void)[] = [
  // Layout 1: one table a collection, made by `declareCollections`.
  () => {},
];

/** The fields of a collection that are columns: those in an index. */
export function columnsOf(spec: AnySpec): ReadonlySet<string> {
  const fields = [...(spec.unique ?? []), ...(spec.indexes ?? []).flat(), ...(spec.expires ? [spec.expires] : [])];
  return new Set(fields.filter((field) => field !== "id").map(checkedName));
}

/** Brings the file to this layout. Throws `store-unavailable` when a newer application wrote it. */
export function migrateSchema(db: DatabaseSync, specs: readonly AnySpec[]): void {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > STEPS.length) {
    throw new AppError(
      "store-unavailable",
      `The document store has layout ${version}; this version of Polyclinic knows layouts up to ${STEPS.length}. Install the newer version.`,
    );
  }
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const step of STEPS.slice(version)) step(db);
    for (const spec of specs) declareCollection(db, spec);
    db.exec(`PRAGMA user_version = ${STEPS.length}`);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** Adds the table, columns and indexes that a declaration asks for and drops the indexes it no longer has. */
function declareCollection(db: DatabaseSync, spec: AnySpec): void {
  const name = checkedName(spec.name);
  db.exec(`CREATE TABLE IF NOT EXISTS "${name}" (id TEXT PRIMARY KEY NOT NULL, sum INTEGER NOT NULL, body TEXT NOT NULL) STRICT`);
  const present = new Set(
    db
      .prepare(`SELECT name FROM pragma_table_xinfo(?)`)
      .all(name)
      .map((row) => (row as { name: string }).name),
  );
  for (const field of columnsOf(spec)) {
    if (present.has(`f_${field}`)) continue;
    db.exec(`ALTER TABLE "${name}" ADD COLUMN "f_${field}" ANY GENERATED ALWAYS AS (json_extract(body, '$.${field}')) VIRTUAL`);
  }
  const wanted = indexesOf(spec);
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL").all(name);
  for (const { name: index } of rows as { name: string }[]) {
    if (!wanted.has(index)) db.exec(`DROP INDEX "${index.replaceAll('"', '""')}"`);
  }
  for (const create of wanted.values()) db.exec(create);
}

/** Index name → statement. Null counts as not taken: SQLite's unique indexes treat nulls as distinct. */
function indexesOf(spec: AnySpec): Map<string, string> {
  const indexes = new Map<string, string>();
  const add = (fields: readonly string[], unique: boolean) => {
    const name = `${spec.name}_${fields.join("_")}${unique ? "_unique" : ""}`;
    const columns = fields.map((field) => (field === "id" ? "id" : `"f_${checkedName(field)}"`)).join(", ");
    indexes.set(name, `CREATE ${unique ? "UNIQUE " : ""}INDEX IF NOT EXISTS "${name}" ON "${spec.name}" (${columns})`);
  };
  for (const field of spec.unique ?? []) add([field], true);
  for (const fields of spec.indexes ?? []) add(fields, false);
  if (spec.expires) add([spec.expires], false);
  return indexes;
}
