import type { Row } from "./embedded-protocol.ts";
import type { Value } from "./port.ts";

/**
 * Rows as plain JSON values: what the engine has beyond JSON becomes what Neo4j's driver gives the application, so
 * that one statement answers the same on both engines.
 */
export function plainRows(rows: readonly Record<string, unknown>[]): Row[] {
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)])));
}

function plainValue(value: unknown): Value {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
      return value;
    case "bigint":
      return Number(value);
    case "object":
      return value === null ? null : plainObject(value);
    default:
      return null;
  }
}

function plainObject(value: object): Value {
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array | Float32Array);
  const entries = Object.entries(value);
  const shown = isEntity(value) ? entries.filter(([key]) => !ENTITY_KEYS.has(key)) : entries;
  return Object.fromEntries(shown.map(([key, part]) => [key, plainValue(part)]));
}

/** A node or an edge counts as the map of its properties. */
const ENTITY_KEYS = new Set(["_id", "_labels", "_type", "_source", "_target"]);

function isEntity(value: object): boolean {
  return "_id" in value && (("_labels" in value && Array.isArray(value._labels)) || ("_type" in value && "_source" in value));
}
