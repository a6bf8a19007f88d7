import { AppError } from "../../../shared/define.ts";
import type { RowSink } from "../research/port.ts";
import type { WorkerPool } from "./research-pool.ts";
import type { ResearchCall, ResearchEnd } from "./research-protocol.ts";
import { Turns } from "./research-turns.ts";

const AT_ONCE = 2;
const IDLE_MS = 10 * 60_000;

export interface CallsOptions {
  /** How long what was opened is kept without use; ten minutes unless a test shortens it. */
  idleMs?: number | undefined;
  /** Lets go of what was opened: nobody has used it for that long. */
  rest(): void;
}

/** The calls of a research engine: so many queries at once, none once it is closed, and rest when nobody asks any more. */
export class ResearchCalls {
  readonly #turns = new Turns(AT_ONCE);
  readonly #closing = new AbortController();
  readonly #calls = new Set<Promise<unknown>>();
  readonly #idleMs: number;
  readonly #rest: () => void;
  #idle: NodeJS.Timeout | null = null;

  constructor({ idleMs = IDLE_MS, rest }: CallsOptions) {
    this.#idleMs = idleMs;
    this.#rest = rest;
  }

  /** Aborted when the engine is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Does a call that takes no turn. Throws AppError `store-unavailable` once the engine is closed. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.closing.aborted) throw new AppError("store-unavailable", "Research is closed");
    const call = work();
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
      this.#restAfter();
    }
  }

  /** Does a query at its turn, with a signal that also ends with the engine. */
  query<T>(caller: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.call(async () => {
      const signal = AbortSignal.any([caller, this.closing]);
      const leave = await this.#turns.take(signal);
      try {
        return await work(signal);
      } finally {
        leave();
      }
    });
  }

  /** Takes no new call and stops those under way with `close`; resolves when they are over. */
  async close(close: () => Promise<unknown>): Promise<void> {
    this.#closing.abort();
    if (this.#idle !== null) clearTimeout(this.#idle);
    await close();
    await Promise.allSettled(this.#calls);
  }

  #restAfter(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    if (this.closing.aborted) return;
    this.#idle = setTimeout(() => {
      if (this.#calls.size === 0) this.#rest();
    }, this.#idleMs);
    this.#idle.unref();
  }
}

/** Asks a process of the pool, which is given back afterwards; what is not answered with `kind` is a fault of ours. */
export async function askPool<K extends ResearchEnd["kind"]>(
  pool: WorkerPool,
  kind: K,
  call: ResearchCall,
  signal: AbortSignal,
  sink?: RowSink,
): Promise<Extract<ResearchEnd, { kind: K }>> {
  const worker = await pool.take(signal);
  try {
    const end = await worker.query(call, signal, sink);
    if (end.kind !== kind) throw new AppError("internal", `The research process answered with ${end.kind}`);
    return end as Extract<ResearchEnd, { kind: K }>;
  } finally {
    pool.give(worker);
  }
}
