import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { GraphPicture, PlanStep } from "../../../shared/contract/research.ts";
import { AppError } from "../../../shared/define.ts";
import type { ResearchAnswer, ResearchEngine, ResearchQuery, ResearchSchema, RowSink } from "../research/port.ts";
import { boundedParams } from "./bounded-params.ts";
import { readPlan } from "./embedded-research-plan.ts";
import type { ResearchCall, ResearchEnd } from "./research-protocol.ts";
import { type Snapshot, type SnapshotDeps, Snapshots } from "./research-snapshots.ts";
import { Turns } from "./research-turns.ts";
import { QUERY_LIMITS, type WorkLimits } from "./research-worker.ts";
import type { Value } from "./port.ts";

export interface EmbeddedResearchOptions extends Omit<SnapshotDeps, "limits" | "nextNumber"> {
  /** The data folder; snapshots lie in `research/` in it. */
  folder: string;
  /** Other limits, for tests. */
  limits?: Partial<WorkLimits>;
  /** How long processes and snapshot are kept without use; ten minutes unless a test shortens it. */
  idleMs?: number;
}

const AT_ONCE = 2;
const IDLE_MS = 10 * 60_000;

/**
 * Research on the embedded graph: queries run on a prepared copy of it, in processes that are killed at their limits. Nothing is copied or
 * started before the first call. What a run before left behind is removed.
 */
export async function openEmbeddedResearch(options: EmbeddedResearchOptions): Promise<ResearchEngine> {
  const folder = join(options.folder, "research");
  await rm(folder, { recursive: true, force: true });
  return new GrafeoResearch({ ...options, folder }, folder);
}

class GrafeoResearch implements ResearchEngine {
  readonly #deps: SnapshotDeps;
  readonly #folder: string;
  readonly #masked: Snapshots;
  readonly #clear: Snapshots;
  readonly #turns = new Turns(AT_ONCE);
  readonly #closing = new AbortController();
  readonly #idleMs: number;
  readonly #calls = new Set<Promise<unknown>>();
  #idle: NodeJS.Timeout | null = null;

  constructor(options: EmbeddedResearchOptions, folder: string) {
    let last = 0;
    const nextNumber = () => {
      last += 1;
      return last;
    };
    this.#deps = { ...options, limits: { ...QUERY_LIMITS, ...options.limits }, nextNumber };
    this.#folder = folder;
    this.#idleMs = options.idleMs ?? IDLE_MS;
    this.#masked = new Snapshots(this.#deps, false);
    this.#clear = new Snapshots(this.#deps, true);
  }

  async run(query: ResearchQuery, sink: RowSink, signal: AbortSignal): Promise<ResearchAnswer> {
    const { cypher, masked, maxRows, maxBytes, maxNodes } = query;
    const call: ResearchCall = { kind: "run", cypher, parameters: boundedParams(query.parameters), maxRows, maxBytes, maxNodes };
    return await this.#query("fresh", masked, signal, call, sink, (end, { takenAt }) => {
      if (end.kind !== "ran") throw unexpected(end);
      const { graph, graphTruncated, capped, durationMs } = end;
      return { graph, graphTruncated, capped, durationMs, snapshotAt: takenAt };
    });
  }

  async explain(
    cypher: string,
    parameters: Record<string, Value>,
    masked: boolean,
    signal: AbortSignal,
  ): Promise<{ plan: PlanStep; text: string }> {
    const call: ResearchCall = { kind: "explain", cypher, parameters: boundedParams(parameters) };
    return await this.#query("fresh", masked, signal, call, undefined, (end) => {
      if (end.kind !== "explained") throw unexpected(end);
      return { plan: readPlan(end.text), text: end.text };
    });
  }

  async expand(
    nodeId: string,
    among: readonly string[],
    limit: number,
    masked: boolean,
    signal: AbortSignal,
  ): Promise<GraphPicture & { truncated: boolean }> {
    const call: ResearchCall = { kind: "expand", nodeId, among: [...among], limit };
    // The node is of the snapshot that is there, however old.
    return await this.#query("any", masked, signal, call, undefined, (end) => {
      if (end.kind !== "expanded") throw unexpected(end);
      return { ...end.picture, truncated: end.truncated };
    });
  }

  async schema(masked: boolean, refresh: boolean): Promise<ResearchSchema> {
    return await this.#call(async () => {
      const { version } = await this.#deps.graph.figures();
      return await this.#side(masked).use(refresh ? "new" : "fresh", this.#closing.signal, async ({ takenAt, schema }) => ({
        engine: { name: "embedded" as const, version },
        snapshotAt: takenAt,
        ...schema,
      }));
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#idle !== null) clearTimeout(this.#idle);
    await Promise.all([this.#masked.close(), this.#clear.close()]);
    await Promise.allSettled(this.#calls);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #side(masked: boolean): Snapshots {
    return masked ? this.#masked : this.#clear;
  }

  #query<T>(
    wanted: "any" | "fresh",
    masked: boolean,
    caller: AbortSignal,
    call: ResearchCall,
    sink: RowSink | undefined,
    read: (end: ResearchEnd, snapshot: Snapshot) => T,
  ): Promise<T> {
    return this.#call(async () => {
      const signal = AbortSignal.any([caller, this.#closing.signal]);
      const leave = await this.#turns.take(signal);
      try {
        return await this.#side(masked).use(wanted, signal, async (snapshot) => {
          const worker = await snapshot.pool.take(signal);
          try {
            return read(await worker.query(call, signal, sink), snapshot);
          } finally {
            snapshot.pool.give(worker);
          }
        });
      } finally {
        leave();
      }
    });
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing.signal.aborted) throw new AppError("store-unavailable", "Research is closed");
    const call = work();
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
      this.#restAfter();
    }
  }

  /** Processes and snapshots go when nobody has used them for a while. */
  #restAfter(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    if (this.#closing.signal.aborted) return;
    this.#idle = setTimeout(() => {
      if (this.#calls.size > 0) return;
      this.#masked.drop();
      this.#clear.drop();
    }, this.#idleMs);
    this.#idle.unref();
  }
}

function unexpected(end: ResearchEnd): AppError {
  return new AppError("internal", `The research process answered with ${end.kind}`);
}
