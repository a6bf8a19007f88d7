import type { GraphPicture } from "../../../shared/contract/research.ts";
import type { ResearchSchema } from "../research/port.ts";
import type { Params, Value } from "./port.ts";

/** What the host asks of a research process: one thing at a time. */
export type ResearchCall =
  /** Makes of the copy `source` the file `target` that queries run on. Without `identities` no identity is in it. */
  | { kind: "prepare"; source: string; target: string; identities: boolean; key: Uint8Array }
  /** Opens a prepared file for reading. Its nodes are known as `<snapshot>:n<engine id>`, its edges as `<snapshot>:e<engine id>`. */
  | { kind: "open"; file: string; snapshot: string }
  | { kind: "run"; cypher: string; parameters: Params; maxRows: number; maxBytes: number; maxNodes: number }
  | { kind: "explain"; cypher: string; parameters: Params }
  | { kind: "expand"; nodeId: string; among: string[]; limit: number };

/** What a prepared snapshot holds; who asks adds the engine and the instant. */
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
  | { kind: "too-large" }
  | { kind: "not-found" };

export type ResearchReply =
  | { kind: "prepared"; schema: SnapshotSchema }
  | { kind: "opened" }
  | { kind: "columns"; names: string[] }
  | { kind: "rows"; rows: Value[][] }
  | ({ kind: "ran" } & RunEnd)
  | { kind: "explained"; text: string }
  | { kind: "expanded"; picture: GraphPicture; truncated: boolean }
  | { kind: "failed"; failure: ResearchFailure }
  /** Told every now and then while something is under way; who is silent hangs. */
  | { kind: "alive"; rssBytes: number };

/** The reply that ends a call. */
export type ResearchEnd = Exclude<ResearchReply, { kind: "columns" | "rows" | "alive" }>;
