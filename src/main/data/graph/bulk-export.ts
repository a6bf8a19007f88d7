import { AppError } from "../../../shared/define.ts";
import type { BulkEdge, BulkNode, GraphBulk } from "./bulk.ts";
import { IMPORT_REF, IMPORTED, LEFT_OUT } from "./bulk-names.ts";
import type { GraphPort, Statement, Value } from "./port.ts";

/** A node as a page statement answers it: `ref` is the engine's own number of it. */
export interface NodeRow extends Record<string, unknown> {
  ref: number;
  labels: string[];
  properties: Record<string, Value>;
}

/** A relationship as a page statement answers it. */
export interface EdgeRow extends Record<string, unknown> {
  ref: number;
  source: number;
  target: number;
  type: string;
  properties: Record<string, Value>;
}

/** Holds of a node `n` that does not move. */
export const STAYS = LEFT_OUT.map((label) => `n:${label}`).join(" OR ");

export const reading = (name: string, text: string): Statement => ({ name: `bulk/${name}`, text, writes: false });

const countNodes = reading("count-nodes", "MATCH (n) UNWIND labels(n) AS label RETURN label AS name, count(label) AS count");
const countEdges = reading("count-edges", "MATCH ()-[r]->() RETURN type(r) AS name, count(r) AS count");

/** The number to seek from; -1 lies before every node. Throws AppError `invalid-input` for what is no ref of ours. */
export function seekFrom(after: string | null): number {
  if (after === null) return -1;
  const number = Number(after);
  if (!/^\d+$/.test(after) || !Number.isSafeInteger(number)) throw new AppError("invalid-input", "This is no ref of an export.");
  return number;
}

/** A node as it moves: without what an import that is not finished has put on it. */
export function movedNode({ ref, labels, properties }: NodeRow): BulkNode {
  return { ref: String(ref), labels: labels.filter((label) => label !== IMPORTED).sort(), properties: withoutRef(properties) };
}

export function movedEdge({ ref, source, target, type, properties }: EdgeRow): BulkEdge {
  return { ref: String(ref), from: String(source), to: String(target), type, properties: withoutRef(properties) };
}

function withoutRef({ [IMPORT_REF]: _ref, ...properties }: Record<string, Value>): Record<string, Value> {
  return properties;
}

/** How many nodes of each label and relationships of each type there are, of those that move. */
export async function counts(graph: GraphPort): ReturnType<GraphBulk["counts"]> {
  const left = new Set([...LEFT_OUT, IMPORTED, "HAS_CHUNK"]);
  const tally = (rows: { name: string; count: number }[]) =>
    Object.fromEntries(rows.filter(({ name }) => !left.has(name)).map(({ name, count }) => [name, count]));
  return graph.read(async (reader) => ({ nodes: tally(await reader.query(countNodes)), edges: tally(await reader.query(countEdges)) }));
}
