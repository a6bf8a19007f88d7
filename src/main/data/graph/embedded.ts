import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../shared/define.ts";
import { Deadline } from "./deadline.ts";
import { EngineHost, type EngineOptions } from "./embedded-engine.ts";
import { toPortError, WriteConflict } from "./embedded-errors.ts";
import type { EngineFigures, Recovery } from "./embedded-protocol.ts";
import { EmbeddedTransaction } from "./embedded-transaction.ts";
import { WriterQueue } from "./embedded-writers.ts";
import type { GraphHealth, GraphPort, Reader, Writer } from "./port.ts";

export type { Recovery };

export interface EmbeddedGraphOptions extends EngineOptions {
  /** How long a call may take; 10 s unless a test shortens it. */
  deadlineMs?: number;
}

/** The embedded graph, with what only this engine can tell. */
export interface EmbeddedGraph extends GraphPort {
  /** What was done to a damaged store at the last opening; null where it was sound. */
  readonly recovered: Recovery | null;
  /** Process id of the engine while it runs. */
  readonly enginePid: number | undefined;
  figures(): Promise<EngineFigures>;
  /**
   * Copies the store into the folder `target`, under writes: every write that was acknowledged before the call is in the copy, and none in
   * part. Answers the copy's file, with its log beside it. Throws AppError `store-unavailable`, or `timeout` (60 s).
   */
  snapshot(target: string): Promise<string>;
}

const DEADLINE_MS = 10_000;
const SNAPSHOT_MS = 60_000;
const RETRIES = 8;

/**
 * Opens `<folder>/graph.grafeo` in a process of its own, which `engine` launches. Throws AppError `store-unavailable`
 * naming the cause. A damaged store is copied to `<folder>/quarantine/` first and opened with what can be read.
 */
export async function openEmbeddedGraph(options: EmbeddedGraphOptions): Promise<EmbeddedGraph> {
  let recovered: Recovery | null = null;
  const onRecovered = (recovery: Recovery) => {
    recovered = recovery;
    options.onRecovered?.(recovery);
  };
  const engine = await EngineHost.start({ ...options, onRecovered });
  return new GrafeoGraph(engine, options.deadlineMs ?? DEADLINE_MS, () => recovered);
}

class GrafeoGraph implements EmbeddedGraph {
  readonly #engine: EngineHost;
  readonly #deadlineMs: number;
  readonly #recovered: () => Recovery | null;
  readonly #writers = new WriterQueue();
  readonly #calls = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(engine: EngineHost, deadlineMs: number, recovered: () => Recovery | null) {
    this.#engine = engine;
    this.#deadlineMs = deadlineMs;
    this.#recovered = recovered;
  }

  get recovered(): Recovery | null {
    return this.#recovered();
  }

  get enginePid(): number | undefined {
    return this.#engine.pid;
  }

  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#call(async (deadline) => {
      await deadline.race(this.#engine.usable());
      const transaction = new EmbeddedTransaction(this.#engine);
      try {
        return await deadline.race(work(transaction.reader));
      } finally {
        await this.#leave(transaction, deadline);
      }
    });
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#call(async (deadline) => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await this.#attempt(work, deadline);
        } catch (error) {
          if (!(error instanceof WriteConflict)) throw error;
          if (attempt === RETRIES) throw new AppError("conflict", "The same data is being changed by too many at once");
          await deadline.race(sleep(Math.random() * 2 ** attempt));
        }
      }
    });
  }

  async health(): Promise<GraphHealth> {
    if (!this.#engine.isUp) return { state: "down", engine: "grafeo", nodes: 0 };
    const { nodes, version } = await this.figures();
    return { state: "up", engine: `grafeo ${version}`, nodes };
  }

  figures(): Promise<EngineFigures> {
    return this.#call(async (deadline) => {
      await deadline.race(this.#engine.usable());
      const { figures } = await deadline.race(this.#engine.ask({ kind: "health" }));
      if (figures === undefined) throw new AppError("internal", "The engine answered without its figures");
      return figures;
    });
  }

  snapshot(target: string): Promise<string> {
    return this.#call(async (deadline) => {
      await deadline.race(this.#engine.usable());
      const asked = this.#engine.ask({ kind: "snapshot", target }).catch((error: unknown) => {
        throw toPortError(error, "a snapshot");
      });
      const { file } = await deadline.race(asked);
      if (file === undefined) throw new AppError("internal", "The engine answered without the copy's file");
      return file;
    }, SNAPSHOT_MS);
  }

  onState(listener: (state: "up" | "down") => void): () => void {
    return this.#engine.onState(listener);
  }

  /** Lets the calls under way finish, then checkpoints and ends the engine. Later calls fail. */
  close(): Promise<void> {
    this.#closing ??= Promise.allSettled(this.#calls).then(() => this.#engine.close());
    return this.#closing;
  }

  async #attempt<T>(work: (writer: Writer) => Promise<T>, deadline: Deadline): Promise<T> {
    const turn = this.#writers.join();
    try {
      await deadline.race(turn.granted);
      await deadline.race(this.#engine.usable());
      const transaction = new EmbeddedTransaction(this.#engine);
      const { result, durable } = await this.#work(transaction, work, deadline);
      // The engine takes messages in order: the next writer begins after this commit, and need not wait for the disk.
      turn.release();
      await this.#written(transaction, durable, deadline);
      return result;
    } finally {
      turn.release();
    }
  }

  async #work<T>(transaction: EmbeddedTransaction, work: (writer: Writer) => Promise<T>, deadline: Deadline) {
    try {
      const result = await deadline.race(work(transaction.writer));
      await deadline.race(transaction.settle());
      // Work that swallowed the failure of a statement must not count as done.
      if (transaction.lost !== undefined) throw transaction.lost;
      return { result, ...transaction.commit() };
    } catch (error) {
      await this.#leave(transaction, deadline);
      throw transaction.lost instanceof WriteConflict ? transaction.lost : error;
    }
  }

  async #written(transaction: EmbeddedTransaction, durable: Promise<void>, deadline: Deadline): Promise<void> {
    try {
      await deadline.race(durable);
    } catch (error) {
      if (deadline.passed && transaction.isWaiting) this.#engine.kill("a commit outlived its deadline");
      throw error;
    }
  }

  /** Ends a transaction that is not to be kept. An engine that owes it an answer at the deadline hangs, and is killed. */
  async #leave(transaction: EmbeddedTransaction, deadline: Deadline): Promise<void> {
    try {
      await deadline.race(transaction.settle());
    } catch {
      if (transaction.isWaiting) this.#engine.kill("a statement outlived its deadline");
    }
    transaction.rollback();
  }

  async #call<T>(work: (deadline: Deadline) => Promise<T>, deadlineMs = this.#deadlineMs): Promise<T> {
    if (this.#closing !== null) throw new AppError("store-unavailable", "The graph is closed");
    const deadline = new Deadline(deadlineMs);
    const call = work(deadline);
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      deadline.clear();
      this.#calls.delete(call);
    }
  }
}
