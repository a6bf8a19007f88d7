import neo4j, { type Path } from "neo4j-driver";

/** What a parameter may be on its way to Neo4j: JSON values, and bytes. */
export type Sent = null | undefined | boolean | number | string | Uint8Array | readonly Sent[] | { readonly [key: string]: Sent };

/** Parameters as the driver takes them: a whole number goes as an integer (`SKIP $n` refuses anything else), any other as a float. */
export function toDriver(value: Sent): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (typeof value !== "object") return value;
  if (value instanceof Uint8Array) return new Int8Array(value.buffer, value.byteOffset, value.byteLength);
  if (isList(value)) return value.map(toDriver);
  return mapped(value, toDriver as (part: unknown) => unknown);
}

/** What the driver answers as plain values: nodes and relationships count as the map of their properties, bytes come as a Buffer. */
export function fromDriver(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(fromDriver);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (neo4j.isNode(value) || neo4j.isRelationship(value)) return mapped(value.properties, fromDriver);
  if (neo4j.isPath(value)) return pathOf(value);
  if (neo4j.isInt(value)) return value.toNumber();
  if (neo4j.isPoint(value)) return { srid: value.srid, x: value.x, y: value.y, ...(value.z === undefined ? {} : { z: value.z }) };
  // Of the driver's own classes only those of time are left: dates, times and durations in ISO 8601.
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return mapped(value, fromDriver);
}

/** A path as the embedded engine gives it: its nodes, and the edges between them. */
function pathOf({ start, segments }: Path): Record<string, unknown> {
  return {
    nodes: [start, ...segments.map(({ end }) => end)].map(fromDriver),
    edges: segments.map(({ relationship }) => fromDriver(relationship)),
  };
}

function mapped(value: object, change: (part: unknown) => unknown): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) made[key] = change(part);
  return made;
}

const isList = (value: object): value is readonly Sent[] => Array.isArray(value);
