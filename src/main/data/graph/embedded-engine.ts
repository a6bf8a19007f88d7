import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../shared/define.ts";
import type { Log } from "../../platform/log.ts";
import type { ChildProcess, ProcessLauncher } from "../../platform/process-launcher.ts";
import { EngineRefusal, toPortError } from "./embedded-errors.ts";
import { Outbox } from "./embedded-outbox.ts";
import type { EngineAnswer, EngineCall, EngineReply, EngineRequest, Recovery } from "./embedded-protocol.ts";

export interface EngineOptions {
  folder: string;
  engine: ProcessLauncher;
  log: Log;
  /** Whether the store must be there already: then a missing file is refused, not made anew. */
  expected?: boolean;
  /** Told when a damaged store was opened, at the start or after a restart. */
  onRecovered?: (recovery: Recovery) => void;
  /** Size of the log at which the engine moves it into the main file. */
  checkpointBytes?: number;
}

interface Waiting {
  resolve: (answer: EngineAnswer) => void;
  reject: (error: unknown) => void;
}

const OPEN_MS = 60_000;
/** A predecessor killed a moment ago may still hold the lock on the file. */
const LOCK_WAIT_MS = 3_000;
/** How long a call waits for an engine that is being restarted. */
const RESTART_WAIT_MS = 3_000;
/** Pauses before each restart in a row; the last one repeats, so that a store that does not open costs little. */
const RESTART_PAUSES_MS = [20, 100, 250, 500, 1000, 30_000];
/** Bounds what a restart replays: 16 MB take about a second on two busy cores. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024;

/** The engine's process as the host sees it: asks it, restarts it when it ends, tells whether it is there. */
export class EngineHost {
  readonly #options: EngineOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(state: "up" | "down") => void>();
  readonly #closing = new AbortController();
  #process: ChildProcess | null = null;
  #dying: ChildProcess | null = null;
  #outbox: Outbox<EngineRequest> | null = null;
  #state: "starting" | "up" | "down" | "closed" = "starting";
  #ready = Promise.withResolvers<void>();
  #lastRequest = 0;
  #cause = "";
  #wasOpen = false;

  private constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Starts the process and opens the store. Throws AppError `store-unavailable` naming the cause. */
  static async start(options: EngineOptions): Promise<EngineHost> {
    const host = new EngineHost(options);
    const giveUpAt = performance.now() + LOCK_WAIT_MS;
    for (;;) {
      try {
        await host.#launch();
        return host;
      } catch (error) {
        const locked = error instanceof EngineRefusal && error.failure.kind === "locked";
        if (!locked || performance.now() > giveUpAt) {
          host.#state = "closed";
          throw startFailure(error);
        }
        await sleep(50);
      }
    }
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get isUp(): boolean {
    return this.#state === "up";
  }

  onState(listener: (state: "up" | "down") => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the engine takes requests; waits a little for one that restarts. Throws AppError `store-unavailable`. */
  async usable(): Promise<void> {
    if (this.#state === "up") return;
    if (this.#state === "closed") throw unavailable("The graph is closed");
    const patience = new AbortController();
    const tooLong = sleep(RESTART_WAIT_MS, undefined, { signal: patience.signal }).then(() => {
      throw unavailable(`The graph is not there: ${this.#cause}`);
    });
    tooLong.catch(() => undefined);
    try {
      await Promise.race([this.#ready.promise, tooLong]);
    } finally {
      patience.abort();
    }
  }

  /** Asks and waits for the answer. Throws EngineRefusal, or AppError `store-unavailable` when the process ends meanwhile. */
  ask(call: EngineCall): Promise<EngineAnswer> {
    const outbox = this.#outbox;
    if (this.#process === null || outbox === null) return Promise.reject(unavailable("The graph's engine ended"));
    const id = ++this.#lastRequest;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      outbox.post({ id, ...call });
    });
  }

  /** Sends what has no answer. */
  tell(call: EngineCall): void {
    if (this.#process !== null) this.#outbox?.post({ id: ++this.#lastRequest, ...call });
  }

  /** Ends a process that hangs: it counts as lost from now on, and is restarted when it has ended. */
  kill(cause: string): void {
    const process = this.#process;
    if (process === null || this.#state !== "up") return;
    this.#dying = process;
    this.#lose(cause);
    process.kill();
  }

  /** Checkpoints and ends the process. */
  async close(): Promise<void> {
    if (this.#state === "closed") return;
    const wasUp = this.#state === "up";
    this.#state = "closed";
    this.#closing.abort();
    this.#ready.promise.catch(() => undefined);
    this.#ready.reject(unavailable("The graph is closed"));
    const patience = new AbortController();
    try {
      if (wasUp) await Promise.race([this.ask({ kind: "close" }), sleep(OPEN_MS, undefined, { signal: patience.signal })]);
    } finally {
      patience.abort();
      this.#process?.kill();
    }
  }

  async #launch(): Promise<void> {
    const process = this.#options.engine();
    this.#process = process;
    // Its own: what is still to be sent when a process is lost must not reach its successor.
    this.#outbox = new Outbox((requests) => process.send(requests));
    process.onMessage((message) => {
      for (const reply of message as EngineReply[]) this.#receive(reply);
    });
    process.onExit((reason) => this.#ended(process, reason));
    const { folder, checkpointBytes = CHECKPOINT_BYTES } = this.#options;
    // Once it has been open, it is there: a restart never begins an empty store.
    const expected = this.#wasOpen || this.#options.expected === true;
    const patience = new AbortController();
    const tooLong = sleep(OPEN_MS, undefined, { signal: patience.signal }).then(() => {
      throw unavailable("The graph's engine did not open the store in time");
    });
    tooLong.catch(() => undefined);
    try {
      const { recovery } = await Promise.race([this.ask({ kind: "open", folder, expected, checkpointBytes }), tooLong]);
      if (this.#isClosed()) return process.kill();
      this.#state = "up";
      this.#wasOpen = true;
      this.#ready.resolve();
      if (recovery !== undefined) this.#tellRecovery(recovery);
    } catch (error) {
      this.#process = null;
      process.kill();
      throw error;
    } finally {
      patience.abort();
    }
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }

  #tellRecovery(recovery: Recovery): void {
    const { quarantine, cause, lostBytes } = recovery;
    this.#options.log.warn({ quarantine, cause, lostBytes }, "The graph was damaged and was opened with what could be read");
    this.#options.onRecovered?.(recovery);
  }

  #receive(reply: EngineReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting.resolve(reply);
    else waiting.reject(new EngineRefusal(reply.failure));
  }

  #ended(process: ChildProcess, reason: string): void {
    if (this.#dying === process) {
      this.#dying = null;
      void this.#restart();
    }
    if (this.#process !== process) return;
    const wasUp = this.#state === "up";
    this.#lose(`it ended with ${reason}`);
    if (wasUp) void this.#restart();
  }

  /** The process takes no more requests: what it owes fails now. */
  #lose(cause: string): void {
    this.#process = null;
    this.#cause = cause;
    const owed = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of owed) waiting.reject(unavailable(`The graph's engine was lost: ${cause}`));
    if (this.#state !== "up") return;
    this.#state = "down";
    this.#ready = Promise.withResolvers();
    this.#ready.promise.catch(() => undefined);
    this.#options.log.error({ cause }, "The graph's engine was lost");
    for (const listener of this.#listeners) listener("down");
  }

  async #restart(): Promise<void> {
    for (let attempt = 0; !this.#isClosed(); attempt += 1) {
      const pause = RESTART_PAUSES_MS[Math.min(attempt, RESTART_PAUSES_MS.length - 1)];
      await sleep(pause, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      if (this.#isClosed()) return;
      try {
        await this.#launch();
        this.#options.log.info({ attempt }, "The graph's engine is back");
        for (const listener of this.#listeners) listener("up");
        return;
      } catch (error) {
        if (this.#isClosed()) return;
        const shown = toPortError(error, "opening the graph");
        this.#cause = shown instanceof Error ? shown.message : "it does not open";
        this.#options.log.error({ attempt }, "The graph's engine could not be restarted", shown);
      }
    }
  }
}

/** Whatever went wrong at the start, the store is not there, and the cause is named. */
function startFailure(error: unknown): AppError {
  const shown = toPortError(error, "opening the graph");
  if (shown instanceof AppError) return shown;
  return unavailable(`The graph's engine cannot be started: ${shown instanceof Error ? shown.message : "no cause given"}`);
}

function unavailable(message: string): AppError {
  return new AppError("store-unavailable", message);
}
