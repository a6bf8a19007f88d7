import type { Cell, GraphEdge, GraphNode, Row } from "../types.ts";

/** What a cell holds, told apart once so that table, JSON and detail say the same. */
export type CellValue =
  | { kind: "null" }
  | { kind: "number"; value: number }
  | { kind: "boolean"; value: boolean }
  | { kind: "text"; value: string }
  | { kind: "node"; node: GraphNode }
  | { kind: "edge"; edge: GraphEdge }
  | { kind: "path"; nodes: GraphNode[]; edges: GraphEdge[] }
  | { kind: "json"; value: Cell };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isNode = (value: unknown): value is GraphNode => isObject(value) && Array.isArray(value.labels) && isObject(value.properties);
const isEdge = (value: unknown): value is GraphEdge =>
  isObject(value) && typeof value.type === "string" && typeof value.from === "string" && isObject(value.properties);

/** Reads a cell. A map of the query's own that only looks like a node has more keys than the one, and stays a map. */
export function readCell(cell: Cell): CellValue {
  if (cell === null) return { kind: "null" };
  if (typeof cell === "number") return { kind: "number", value: cell };
  if (typeof cell === "boolean") return { kind: "boolean", value: cell };
  if (typeof cell === "string") return { kind: "text", value: cell };
  if (isObject(cell) && Object.keys(cell).length === 1) {
    const { node, edge, path } = cell as Record<string, unknown>;
    if (isNode(node)) return { kind: "node", node };
    if (isEdge(edge)) return { kind: "edge", edge };
    if (isObject(path) && Array.isArray(path.nodes) && path.nodes.every(isNode) && Array.isArray(path.edges) && path.edges.every(isEdge))
      return { kind: "path", nodes: path.nodes, edges: path.edges };
  }
  return { kind: "json", value: cell };
}

const CAPTIONS = ["name", "title", "displayName", "code", "number", "id"];

/** The one property that tells a node apart at a glance. */
export function captionOf(node: GraphNode): string {
  for (const name of CAPTIONS) {
    const value = node.properties[name];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return "";
}

/** The pattern of a node as Cypher writes it: `(:Patient)`. */
export const nodePattern = (node: GraphNode) => `(${node.labels.map((label) => `:${label}`).join("")})`;

/** The pattern of a path as Cypher writes it. */
export function pathPattern(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string {
  const [first, ...rest] = nodes;
  if (!first) return "()";
  let before = first;
  let pattern = nodePattern(first);
  for (const [index, node] of rest.entries()) {
    const edge = edges[index];
    const forward = edge?.from === before.id;
    pattern += `${forward ? "-" : "<-"}[:${edge?.type ?? ""}]${forward ? "->" : "-"}${nodePattern(node)}`;
    before = node;
  }
  return pattern;
}

/** The cell in one line, as it is shown, searched and sorted. */
export function lineOf(cell: Cell): string {
  const value = readCell(cell);
  switch (value.kind) {
    case "null":
      return "";
    case "number":
    case "boolean":
    case "text":
      return String(value.value);
    case "node":
      return `${nodePattern(value.node)} ${captionOf(value.node)}`.trim();
    case "edge":
      return `[:${value.edge.type}]`;
    case "path":
      return pathPattern(value.nodes, value.edges);
    case "json":
      return JSON.stringify(value.value);
  }
}

/** The nodes among the cells of a row, also those inside of lists, maps and paths, in order and once. */
export function nodesOf(row: Row): string[] {
  const found = new Set<string>();
  const look = (cell: Cell): void => {
    const value = readCell(cell);
    if (value.kind === "node") found.add(value.node.id);
    else if (value.kind === "edge") for (const id of [value.edge.from, value.edge.to]) found.add(id);
    else if (value.kind === "path") for (const node of value.nodes) found.add(node.id);
    else if (value.kind === "json" && typeof value.value === "object" && value.value !== null)
      for (const inner of Object.values(value.value)) look(inner as Cell);
  };
  for (const cell of row) look(cell);
  return [...found];
}

/** Orders two cells: numbers by size, everything else by its line, null last as Cypher does. */
export function compareCells(one: Cell, other: Cell): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === "number" && typeof other === "number") return one - other;
  return lineOf(one).localeCompare(lineOf(other), undefined, { numeric: true });
}
