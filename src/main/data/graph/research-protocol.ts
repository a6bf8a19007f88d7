import type { GraphPicture, PlanStep } from "../../../shared/contract/research.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import type { ResearchSchema } from "../research/port.ts";
import type { Params, Value } from "./port.ts";

/** A node on its way into a snapshot. `ref` is how edges name it. */
export interface FilledNode {
  ref: string;
  properties: Record<string, Value>;
}

/** An edge on its way into a snapshot. One whose ends are not there is left out. */
export interface FilledEdge {
  from: string;
  to: string;
  properties: Record<string, Value>;
}

/** What the host asks of a research process: one thing at a time. */
export type ResearchCall =
  /** Makes of the copy `source` the file `target` that queries run on. Without `identities` no identity is in it. */
  | { kind: "prepare"; source: string; target: string; identities: boolean; key: Uint8Array }
  /** Takes nodes and edges for a file that is made of what the host sends; the nodes of a `scattered` label lie in the order of their ids. */
  | { kind: "fill-nodes"; label: string; scattered: boolean; nodes: FilledNode[] }
  | { kind: "fill-edges"; type: string; edges: FilledEdge[] }
  /** Writes what was taken to the file `target`. */
  | { kind: "fill-end"; target: string }
  /** Opens a prepared file for reading. Its nodes are known as `<snapshot>:n<engine id>`, its edges as `<snapshot>:e<engine id>`. */
  | { kind: "open"; file: string; snapshot: string }
  /** Signs in to Neo4j. Queries then run on the clinic's own graph; what the host does not stop, the server ends after `timeoutMs`. */
  | { kind: "connect"; settings: Neo4jSettings; timeoutMs: number }
  | { kind: "run"; cypher: string; parameters: Params; maxRows: number; maxBytes: number; maxNodes: number }
  | { kind: "explain"; cypher: string; parameters: Params }
  | { kind: "expand"; nodeId: string; among: readonly string[]; limit: number }
  /** What the graph that it is connected to is made of. */
  | { kind: "describe" };

/** What a graph holds; who asks adds the engine and the instant. */
export type SnapshotSchema = Pick<ResearchSchema, "labels" | "relationships">;

/** The end of a run, after its rows. */
export interface RunEnd {
  graph: GraphPicture;
  graphTruncated: boolean;
  capped: boolean;
  durationMs: number;
}

/** Why the engine did not do it. `detail` quotes the statement, never what is stored. */
export type ResearchFailure =
  | { kind: "syntax"; detail: string; line?: number; column?: number }
  | { kind: "missing-parameter"; detail: string }
  | { kind: "cannot-compute"; detail: string }
  | { kind: "unsupported"; construct: string }
  | { kind: "writes" }
  /** Too much memory, or a value that is nested too deeply. */
  | { kind: "too-large"; memory: boolean }
  | { kind: "timeout" }
  | { kind: "unavailable" }
  | { kind: "not-found" };

export type ResearchReply =
  /** `version` is the engine's own. */
  | { kind: "prepared"; schema: SnapshotSchema; version: string }
  | { kind: "filled" }
  | { kind: "opened" }
  | { kind: "columns"; names: string[] }
  | { kind: "rows"; rows: Value[][] }
  | ({ kind: "ran" } & RunEnd)
  | { kind: "explained"; plan: PlanStep; text: string }
  | { kind: "expanded"; picture: GraphPicture; truncated: boolean }
  | { kind: "described"; schema: SnapshotSchema; version: string }
  | { kind: "failed"; failure: ResearchFailure }
  /** Told every now and then while something is under way; who is silent hangs. */
  | { kind: "alive"; rssBytes: number };

/** The reply that ends a call. */
export type ResearchEnd = Exclude<ResearchReply, { kind: "columns" | "rows" | "alive" }>;

/** What answers queries in a research process: a prepared file, or the clinic's own graph on Neo4j. */
export interface QueryStore {
  /** Runs a query and sends its columns and rows as they are read. Throws what the engine throws, and ResearchRefusal. */
  run(query: Extract<ResearchCall, { kind: "run" }>, send: (reply: ResearchReply) => Promise<void>): Promise<RunEnd>;
  /** How the engine would go about it, and its own text of that. */
  explain(cypher: string, parameters: Params): Promise<{ plan: PlanStep; text: string }>;
  /** A node, at most `limit` neighbours that are not among `among`, and the edges between them and all of `among`. */
  expand(nodeId: string, among: readonly string[], limit: number): Promise<{ picture: GraphPicture; truncated: boolean }>;
  /** What the graph is made of. */
  describe(): Promise<{ schema: SnapshotSchema; version: string }>;
  /** What the engine's error means. */
  failureOf(error: unknown): ResearchFailure;
}
