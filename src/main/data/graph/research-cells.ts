import type { GraphEdge, GraphNode, GraphPicture } from "../../../shared/contract/research.ts";
import type { Value } from "./port.ts";

const MAX_DEPTH = 64;

/** The bytes of JSON that a result may have were used up. */
export class CellsFull extends Error {}

/** A value is nested too deeply to be shown. */
export class TooDeep extends Error {}

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
 * Turns the engine's rows into JSON cells, gathers the picture of the nodes and edges among them, and counts bytes. A node's or
 * edge's id carries the snapshot, because the same number is another node in the next one.
 */
export class CellReader {
  readonly #snapshot: string;
  readonly #maxBytes: number;
  readonly #picture: PictureGatherer;
  #bytes = 0;

  constructor(snapshot: string, maxBytes: number, maxNodes: number) {
    this.#snapshot = snapshot;
    this.#maxBytes = maxBytes;
    this.#picture = new PictureGatherer(maxNodes);
  }

  /** One row's cells. Throws CellsFull when they do not fit any more. */
  row(values: readonly unknown[]): Value[] {
    this.#spend(2);
    return values.map((value) => this.#cell(value, 0));
  }

  /** The properties of a node or edge that was read without a query, in the order of their names, as a query has them. */
  properties(of: object): Record<string, Value> {
    return this.#map(Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))), 0, NONE);
  }

  picture(): { graph: GraphPicture; truncated: boolean } {
    return this.#picture.gathered();
  }

  #spend(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) throw new CellsFull();
  }

  #cell(value: unknown, depth: number): Value {
    if (depth > MAX_DEPTH) throw new TooDeep();
    switch (typeof value) {
      case "string":
        this.#spend(Buffer.byteLength(value) + 3);
        return value;
      case "number":
        this.#spend(8);
        return Number.isFinite(value) ? value : null;
      case "boolean":
        this.#spend(6);
        return value;
      case "bigint":
        this.#spend(22);
        return value.toString();
      case "object":
        if (value !== null) return this.#object(value, depth);
        this.#spend(5);
        return null;
      default:
        this.#spend(5);
        return null;
    }
  }

  #object(value: object, depth: number): Value {
    if (value instanceof Date) return this.#cell(Number.isNaN(value.getTime()) ? null : value.toISOString(), depth);
    if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array, (part) => this.#cell(part, depth + 1));
    if (Array.isArray(value)) return value.map((part) => this.#cell(part, depth + 1));
    if (isNode(value)) return { node: this.#node(value, depth) as unknown as Value };
    if (isEdge(value)) return { edge: this.#edge(value, depth) as unknown as Value };
    if (isPath(value)) {
      const nodes = value.nodes.map((node) => this.#node(node, depth));
      const edges = value.edges.map((edge) => this.#edge(edge, depth));
      return { path: { nodes, edges } as unknown as Value };
    }
    return this.#map(value, depth, NONE);
  }

  #node(value: EngineNode, depth: number): GraphNode {
    const labels = value._labels.map(String);
    const node = { id: nodeId(this.#snapshot, value._id), labels, properties: this.#map(value, depth, NODE_KEYS) };
    this.#spend(40 + labels.length * 12);
    this.#picture.node(node);
    return node;
  }

  #edge(value: EngineEdge, depth: number): GraphEdge {
    const [from, to] = [nodeId(this.#snapshot, value._source), nodeId(this.#snapshot, value._target)];
    const properties = this.#map(value, depth, EDGE_KEYS);
    const edge = { id: edgeId(this.#snapshot, value._id), type: String(value._type), from, to, properties };
    this.#spend(70);
    this.#picture.edge(edge);
    return edge;
  }

  #map(value: object, depth: number, without: ReadonlySet<string>): Record<string, Value> {
    const cells: [string, Value][] = [];
    for (const [key, part] of Object.entries(value)) {
      if (without.has(key)) continue;
      this.#spend(Buffer.byteLength(key) + 4);
      cells.push([key, this.#cell(part, depth + 1)]);
    }
    return Object.fromEntries(cells);
  }
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

/** Keeps each node and edge once, and no more nodes than are drawn. */
class PictureGatherer {
  readonly #maxNodes: number;
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();
  #truncated = false;

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  node(node: GraphNode): void {
    if (this.#nodes.has(node.id)) return;
    if (this.#nodes.size < this.#maxNodes) this.#nodes.set(node.id, node);
    else this.#truncated = true;
  }

  edge(edge: GraphEdge): void {
    // Its ends may come later in the row; what has none in the end is dropped.
    if (this.#edges.size < this.#maxNodes * EDGES_PER_NODE) this.#edges.set(edge.id, edge);
  }

  gathered(): { graph: GraphPicture; truncated: boolean } {
    const edges = [...this.#edges.values()].filter(({ from, to }) => this.#nodes.has(from) && this.#nodes.has(to));
    return { graph: { nodes: [...this.#nodes.values()], edges }, truncated: this.#truncated };
  }
}

/** Edges that are remembered for each node of the picture, before those without both ends are dropped. */
const EDGES_PER_NODE = 8;
const NONE: ReadonlySet<string> = new Set();
const NODE_KEYS: ReadonlySet<string> = new Set(["_id", "_labels"]);
const EDGE_KEYS: ReadonlySet<string> = new Set(["_id", "_type", "_source", "_target"]);

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
