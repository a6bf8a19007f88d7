import type { GraphPicture, PlanStep } from "../../../shared/contract/research.ts";
import type { ProcessLauncher } from "../../platform/process-launcher.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import type { ResearchAnswer, ResearchQuery, ResearchSchema, RowSink } from "../research/port.ts";
import { boundedParams } from "./bounded-params.ts";
import type { Value } from "./port.ts";
import { askPool, ResearchCalls } from "./research-calls.ts";
import { WorkerPool } from "./research-pool.ts";
import { QUERY_LIMITS, type WorkLimits } from "./research-worker.ts";

export interface LiveResearchOptions {
  settings: Neo4jSettings;
  launcher: ProcessLauncher;
  /** Other limits, for tests. */
  limits?: Partial<WorkLimits>;
  idleMs?: number;
}

/**
 * Research on the clinic's own graph on Neo4j, with all that is in it: for those who may see identities. Queries run in READ transactions
 * without retry, each asked by a process with one connection of its own. A process that is killed at its limits drops that connection, and
 * the server ends what it was doing. The errors are those of ResearchEngine.
 */
export class LiveResearch {
  readonly #launcher: ProcessLauncher;
  readonly #limits: WorkLimits;
  readonly #settings: Neo4jSettings;
  readonly #calls: ResearchCalls;
  readonly #closings = new Set<Promise<void>>();
  #pool: WorkerPool | null = null;

  constructor({ settings, launcher, limits, idleMs }: LiveResearchOptions) {
    this.#settings = settings;
    this.#launcher = launcher;
    this.#limits = { ...QUERY_LIMITS, ...limits };
    this.#calls = new ResearchCalls({ idleMs, rest: () => this.#drop() });
  }

  async run(query: ResearchQuery, sink: RowSink, caller: AbortSignal): Promise<ResearchAnswer> {
    const { cypher, maxRows, maxBytes, maxNodes } = query;
    const call = { kind: "run", cypher, parameters: boundedParams(query.parameters), maxRows, maxBytes, maxNodes } as const;
    const { kind: _, ...answer } = await this.#calls.query(caller, (signal) => askPool(this.#open(), "ran", call, signal, sink));
    return { ...answer, snapshotAt: null };
  }

  async explain(cypher: string, parameters: Record<string, Value>, caller: AbortSignal): Promise<{ plan: PlanStep; text: string }> {
    const call = { kind: "explain", cypher, parameters: boundedParams(parameters) } as const;
    const { plan, text } = await this.#calls.query(caller, (signal) => askPool(this.#open(), "explained", call, signal));
    return { plan, text };
  }

  async expand(
    nodeId: string,
    among: readonly string[],
    limit: number,
    caller: AbortSignal,
  ): Promise<GraphPicture & { truncated: boolean }> {
    const call = { kind: "expand", nodeId, among, limit } as const;
    const { picture, truncated } = await this.#calls.query(caller, (signal) => askPool(this.#open(), "expanded", call, signal));
    return { ...picture, truncated };
  }

  async schema(): Promise<ResearchSchema> {
    const { schema, version } = await this.#calls.query(this.#calls.closing, (signal) =>
      askPool(this.#open(), "described", { kind: "describe" }, signal),
    );
    return { engine: { name: "neo4j", version }, snapshotAt: null, ...schema };
  }

  async close(): Promise<void> {
    await this.#calls.close(() => {
      this.#drop();
      return Promise.all(this.#closings);
    });
  }

  #open(): WorkerPool {
    const { timeoutMs } = this.#limits;
    this.#pool ??= new WorkerPool(this.#launcher, this.#limits, { kind: "connect", settings: this.#settings, timeoutMs });
    return this.#pool;
  }

  #drop(): void {
    const closing = this.#pool?.close();
    this.#pool = null;
    if (closing === undefined) return;
    this.#closings.add(closing);
    void closing.then(() => this.#closings.delete(closing));
  }
}
