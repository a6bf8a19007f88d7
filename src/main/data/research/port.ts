import type { GraphEdge, GraphNode, GraphPicture, PlanStep } from "@shared/contract/research.ts";
import type { Value } from "../graph/port.ts";

/** A query that the gate has let through. */
export interface ResearchQuery {
  cypher: string;
  parameters: Record<string, Value>;
  /** False only for somebody who may see identities. */
  masked: boolean;
  /** Rows and bytes of JSON that are kept at most. */
  maxRows: number;
  maxBytes: number;
  /** Nodes of the picture at most. */
  maxNodes: number;
}

/** Where the rows of a running query go, in order. Cells are JSON; nodes, edges and paths are `{ node }`, `{ edge }`, `{ path }`. */
export interface RowSink {
  /** Told once, before the first rows. */
  columns(names: string[]): void;
  rows(rows: Value[][]): void;
}

export interface ResearchAnswer {
  graph: GraphPicture;
  graphTruncated: boolean;
  capped: boolean;
  /** Time in the engine until the last row, in milliseconds. */
  durationMs: number;
  snapshotAt: string | null;
}

export interface ResearchSchema {
  engine: { name: "embedded" | "neo4j"; version: string };
  snapshotAt: string | null;
  labels: { name: string; count: number; properties: { name: string; type: string }[] }[];
  relationships: { type: string; count: number; from: string[]; to: string[]; properties: { name: string; type: string }[] }[];
}

/**
 * Runs reading queries in a process of its own, away from everything else: on the embedded engine on a snapshot, on Neo4j in a READ transaction
 * without retry. Identities are masked before a query sees them, so that no expression can reach them. Throws AppError `timeout` after
 * QUERY_TIMEOUT_MS, `too-large` beyond QUERY_MEMORY_BYTES, `cancelled` when the signal is aborted, `syntax` when the engine does not
 * understand the text, `store-unavailable`.
 */
export interface ResearchEngine {
  /** Which engine answers, by whether identities are masked: the gate lets through what that one answers rightly. */
  answering(masked: boolean): ResearchSchema["engine"]["name"];
  run(query: ResearchQuery, sink: RowSink, signal: AbortSignal): Promise<ResearchAnswer>;
  explain(
    cypher: string,
    parameters: Record<string, Value>,
    masked: boolean,
    signal: AbortSignal,
  ): Promise<{ plan: PlanStep; text: string }>;
  /** Neighbours of a node, and the edges among them and `among`. Throws `not-found` for a node that is gone, or of another snapshot. */
  expand(
    nodeId: string,
    among: readonly string[],
    limit: number,
    masked: boolean,
    signal: AbortSignal,
  ): Promise<GraphPicture & { truncated: boolean }>;
  /** `refresh` takes a new snapshot first. */
  schema(masked: boolean, refresh: boolean): Promise<ResearchSchema>;
  close(): Promise<void>;
}

export type { GraphEdge, GraphNode };
