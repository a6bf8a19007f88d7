import type { Integer, Node, Relationship, Transaction } from "neo4j-driver";
import type { ResearchSchema } from "../research/port.ts";
import { NODES, RELATIONSHIPS } from "../research/visibility.ts";
import type { SnapshotSchema } from "./research-protocol.ts";

type PropertyTypes = { name: string; type: string }[];

/** Nodes or edges of a kind whose properties are looked at: to look at all would read the whole graph. */
const SAMPLE = 1_000;
/** Which types join which labels, out of the store's own counts: nothing is read for it. */
const JOINED = "CALL db.schema.visualization() YIELD nodes, relationships RETURN nodes AS nodes, relationships AS relationships";

/** The listed labels and types that there are, with counts that are exact and properties as a sample has them. */
export async function readSchema(transaction: Transaction): Promise<SnapshotSchema> {
  const ends = await readEnds(transaction);
  const labels: ResearchSchema["labels"] = [];
  for (const name of Object.keys(NODES).sort()) {
    const count = await countOf(transaction, `MATCH (n:\`${name}\`) RETURN count(n) AS count`);
    if (count === 0) continue;
    const properties = await sampled(transaction, `MATCH (x:\`${name}\`)`, NODES[name] ?? {});
    labels.push({ name, count, properties });
  }
  const relationships: ResearchSchema["relationships"] = [];
  for (const type of Object.keys(RELATIONSHIPS).sort()) {
    const count = await countOf(transaction, `MATCH ()-[r:\`${type}\`]->() RETURN count(r) AS count`);
    if (count === 0) continue;
    const properties = await sampled(transaction, `MATCH ()-[x:\`${type}\`]->()`, RELATIONSHIPS[type] ?? {});
    const { from, to } = ends.get(type) ?? { from: new Set<string>(), to: new Set<string>() };
    relationships.push({ type, count, from: [...from].sort(), to: [...to].sort(), properties });
  }
  return { labels, relationships };
}

async function countOf(transaction: Transaction, text: string): Promise<number> {
  const { records } = await transaction.run<{ count: Integer }>(text);
  return Number(records[0]?.get("count") ?? 0);
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

/** The listed properties that a sample has, each with the types that it has there; the server says them, no value leaves it. */
async function sampled(transaction: Transaction, match: string, table: object): Promise<PropertyTypes> {
  const text = `${match} WITH x LIMIT ${SAMPLE} UNWIND keys(x) AS name
RETURN name AS name, collect(DISTINCT valueType(x[name])) AS types ORDER BY name`;
  const { records } = await transaction.run<{ name: string; types: string[] }>(text);
  const listed = records.filter((record) => Object.hasOwn(table, record.get("name")));
  return listed.map((record) => ({ name: record.get("name"), type: oneOf(new Set(record.get("types").map(shortOf))) }));
}

/** `STRING NOT NULL`, `LIST<STRING NOT NULL> NOT NULL`: what stands before says enough. */
function shortOf(type: string): string {
  return /^\w+/.exec(type)?.[0] ?? type;
}

/** A whole number among fractions is one of them. */
function oneOf(types: ReadonlySet<string>): string {
  const names = [...types].filter((type) => type !== "INTEGER" || !types.has("FLOAT"));
  return names.sort().join(" | ");
}
