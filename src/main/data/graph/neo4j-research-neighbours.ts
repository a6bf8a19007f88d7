import type { Node, Relationship, Transaction } from "neo4j-driver";
import type { GraphPicture } from "../../../shared/contract/research.ts";
import { NODES, RELATIONSHIPS } from "../research/visibility.ts";
import { edgeOf, findOnNeo4j, nodeOf } from "./neo4j-research-values.ts";
import { CellReader } from "./research-cells.ts";
import { ResearchRefusal } from "./research-refusal.ts";

const IS_ID = /^\d+:[0-9a-f-]{36}:\d{1,15}$/;
const CENTER = "MATCH (n) WHERE elementId(n) = $id RETURN n AS node";
const ADDED = `MATCH (n)-[r]-(m) WHERE elementId(n) = $id AND type(r) IN $types AND NOT elementId(m) IN $shown
AND any(label IN labels(m) WHERE label IN $labels) RETURN DISTINCT m AS node LIMIT toInteger($limit)`;
const BEFORE = `MATCH (m) WHERE elementId(m) IN $shown
MATCH (n)-[r]-(m) WHERE elementId(n) = $id AND elementId(m) <> $id AND type(r) IN $types RETURN DISTINCT m AS node`;
const AMONG = `MATCH (a) WHERE elementId(a) IN $fresh
MATCH (b) WHERE elementId(b) IN $shown
MATCH (a)-[r]-(b) WHERE type(r) IN $types RETURN DISTINCT r AS edge`;

/** A node, at most `limit` neighbours that are not among `among`, and the edges between them and all of `among`. */
export async function neighboursOf(
  transaction: Transaction,
  id: string,
  among: readonly string[],
  limit: number,
): Promise<{ picture: GraphPicture; truncated: boolean }> {
  const cells = new CellReader(findOnNeo4j, Number.POSITIVE_INFINITY, 0);
  const nodes = async (text: string, params: object) => {
    const { records } = await transaction.run<{ node: Node }>(text, params);
    return records.map((record) => nodeOf(record.get("node"))).filter((node) => node !== null);
  };
  const [center] = IS_ID.test(id) ? await nodes(CENTER, { id }) : [];
  if (center === undefined) throw new ResearchRefusal({ kind: "not-found" });
  const before = [...new Set([id, ...among.filter((other) => IS_ID.test(other))])];
  const kinds = { labels: Object.keys(NODES), types: Object.keys(RELATIONSHIPS) };
  // One more than is shown tells whether there are more.
  const found = await nodes(ADDED, { id, shown: before, limit: limit + 1, ...kinds });
  const fresh = [center, ...found.slice(0, limit)];
  const known = await nodes(BEFORE, { id, shown: before, types: kinds.types });
  const ids = fresh.map((node) => node.id);
  const { records } = await transaction.run<{ edge: Relationship }>(AMONG, { fresh: ids, shown: [...before, ...ids], types: kinds.types });
  const edges = records.map((record) => edgeOf(record.get("edge"))).filter((edge) => edge !== null);
  const picture = {
    nodes: [...fresh, ...known].map((node) => cells.node(node)),
    edges: edges.map((edge) => cells.edge(edge)),
  };
  return { picture, truncated: found.length > limit };
}
