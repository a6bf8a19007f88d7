import type { Node, Relationship, Transaction } from "neo4j-driver";
import type { ResearchSchema } from "../research/port.ts";
import { NODES, RELATIONSHIPS } from "../research/visibility.ts";
import type { SnapshotSchema } from "./research-protocol.ts";

type PropertyTypes = { name: string; type: string }[];

/** Nodes or edges of a kind whose properties are looked at: to look at all would read the whole graph. */
const SAMPLE = 500;
/** Which types join which labels, out of the store's own counts: nothing is read for it. */
const JOINED = "CALL db.schema.visualization() YIELD nodes, relationships RETURN nodes AS nodes, relationships AS relationships";

/** The listed labels and types that there are, with counts that are exact and properties as a sample has them. */
export async function readSchema(transaction: Transaction): Promise<SnapshotSchema> {
  const ends = await readEnds(transaction);
  const nodes = await countsOf(transaction, Object.keys(NODES), (label) => `MATCH (n:\`${label}\`) RETURN count(n) AS count`);
  const labels: ResearchSchema["labels"] = [];
  for (const [name, count] of nodes) {
    const properties = await sampled(transaction, `MATCH (x:\`${name}\`)`, NODES[name] ?? {});
    labels.push({ name, count, properties });
  }
  const edges = await countsOf(transaction, Object.keys(RELATIONSHIPS), (type) => `MATCH ()-[r:\`${type}\`]->() RETURN count(r) AS count`);
  const relationships: ResearchSchema["relationships"] = [];
  for (const [type, count] of edges) {
    const properties = await sampled(transaction, `MATCH ()-[x:\`${type}\`]->()`, RELATIONSHIPS[type] ?? {});
    const { from, to } = ends.get(type) ?? { from: new Set<string>(), to: new Set<string>() };
    relationships.push({ type, count, from: [...from].sort(), to: [...to].sort(), properties });
  }
  return { labels, relationships };
}

/** How many there are of each kind that there is, by name. A statement each: planned together they take the server twenty times as long. */
async function countsOf(
  transaction: Transaction,
  names: readonly string[],
  counting: (name: string) => string,
): Promise<[name: string, count: number][]> {
  const counts: [string, number][] = [];
  for (const name of names.toSorted()) {
    const { records } = await transaction.run(counting(name));
    const count = Number(records[0]?.get("count") ?? 0);
    if (count > 0) counts.push([name, count]);
  }
  return counts;
}

async function readEnds(transaction: Transaction): Promise<Map<string, { from: Set<string>; to: Set<string> }>> {
  const { records } = await transaction.run<{ nodes: Node[]; relationships: Relationship[] }>(JOINED);
  const ends = new Map<string, { from: Set<string>; to: Set<string> }>();
  const [record] = records;
  if (record === undefined) return ends;
  const labels = new Map(record.get("nodes").map(({ elementId, labels: [label = ""] }) => [elementId, label]));
  for (const { type, startNodeElementId, endNodeElementId } of record.get("relationships")) {
    const [from, to] = [labels.get(startNodeElementId) ?? "", labels.get(endNodeElementId) ?? ""];
    if (!Object.hasOwn(NODES, from) || !Object.hasOwn(NODES, to)) continue;
    const kind = ends.get(type) ?? { from: new Set(), to: new Set() };
    kind.from.add(from);
    kind.to.add(to);
    ends.set(type, kind);
  }
  return ends;
}

/** The listed properties that a sample has, each with the types that it has there. */
async function sampled(transaction: Transaction, match: string, table: object): Promise<PropertyTypes> {
  const listed = Object.keys(table);
  // A kind of which nothing is shown need not be looked at.
  if (listed.length === 0) return [];
  const { records } = await transaction.run<{ properties: Record<string, unknown> }>(
    `${match} RETURN properties(x) AS properties LIMIT ${SAMPLE}`,
  );
  const types = new Map<string, Set<string>>();
  for (const record of records) {
    for (const [name, value] of Object.entries(record.get("properties")))
      types.set(name, (types.get(name) ?? new Set()).add(typeOf(value)));
  }
  const found = [...types].filter(([name]) => Object.hasOwn(table, name));
  return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, seen]) => ({ name, type: oneOf(seen) }));
}

function typeOf(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return "BOOLEAN";
    case "bigint":
      return "INTEGER";
    case "number":
      return "FLOAT";
    case "string":
      return "STRING";
    default:
      return Array.isArray(value) ? "LIST" : "MAP";
  }
}

/** A whole number among fractions is one of them. */
function oneOf(types: ReadonlySet<string>): string {
  const names = [...types].filter((type) => type !== "INTEGER" || !types.has("FLOAT"));
  return names.sort().join(" | ");
}
