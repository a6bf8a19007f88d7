import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { GraphPicture, PlanStep } from "../../../shared/contract/research.ts";
import type { ResearchAnswer, ResearchEngine, ResearchQuery, ResearchSchema, RowSink } from "../research/port.ts";
import { boundedParams } from "./bounded-params.ts";
import type { EmbeddedGraph } from "./embedded.ts";
import type { Value } from "./port.ts";
import { askPool, ResearchCalls } from "./research-calls.ts";
import { type Snapshot, type SnapshotDeps, type SnapshotSource, Snapshots } from "./research-snapshots.ts";
import { QUERY_LIMITS, type WorkLimits } from "./research-worker.ts";

export interface SnapshotResearchOptions extends Omit<SnapshotDeps, "limits" | "nextNumber"> {
  /** The data folder; snapshots lie in `research/` in it. */
  folder: string;
  /** Other limits, for tests. */
  limits?: Partial<WorkLimits>;
  /** How long processes and snapshot are kept without use; ten minutes unless a test shortens it. */
  idleMs?: number;
}

export interface EmbeddedResearchOptions extends Omit<SnapshotResearchOptions, "source"> {
  graph: EmbeddedGraph;
  /** The key of the pseudonyms. */
  pseudonymKey: () => Promise<Buffer>;
}

/** Research on the embedded graph: queries run on a prepared copy of it. */
export function openEmbeddedResearch({ graph, pseudonymKey, ...options }: EmbeddedResearchOptions): Promise<ResearchEngine> {
  return openSnapshotResearch({ ...options, source: copySource(graph, pseudonymKey) });
}

/**
 * Research on snapshots of a graph: queries run on the embedded engine, in processes that are killed at their limits. Nothing is taken or
 * started before the first call. What a run before left behind is removed.
 */
export async function openSnapshotResearch(options: SnapshotResearchOptions): Promise<ResearchEngine> {
  const folder = join(options.folder, "research");
  await rm(folder, { recursive: true, force: true });
  return new SnapshotResearch({ ...options, folder }, folder);
}

/** Snapshots of the embedded graph are made of a copy of its file, so that its own process is not held up. */
function copySource(graph: EmbeddedGraph, pseudonymKey: () => Promise<Buffer>): SnapshotSource {
  return {
    async state() {
      const { commits } = await graph.figures();
      return `${graph.enginePid}:${commits}`;
    },
    async prepare(worker, { copy, target, identities }) {
      const source = await graph.snapshot(copy);
      return await worker.prepare({ kind: "prepare", source, target, identities, key: await pseudonymKey() });
    },
  };
}

class SnapshotResearch implements ResearchEngine {
  readonly #folder: string;
  readonly #masked: Snapshots;
  readonly #clear: Snapshots;
  readonly #calls: ResearchCalls;

  constructor({ limits, idleMs, ...options }: SnapshotResearchOptions, folder: string) {
    let last = 0;
    const nextNumber = () => {
      last += 1;
      return last;
    };
    const deps = { ...options, limits: { ...QUERY_LIMITS, ...limits }, nextNumber };
    this.#folder = folder;
    this.#masked = new Snapshots(deps, false);
    this.#clear = new Snapshots(deps, true);
    this.#calls = new ResearchCalls({
      idleMs,
      rest: () => {
        this.#masked.drop();
        this.#clear.drop();
      },
    });
  }

  answering(): "embedded" {
    return "embedded";
  }

  run(query: ResearchQuery, sink: RowSink, caller: AbortSignal): Promise<ResearchAnswer> {
    const { cypher, masked, maxRows, maxBytes, maxNodes } = query;
    return this.#query("fresh", masked, caller, async ({ pool, takenAt }, signal) => {
      const call = { kind: "run", cypher, parameters: boundedParams(query.parameters), maxRows, maxBytes, maxNodes } as const;
      const { kind: _, ...answer } = await askPool(pool, "ran", call, signal, sink);
      return { ...answer, snapshotAt: takenAt };
    });
  }

  explain(
    cypher: string,
    parameters: Record<string, Value>,
    masked: boolean,
    caller: AbortSignal,
  ): Promise<{ plan: PlanStep; text: string }> {
    return this.#query("fresh", masked, caller, async ({ pool }, signal) => {
      const call = { kind: "explain", cypher, parameters: boundedParams(parameters) } as const;
      const { plan, text } = await askPool(pool, "explained", call, signal);
      return { plan, text };
    });
  }

  expand(
    nodeId: string,
    among: readonly string[],
    limit: number,
    masked: boolean,
    caller: AbortSignal,
  ): Promise<GraphPicture & { truncated: boolean }> {
    // The node is of the snapshot that is there, however old.
    return this.#query("any", masked, caller, async ({ pool }, signal) => {
      const call = { kind: "expand", nodeId, among, limit } as const;
      const { picture, truncated } = await askPool(pool, "expanded", call, signal);
      return { ...picture, truncated };
    });
  }

  schema(masked: boolean, refresh: boolean): Promise<ResearchSchema> {
    return this.#calls.call(() =>
      this.#side(masked).use(refresh ? "new" : "fresh", this.#calls.closing, async ({ takenAt, schema, version }) => ({
        engine: { name: "embedded" as const, version },
        snapshotAt: takenAt,
        ...schema,
      })),
    );
  }

  async close(): Promise<void> {
    await this.#calls.close(() => Promise.all([this.#masked.close(), this.#clear.close()]));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #side(masked: boolean): Snapshots {
    return masked ? this.#masked : this.#clear;
  }

  #query<T>(
    wanted: "any" | "fresh",
    masked: boolean,
    caller: AbortSignal,
    work: (snapshot: Snapshot, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#calls.query(caller, (signal) => this.#side(masked).use(wanted, signal, (snapshot) => work(snapshot, signal)));
  }
}
