import type { Found, FoundEdge, FoundNode } from "./research-cells.ts";

/** The graph's own things as they lie in the engine's rows. */
interface EngineNode {
  _id: number;
  _labels: string[];
}
interface EngineEdge {
  _id: number;
  _type: string;
  _source: number;
  _target: number;
}

/**
 * What the engine's objects are. A node's or edge's id carries the snapshot, because the same number is another node in the next one.
 */
export function findIn(snapshot: string): (value: object) => Found {
  const nodeOf = ({ _id, _labels, ...properties }: EngineNode): FoundNode => {
    return { kind: "node", id: nodeId(snapshot, _id), labels: _labels.map(String), properties };
  };
  const edgeOf = ({ _id, _type, _source, _target, ...properties }: EngineEdge): FoundEdge => {
    const [from, to] = [nodeId(snapshot, _source), nodeId(snapshot, _target)];
    return { kind: "edge", id: edgeId(snapshot, _id), type: String(_type), from, to, properties };
  };
  return (value) => {
    if (value instanceof Date) return { kind: "value", value: Number.isNaN(value.getTime()) ? null : value.toISOString() };
    if (ArrayBuffer.isView(value)) return { kind: "list", parts: Array.from(value as Uint8Array) };
    if (isNode(value)) return nodeOf(value);
    if (isEdge(value)) return edgeOf(value);
    if (isPath(value)) return { kind: "path", nodes: value.nodes.map(nodeOf), edges: value.edges.map(edgeOf) };
    return null;
  };
}

/** How a node of a snapshot is known outside. */
export const nodeId = (snapshot: string, id: number): string => `${snapshot}:n${id}`;
/** How an edge of a snapshot is known outside. */
export const edgeId = (snapshot: string, id: number): string => `${snapshot}:e${id}`;

/** The engine's number of a node of this snapshot; null for anything else. */
export function engineId(snapshot: string, id: string): number | null {
  const number = id.startsWith(`${snapshot}:n`) ? id.slice(snapshot.length + 2) : "";
  return /^\d{1,15}$/.test(number) ? Number(number) : null;
}

function isNode(value: object): value is EngineNode {
  return "_id" in value && typeof value._id === "number" && "_labels" in value && Array.isArray(value._labels);
}

function isEdge(value: object): value is EngineEdge {
  return "_id" in value && typeof value._id === "number" && "_type" in value && typeof value._type === "string" && hasEnds(value);
}

function hasEnds(value: object): boolean {
  return "_source" in value && typeof value._source === "number" && "_target" in value && typeof value._target === "number";
}

function isPath(value: object): value is { nodes: EngineNode[]; edges: EngineEdge[] } {
  if (!("nodes" in value && "edges" in value && Array.isArray(value.nodes) && Array.isArray(value.edges))) return false;
  if (Object.keys(value).length !== 2 || value.nodes.length !== value.edges.length + 1) return false;
  return value.nodes.every(isEntityOf(isNode)) && value.edges.every(isEntityOf(isEdge));
}

function isEntityOf(test: (value: object) => boolean): (value: unknown) => boolean {
  return (value) => typeof value === "object" && value !== null && test(value);
}
