import type { GraphEdge, GraphNode, GraphPicture } from "../../../shared/contract/research.ts";
import type { Value } from "./port.ts";

const MAX_DEPTH = 64;

/** The bytes of JSON that a result may have were used up. */
export class CellsFull extends Error {}

/** A value is nested too deeply to be shown. */
export class TooDeep extends Error {}

/** A node as an engine answered it, known by the id under which it is shown. */
export interface FoundNode {
  kind: "node";
  id: string;
  labels: string[];
  properties: object;
}
export interface FoundEdge {
  kind: "edge";
  id: string;
  type: string;
  from: string;
  to: string;
  properties: object;
}
/** What an engine's object is: one of the graph's own things, a value that JSON has in another form, or, where it is null, a map. */
export type Found =
  | FoundNode
  | FoundEdge
  | { kind: "path"; nodes: FoundNode[]; edges: FoundEdge[] }
  | { kind: "list"; parts: readonly unknown[] }
  | { kind: "value"; value: Value }
  | null;

/**
 * Turns an engine's rows into JSON cells, gathers the picture of the nodes and edges among them, and counts bytes. `find` knows the objects
 * of the engine.
 */
export class CellReader {
  readonly #find: (value: object) => Found;
  readonly #maxBytes: number;
  readonly #picture: PictureGatherer;
  #bytes = 0;

  constructor(find: (value: object) => Found, maxBytes: number, maxNodes: number) {
    this.#find = find;
    this.#maxBytes = maxBytes;
    this.#picture = new PictureGatherer(maxNodes);
  }

  /** One row's cells. Throws CellsFull when they do not fit any more. */
  row(values: readonly unknown[]): Value[] {
    this.#spend(2);
    return values.map((value) => this.#cell(value, 0));
  }

  /** A node or edge that was read without a query. */
  node(found: FoundNode): GraphNode {
    return this.#node(found, 0);
  }

  edge(found: FoundEdge): GraphEdge {
    return this.#edge(found, 0);
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
        return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
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
    if (Array.isArray(value)) return value.map((part) => this.#cell(part, depth + 1));
    const found = this.#find(value);
    if (found === null) return this.#map(value, depth);
    switch (found.kind) {
      case "node":
        return { node: this.#node(found, depth) as unknown as Value };
      case "edge":
        return { edge: this.#edge(found, depth) as unknown as Value };
      case "path": {
        const nodes = found.nodes.map((node) => this.#node(node, depth));
        const edges = found.edges.map((edge) => this.#edge(edge, depth));
        return { path: { nodes, edges } as unknown as Value };
      }
      case "list":
        return found.parts.map((part) => this.#cell(part, depth + 1));
      case "value":
        return this.#cell(found.value, depth);
    }
  }

  #node({ id, labels, properties }: FoundNode, depth: number): GraphNode {
    const node = { id, labels, properties: this.#properties(properties, depth) };
    this.#spend(40 + labels.length * 12);
    this.#picture.node(node);
    return node;
  }

  #edge({ id, type, from, to, properties }: FoundEdge, depth: number): GraphEdge {
    const edge = { id, type, from, to, properties: this.#properties(properties, depth) };
    this.#spend(70);
    this.#picture.edge(edge);
    return edge;
  }

  /** In the order of their names, whatever order the engine keeps them in. */
  #properties(properties: object, depth: number): Record<string, Value> {
    return this.#map(Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))), depth);
  }

  #map(value: object, depth: number): Record<string, Value> {
    const cells: [string, Value][] = [];
    for (const [key, part] of Object.entries(value)) {
      this.#spend(Buffer.byteLength(key) + 4);
      cells.push([key, this.#cell(part, depth + 1)]);
    }
    return Object.fromEntries(cells);
  }
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
