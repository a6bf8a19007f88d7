import { AppError } from "../../../shared/define.ts";
import type { ProcessLauncher } from "../../platform/process-launcher.ts";
import type { ResearchCall } from "./research-protocol.ts";
import { unlessAborted } from "./research-turns.ts";
import { ResearchWorker, type WorkLimits } from "./research-worker.ts";

/** Idle processes that are kept at most. */
const KEPT = 2;
const ATTEMPTS = 2;
/** Where opening takes longer than this, one more process waits than is needed. */
const SLOW_OPEN_MS = 1_000;

/** What the processes of a pool have open: one snapshot, or a connection to Neo4j. */
export type Opens = Extract<ResearchCall, { kind: "open" | "connect" }>;

/** The processes that have the same open. One that was killed is replaced at once, so that the next query finds one. */
export class WorkerPool {
  readonly #launch: ProcessLauncher;
  readonly #limits: WorkLimits;
  readonly #opens: Opens;
  readonly #idle: ResearchWorker[] = [];
  readonly #all = new Set<ResearchWorker>();
  #openMs = 0;
  #closed = false;

  constructor(launch: ProcessLauncher, limits: WorkLimits, opens: Opens) {
    this.#launch = launch;
    this.#limits = limits;
    this.#opens = opens;
  }

  /** Starts a process unless one waits already. */
  warm(): void {
    if (!this.#closed && this.#idle.length === 0) this.#idle.push(this.#start());
  }

  /** A process for one query, to be given back. Throws AppError `store-unavailable` when none can open it, `cancelled`. */
  async take(signal: AbortSignal): Promise<ResearchWorker> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#closed) throw new AppError("store-unavailable", "What queries run on is gone");
      const worker = this.#next();
      if (this.#openMs > SLOW_OPEN_MS) this.warm();
      try {
        await unlessAborted(worker.opened, signal);
        return worker;
      } catch (error) {
        this.give(worker);
        if (error instanceof AppError && error.code === "cancelled") throw error;
        // One that ended while it waited says nothing about what it has open.
        if (attempt === ATTEMPTS)
          throw new AppError(
            "store-unavailable",
            this.#opens.kind === "open" ? "The snapshot of the graph cannot be opened" : "Neo4j cannot be reached",
          );
      }
    }
  }

  /** Takes a process back. What killed it has cost nothing but its restart. */
  give(worker: ResearchWorker): void {
    if (worker.isOver) this.warm();
    else if (this.#closed || this.#idle.length >= KEPT) worker.kill();
    else this.#idle.push(worker);
  }

  /** Ends all processes; resolves when they are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const worker of this.#all) worker.kill();
    await Promise.all([...this.#all].map((worker) => worker.ended));
  }

  #next(): ResearchWorker {
    for (let next = this.#idle.pop(); next !== undefined; next = this.#idle.pop()) if (!next.isOver) return next;
    return this.#start();
  }

  #start(): ResearchWorker {
    const started = performance.now();
    const worker = new ResearchWorker(this.#launch, this.#limits);
    this.#all.add(worker);
    void worker.ended.then(() => this.#all.delete(worker));
    worker.open(this.#opens).then(
      () => {
        this.#openMs = performance.now() - started;
      },
      () => worker.kill(),
    );
    return worker;
  }
}
