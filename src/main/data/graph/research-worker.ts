import { readFileSync } from "node:fs";
import { AppError } from "../../../shared/define.ts";
import { QUERY_MEMORY_BYTES, QUERY_TIMEOUT_MS } from "../../../shared/model/research-limits.ts";
import type { ChildProcess, ProcessLauncher } from "../../platform/process-launcher.ts";
import type { RowSink } from "../research/port.ts";
import { needsTooMuch, toResearchError } from "./research-errors.ts";
import type { ResearchCall, ResearchEnd, ResearchReply, SnapshotSchema } from "./research-protocol.ts";

/** What a call may take before its process is killed. */
export interface WorkLimits {
  timeoutMs: number;
  memoryBytes: number;
  /** What a process may take beyond what the open snapshot needs, where that is more. */
  beyondOpenBytes: number;
  /** Reads the memory of a process; null where the system does not tell. */
  readRss(pid: number): number | null;
}

export const QUERY_LIMITS: WorkLimits = {
  timeoutMs: QUERY_TIMEOUT_MS,
  memoryBytes: QUERY_MEMORY_BYTES,
  beyondOpenBytes: 512 * 1024 * 1024,
  readRss: rssOf,
};

interface Work {
  resolve: (end: ResearchEnd) => void;
  reject: (error: unknown) => void;
  sink: RowSink | undefined;
}

const OPEN_MS = 60_000;
const PREPARE_MS = 10 * 60_000;
const WATCH_MS = 50;
/** Where the system does not tell what a process takes, it says so itself; one that is silent this long is lost. */
const SILENCE_MS = 2_000;

/** A research process as the host sees it: does one thing at a time, and is killed when that takes too much. */
export class ResearchWorker {
  readonly #process: ChildProcess;
  readonly #limits: WorkLimits;
  readonly #ended = Promise.withResolvers<void>();
  #opened: Promise<void> = Promise.resolve();
  #work: Work | null = null;
  #heard = { at: 0, rssBytes: 0 };
  #openBytes = 0;
  #killed: AppError | null = null;
  isOver = false;

  constructor(launch: ProcessLauncher, limits: WorkLimits) {
    this.#limits = limits;
    this.#process = launch();
    this.#process.onMessage((message) => this.#receive(message as ResearchReply));
    this.#process.onExit((reason) => this.#over(reason));
  }

  /** Resolves when the process has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Resolves when what queries run on is open. */
  get opened(): Promise<void> {
    return this.#opened;
  }

  /** Opens what queries run on. What the process takes then is what its queries are measured from. */
  open(call: Extract<ResearchCall, { kind: "open" | "connect" }>): Promise<void> {
    this.#opened = this.#within(OPEN_MS, this.#ask(call)).then(() => {
      this.#openBytes = this.#rss();
    });
    this.#opened.catch(() => undefined);
    return this.#opened;
  }

  /** Takes a part of a snapshot. */
  async fill(call: Extract<ResearchCall, { kind: "fill-nodes" | "fill-edges" }>): Promise<void> {
    await this.#within(PREPARE_MS, this.#ask(call));
  }

  /** Makes a snapshot ready. What that takes depends on the size of the clinic; only a process that hangs takes as long as this waits. */
  async prepare(call: Extract<ResearchCall, { kind: "prepare" | "fill-end" }>): Promise<{ schema: SnapshotSchema; version: string }> {
    const end = await this.#within(PREPARE_MS, this.#ask(call));
    if (end.kind !== "prepared") throw new AppError("internal", `The research process answered with ${end.kind}`);
    return end;
  }

  /**
   * Does what is asked within the limits. Throws AppError `timeout`, `too-large`, `cancelled` after killing the process,
   * `unsupported-construct` when the engine crashes, and what the engine refuses.
   */
  async query(call: ResearchCall, signal: AbortSignal, sink?: RowSink): Promise<ResearchEnd> {
    const stopWatching = this.#watch();
    const cancel = () => this.kill(new AppError("cancelled", "The query was cancelled"));
    signal.addEventListener("abort", cancel);
    try {
      if (signal.aborted) cancel();
      return await this.#ask(call, sink);
    } finally {
      signal.removeEventListener("abort", cancel);
      stopWatching();
    }
  }

  /** Ends the process at once; what it owes fails with `cause`. */
  kill(cause: AppError = new AppError("store-unavailable", "Research is closed")): void {
    if (this.isOver) return;
    this.#killed ??= cause;
    this.#process.kill();
    // Nothing that it still sends counts, and nobody waits for it to be gone.
    this.#over("");
  }

  async #within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
    const late = setTimeout(() => this.kill(), milliseconds);
    try {
      return await work;
    } finally {
      clearTimeout(late);
    }
  }

  #ask(call: ResearchCall, sink?: RowSink): Promise<ResearchEnd> {
    if (this.isOver) return Promise.reject(this.#killed ?? lost());
    return new Promise((resolve, reject) => {
      this.#work = { resolve, reject, sink };
      this.#process.send(call);
    });
  }

  #receive(reply: ResearchReply): void {
    const work = this.#work;
    if (this.isOver || work === null) return;
    switch (reply.kind) {
      case "alive":
        this.#heard = { at: performance.now(), rssBytes: reply.rssBytes };
        return;
      case "columns":
        return work.sink?.columns(reply.names);
      case "rows":
        return work.sink?.rows(reply.rows);
      case "failed":
        this.#work = null;
        return work.reject(toResearchError(reply.failure));
      default:
        this.#work = null;
        work.resolve(reply);
    }
  }

  #over(reason: string): void {
    if (reason !== "") this.#ended.resolve();
    if (this.isOver) return;
    this.isOver = true;
    const work = this.#work;
    this.#work = null;
    // The system ends a process that eats its memory before the host sees it.
    work?.reject(this.#killed ?? (reason.endsWith("SIGKILL") ? needsTooMuch() : lost()));
  }

  /** Kills the process when it takes too long or too much; answers what ends the watching. */
  #watch(): () => void {
    const { timeoutMs, memoryBytes, beyondOpenBytes } = this.#limits;
    const mostBytes = Math.max(memoryBytes, this.#openBytes + beyondOpenBytes);
    this.#heard = { at: performance.now(), rssBytes: 0 };
    const late = setTimeout(() => this.kill(new AppError("timeout", `The query took longer than ${timeoutMs / 1000} s`)), timeoutMs);
    const look = setInterval(() => {
      if (this.#rss() > mostBytes) this.kill(needsTooMuch());
    }, WATCH_MS);
    return () => {
      clearTimeout(late);
      clearInterval(look);
    };
  }

  #rss(): number {
    const { pid } = this.#process;
    const told = pid === undefined ? null : this.#limits.readRss(pid);
    if (told !== null) return told;
    if (performance.now() - this.#heard.at > SILENCE_MS && this.#work !== null) return Number.POSITIVE_INFINITY;
    return this.#heard.rssBytes;
  }
}

function lost(): AppError {
  return new AppError("unsupported-construct", "The engine could not run this query");
}

/** What a process has in memory, as Linux tells it; null elsewhere and when the process is gone. */
function rssOf(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
