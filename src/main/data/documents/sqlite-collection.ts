import { checkedName } from "./field-names.ts";
import { type Collection, type CollectionSpec, type Document, DuplicateDocument, type Filter, type FindOptions } from "./port.ts";
import { checksum } from "./sqlite-checksum.ts";
import { DamagedDocument, takenColumn } from "./sqlite-errors.ts";
import type { SqliteFile } from "./sqlite-file.ts";
import { orderOf, whereOf } from "./sqlite-filter.ts";
import { columnsOf } from "./sqlite-schema.ts";

interface Row {
  id: string;
  sum: number;
  body: string;
}

/** A collection as one table: the document is the JSON in `body`; declared fields are columns computed from it. */
export function sqliteCollection<T extends Document>(file: SqliteFile, spec: CollectionSpec<T>): Collection<T> {
  const table = `"${checkedName(spec.name)}"`;
  const columns = columnsOf(spec);

  const parse = (row: unknown): T => {
    const { id, sum, body } = row as Row;
    if (checksum(id, body) !== sum) throw new DamagedDocument(spec.name);
    return JSON.parse(body) as T;
  };
  const select = (filter: Filter<T>, options: FindOptions<T>): T[] => {
    const where = whereOf(filter, columns);
    const order = orderOf(options, columns);
    const sql = `SELECT id, sum, body FROM ${table} WHERE ${where.sql} ${order.sql}`;
    return file
      .prepare(sql)
      .all(...where.values, ...order.values)
      .map(parse);
  };
  /** Runs a statement that stores documents and names the field when a unique index refuses. */
  const store = (sql: string, document: T): void => {
    const body = JSON.stringify(document);
    try {
      file.prepare(sql).run(body, checksum(document.id, body), document.id);
    } catch (error) {
      const column = takenColumn(error);
      if (column === null) throw error;
      throw new DuplicateDocument(spec.name, column.replace(/^f_/, ""));
    }
  };
  const merge = (document: T, patch: Partial<T>): T => {
    const merged: T = { ...document };
    for (const key of Object.keys(patch) as (keyof T)[]) {
      const value = patch[key];
      if (value !== undefined) merged[key] = value as T[keyof T];
    }
    if (merged.id !== document.id) throw new TypeError("The id of a document cannot change.");
    store(`UPDATE ${table} SET body = ?, sum = ? WHERE id = ?`, merged);
    return merged;
  };

  return {
    insert: (document) => file.write(() => store(`INSERT INTO ${table} (body, sum, id) VALUES (?, ?, ?)`, document)),
    get: (id) =>
      file.read(() => {
        const row = file.prepare(`SELECT id, sum, body FROM ${table} WHERE id = ?`).get(id);
        return row === undefined ? null : parse(row);
      }),
    findOne: (filter) => file.read(() => select(filter, { limit: 1 })[0] ?? null),
    find: (filter, options = {}) => file.read(() => select(filter, options)),
    count: (filter) =>
      file.read(() => {
        const where = whereOf(filter, columns);
        const row = file.prepare(`SELECT count(*) AS total FROM ${table} WHERE ${where.sql}`).get(...where.values);
        return (row as { total: number }).total;
      }),
    update: (id, patch, only) =>
      file.write(() => {
        const where = whereOf(only ?? {}, columns);
        const row = file.prepare(`SELECT id, sum, body FROM ${table} WHERE id = ? AND ${where.sql}`).get(id, ...where.values);
        return row === undefined ? null : merge(parse(row), patch);
      }),
    updateMany: (filter, patch) =>
      file.write(() => {
        const found = select(filter, {});
        for (const document of found) merge(document, patch);
        return found.length;
      }),
    put: (document) =>
      file.write(() =>
        store(
          `INSERT INTO ${table} (body, sum, id) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, sum = excluded.sum`,
          document,
        ),
      ),
    delete: (filter) =>
      file.write(() => {
        const where = whereOf(filter, columns);
        return Number(file.prepare(`DELETE FROM ${table} WHERE ${where.sql}`).run(...where.values).changes);
      }),
  };
}
