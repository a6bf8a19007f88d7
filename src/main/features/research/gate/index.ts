import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { EngineName, Verdict } from "./verdict.ts";

export type { EngineName, Verdict } from "./verdict.ts";

/** Lets through statements that only read, by their parse tree; everything it does not know is refused. */
export interface Gate {
  /** The verdict on a statement; one that takes a second of a processor to read is refused. */
  check(cypher: string, engine: EngineName): Promise<Verdict>;
  close(): Promise<void>;
}

export interface GateTask {
  cypher: string;
  engine: EngineName;
}
/**
 * `ready` once, when the grammar is loaded; then one verdict a task, or null where the check itself failed. `workedMs` is the processor time
 * that the thread has used so far.
 */
export type GateMessage = { kind: "ready"; workedMs: number } | { kind: "verdict"; workedMs: number; verdict: Verdict | null };

export interface GateOptions {
  /** File of the worker: `gate-worker.ts`, or its built `.js`. */
  worker?: string;
  deadlineMs?: number;
}

const DEADLINE_MS = 1_000;
/** On a full machine the thread may wait for its second this many times as long. */
const PATIENCE = 10;
/** Loading the grammar takes 1.3 s, and has taken 15 s where eight others wanted the same two processors. */
const START_MS = 60_000;
/** A text that makes the parser take this much memory is not one to run. */
const MEMORY_MB = 256;

/** The gate's thread starts with the first check. */
export function createGate(options: GateOptions = {}): Gate {
  const { worker = workerFile(), deadlineMs = DEADLINE_MS } = options;
  let thread: GateThread | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function examine(task: GateTask): Promise<Verdict> {
    if (closed) return refusal("The gate is closed");
    thread ??= new GateThread(worker);
    try {
      await thread.ready;
      return (await thread.ask(task, deadlineMs)) ?? refusal("The statement could not be examined");
    } catch {
      await thread.end();
      thread = null;
      return refusal("The statement takes too long to read");
    }
  }

  return {
    check(cypher, engine) {
      // One at a time: each has the deadline for itself, and ending the thread ends no other's check.
      const verdict = turn.then(() => examine({ cypher, engine }));
      turn = verdict;
      return verdict;
    },
    async close() {
      closed = true;
      await thread?.end();
    },
  };
}

function refusal(message: string): Verdict {
  return { ok: false, code: "unsupported-construct", construct: null, line: 1, column: 1, message };
}

/** One worker with the grammar loaded. It is of no more use after a failure. */
class GateThread {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  #settle: ((verdict: Verdict | null) => void) | null = null;
  #fail: (error: Error) => void = () => undefined;
  #workedMs = 0;

  constructor(file: string) {
    this.#worker = new Worker(file, { execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    const loaded = Promise.withResolvers<void>();
    const timer = setTimeout(() => loaded.reject(new Error("the gate did not start")), START_MS);
    this.ready = loaded.promise.finally(() => clearTimeout(timer));
    this.ready.catch(() => undefined);
    this.#worker.on("message", (message: GateMessage) => {
      this.#workedMs = message.workedMs;
      if (message.kind === "ready") loaded.resolve();
      else this.#settle?.(message.verdict);
    });
    const lost = (error: Error) => {
      loaded.reject(error);
      this.#fail(error);
    };
    this.#worker.on("error", lost);
    this.#worker.on("exit", () => lost(new Error("the gate's thread ended")));
  }

  /** Rejects when there is no answer in time. */
  async ask(task: GateTask, deadlineMs: number): Promise<Verdict | null> {
    const answer = Promise.withResolvers<Verdict | null>();
    const watch = new AbortController();
    this.#settle = answer.resolve;
    this.#fail = answer.reject;
    // Held only while it works, so that an idle thread keeps no process from ending.
    this.#worker.ref();
    this.#worker.postMessage(task);
    this.#overdue(deadlineMs, watch.signal).then(
      () => answer.reject(new Error("no answer in time")),
      (error: Error) => answer.reject(error),
    );
    try {
      return await answer.promise;
    } finally {
      watch.abort();
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Resolves when the thread has worked on its task for too long, by its own processor time: a full machine refuses nobody. */
  async #overdue(deadlineMs: number, signal: AbortSignal): Promise<void> {
    const before = this.#workedMs;
    const latest = performance.now() + PATIENCE * deadlineMs;
    for (let left = deadlineMs; left > 0 && performance.now() < latest; ) {
      await sleep(Math.max(left, deadlineMs / 10), undefined, { signal });
      const patience = sleep(deadlineMs, null, { signal });
      patience.catch(() => undefined);
      const used = await Promise.race([this.#worker.cpuUsage(), patience]);
      if (used !== null) left = deadlineMs - ((used.user + used.system) / 1000 - before);
    }
  }
}

/** The worker beside this file: its source in development, the built one wherever the bundler put this code. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, "gate-worker.ts"), join(here, "gate-worker.js"), join(here, "..", "gate-worker.js")];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error("The research gate's worker is missing from this installation.");
  return found;
}
