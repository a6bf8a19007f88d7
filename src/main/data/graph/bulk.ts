import type { Value } from "./port.ts";

/** A node as it is moved between stores. `ref` is the store's own name of it, good for this export only. */
export interface BulkNode {
  ref: string;
  labels: string[];
  properties: Record<string, Value>;
}

/** A relationship as it is moved; its ends are the `ref`s of the exported nodes. */
export interface BulkEdge {
  ref: string;
  from: string;
  to: string;
  type: string;
  properties: Record<string, Value>;
}

/**
 * All that a graph holds, for moving it to another store and for research snapshots: nodes and relationships in pages, in an order that is
 * the same as long as nothing is written. Schema and what an adapter keeps for itself (`FileChunk`, marks of writes) are not part of it.
 */
export interface GraphBulk {
  /** At most `limit` nodes after the one with that `ref`; of one label where it is named. */
  exportNodes(after: string | null, limit: number, label?: string): Promise<BulkNode[]>;
  exportEdges(after: string | null, limit: number, type?: string): Promise<BulkEdge[]>;
  /** Which labels and types there are, with their counts. */
  counts(): Promise<{ nodes: Record<string, number>; edges: Record<string, number> }>;
  /** Adds nodes, each once: a batch that comes again (by `ref`) changes nothing. All of a batch or nothing. */
  importNodes(nodes: readonly BulkNode[]): Promise<void>;
  /** Adds relationships between nodes imported before, each once; throws `conflict` when one of its ends is not there. */
  importEdges(edges: readonly BulkEdge[]): Promise<void>;
  /** Forgets the `ref`s of what was imported: the end of a move. */
  finishImport(): Promise<void>;
  /** Removes every node and relationship, also of an import that was given up. */
  clear(): Promise<void>;
}
