import type { GraphPicture, PlanStep } from "../../../shared/contract/research.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { ProcessLauncher } from "../../platform/process-launcher.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import type { ResearchAnswer, ResearchEngine, ResearchQuery, ResearchSchema, RowSink } from "../research/port.ts";
import { openSnapshotResearch } from "./embedded-research.ts";
import type { Neo4jGraph } from "./neo4j.ts";
import { LiveResearch } from "./neo4j-research.ts";
import type { Value } from "./port.ts";
import { type BulkSourceOptions, bulkSource } from "./research-bulk-source.ts";
import type { WorkLimits } from "./research-worker.ts";

export interface ServerResearchOptions extends Pick<BulkSourceOptions, "bulk" | "pseudonymKey"> {
  /** The data folder; masked snapshots lie in `research/` in it. */
  folder: string;
  settings: Neo4jSettings;
  graph: Pick<Neo4jGraph, "session">;
  launcher: ProcessLauncher;
  log: Log;
  clock: Clock;
  /** Other limits, for tests. */
  limits?: Partial<WorkLimits>;
  /** How long processes and snapshot are kept without use; ten minutes unless a test shortens it. */
  idleMs?: number;
}

/**
 * Research where the graph lies on Neo4j. Who may not see identities asks a masked snapshot on the embedded engine, who may asks Neo4j itself.
 * Nothing is read, connected or started before the first call.
 */
export async function openServerResearch(options: ServerResearchOptions): Promise<ResearchEngine> {
  const { folder, settings, graph, launcher, log, clock, bulk, pseudonymKey, ...more } = options;
  const source = bulkSource({ bulk, state: () => stateOf(graph), pseudonymKey });
  const masked = await openSnapshotResearch({ folder, source, launcher, log, clock, ...more });
  return new ServerResearch(masked, new LiveResearch({ settings, launcher, ...more }));
}

/** The bookmark of a read: the last transaction that the server has seen, whoever wrote it. It costs one empty statement. */
async function stateOf(graph: Pick<Neo4jGraph, "session">): Promise<string> {
  const session = graph.session("read");
  try {
    await session.run("RETURN 1 AS one");
    return session.lastBookmarks().join(" ");
  } finally {
    await session.close();
  }
}

class ServerResearch implements ResearchEngine {
  readonly #masked: ResearchEngine;
  readonly #live: LiveResearch;

  constructor(masked: ResearchEngine, live: LiveResearch) {
    this.#masked = masked;
    this.#live = live;
  }

  answering(masked: boolean): ResearchSchema["engine"]["name"] {
    return masked ? this.#masked.answering(masked) : "neo4j";
  }

  run(query: ResearchQuery, sink: RowSink, signal: AbortSignal): Promise<ResearchAnswer> {
    return query.masked ? this.#masked.run(query, sink, signal) : this.#live.run(query, sink, signal);
  }

  explain(
    cypher: string,
    parameters: Record<string, Value>,
    masked: boolean,
    signal: AbortSignal,
  ): Promise<{ plan: PlanStep; text: string }> {
    return masked ? this.#masked.explain(cypher, parameters, masked, signal) : this.#live.explain(cypher, parameters, signal);
  }

  expand(
    nodeId: string,
    among: readonly string[],
    limit: number,
    masked: boolean,
    signal: AbortSignal,
  ): Promise<GraphPicture & { truncated: boolean }> {
    return masked ? this.#masked.expand(nodeId, among, limit, masked, signal) : this.#live.expand(nodeId, among, limit, signal);
  }

  schema(masked: boolean, refresh: boolean): Promise<ResearchSchema> {
    return masked ? this.#masked.schema(masked, refresh) : this.#live.schema();
  }

  async close(): Promise<void> {
    await Promise.all([this.#masked.close(), this.#live.close()]);
  }
}
