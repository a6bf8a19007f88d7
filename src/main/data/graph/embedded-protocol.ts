import type { Params, Value } from "./port.ts";

/** What the host asks of the engine's process. A transaction's number is chosen by the host and never used twice. */
export type EngineRequest =
  | { id: number; kind: "open"; folder: string; expected: boolean; checkpointBytes: number }
  /** Runs one statement; the first of a transaction `begins` it. `writes` is what the statement's file declares. */
  | { id: number; kind: "query"; transaction: number; begins: boolean; text: string; writes: boolean; params: Params }
  /** Answers once the commit is on disk. */
  | { id: number; kind: "commit"; transaction: number }
  /** Has no answer. */
  | { id: number; kind: "rollback"; transaction: number }
  | { id: number; kind: "health" }
  /** Copies the store into the folder `target`: every commit that was acknowledged before, and none in part. */
  | { id: number; kind: "snapshot"; target: string }
  | { id: number; kind: "close" };

export type Row = Record<string, Value>;

/** What was done to a damaged store when it was opened. */
export interface Recovery {
  /** The folder that holds the files as they were found, relative to the store's folder. */
  quarantine: string;
  /** What the engine said about the damage. */
  cause: string;
  /** Bytes of log that could not be replayed and are kept beside the store. */
  lostBytes: number;
}

/** How many commits were made durable, by how many syncs of the log. */
export interface EngineFigures {
  version: string;
  nodes: number;
  commits: number;
  syncs: number;
}

/** Why a request failed. Carries no value of a statement or row: an engine's own text may quote a patient. */
export type EngineFailure =
  | { kind: "unique"; label: string; property: string }
  | { kind: "conflict" }
  /** The transaction is gone: an earlier statement failed, or the process is a new one. */
  | { kind: "lost" }
  | { kind: "undeclared-write" }
  | { kind: "statement"; detail: string }
  | { kind: "snapshot-failed"; detail: string }
  | { kind: "locked"; detail: string }
  | { kind: "open-failed"; detail: string; quarantine?: string };

export type EngineReply =
  | { id: number; ok: true; rows?: Row[]; figures?: EngineFigures; recovery?: Recovery; file?: string }
  | { id: number; ok: false; failure: EngineFailure };

/** A request before it has its number. */
export type EngineCall = EngineRequest extends infer R ? (R extends EngineRequest ? Omit<R, "id"> : never) : never;
export type EngineAnswer = Extract<EngineReply, { ok: true }>;
