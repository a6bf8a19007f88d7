import { readFailure, readOpenFailure } from "./embedded-failures.ts";
import { LogSync } from "./embedded-log-sync.ts";
import type { EngineFailure, EngineFigures, Recovery, Row } from "./embedded-protocol.ts";
import { type Database, markClosed, type OpenedStore, OpenFailure, openStore } from "./embedded-recovery.ts";
import { plainRows } from "./embedded-rows.ts";
import { copyStore } from "./embedded-snapshot.ts";
import type { Params } from "./port.ts";

/** A request failed for a reason the host has a type for. */
export class RequestFailure extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

type EngineTransaction = ReturnType<Database["beginTransaction"]>;

/** Statements of one transaction run one after another, in the order in which they arrived. */
interface OpenTransaction {
  engine: EngineTransaction;
  tail: Promise<unknown>;
}

/**
 * A statement that is declared to read begins with one of these words. Anything else writes: above all CREATE
 * CONSTRAINT and CREATE INDEX, which no rollback takes back.
 */
const READING = /^(?:\s|\/\/[^\n]*\n)*(?:MATCH|OPTIONAL|UNWIND|WITH|RETURN|CALL)\b/i;

/** The engine's database inside its own process: transactions by number, each commit answered when it is on disk. */
export class EmbeddedStore {
  readonly #folder: string;
  readonly #file: string;
  readonly #database: Database;
  readonly #log: LogSync;
  readonly #checkpointBytes: number;
  readonly #transactions = new Map<number, OpenTransaction>();
  readonly recovery: Recovery | undefined;
  #snapshots = 0;

  private constructor(folder: string, { database, file, recovery }: OpenedStore, checkpointBytes: number) {
    this.#folder = folder;
    this.#file = file;
    this.#database = database;
    this.#log = new LogSync(file);
    this.#checkpointBytes = checkpointBytes;
    this.recovery = recovery;
    database.setCheckpointTriggers({ walBytes: checkpointBytes });
  }

  /** Opens `<folder>/graph.grafeo`. Throws OpenFailure naming the cause. */
  static async open(folder: string, expected: boolean, checkpointBytes: number): Promise<EmbeddedStore> {
    try {
      const { default: grafeo } = await import("@grafeo-db/js");
      return new EmbeddedStore(folder, await openStore(grafeo, folder, expected), checkpointBytes);
    } catch (error) {
      throw error instanceof OpenFailure ? error : new OpenFailure(readOpenFailure(error, folder));
    }
  }

  /** Runs a statement in its transaction, which its first statement begins. A statement that fails ends the transaction. */
  async query(number: number, begins: boolean, text: string, writes: boolean, params: Params): Promise<Row[]> {
    const transaction = begins ? this.#begin(number) : this.#find(number);
    const turn = transaction.tail.then(async () => {
      this.#find(number);
      try {
        return await run(transaction.engine, text, writes, params);
      } catch (error) {
        this.rollback(number);
        throw error instanceof RequestFailure ? error : new RequestFailure(readFailure(error));
      }
    });
    transaction.tail = turn.catch(() => undefined);
    return await turn;
  }

  /**
   * Commits at once, before the next message is looked at, so that the next writer begins on this state; resolves
   * when the commit is on disk. The host sends it only after the answers of all the transaction's statements.
   */
  async commit(number: number): Promise<void> {
    const transaction = this.#find(number);
    this.#transactions.delete(number);
    try {
      transaction.engine.commit();
    } catch (error) {
      throw new RequestFailure(readFailure(error));
    }
    await this.#log.durable();
  }

  rollback(number: number): void {
    const transaction = this.#transactions.get(number);
    if (transaction === undefined) return;
    this.#transactions.delete(number);
    if (transaction.engine.isActive) transaction.engine.rollback();
  }

  /** Copies the store into the folder `target` and answers the copy's file. Checkpoints wait meanwhile; reads and writes do not. */
  async snapshot(target: string): Promise<string> {
    this.#snapshots += 1;
    this.#database.setCheckpointTriggers({});
    try {
      return await copyStore(this.#file, target);
    } catch (error) {
      throw new RequestFailure({ kind: "snapshot-failed", detail: codeOf(error) });
    } finally {
      this.#snapshots -= 1;
      if (this.#snapshots === 0) this.#database.setCheckpointTriggers({ walBytes: this.#checkpointBytes });
    }
  }

  figures(): EngineFigures {
    return { version: this.#database.version(), nodes: this.#database.nodeCount(), commits: this.#log.commits, syncs: this.#log.syncs };
  }

  /** Moves the log into the main file, on disk. */
  async close(): Promise<void> {
    for (const number of this.#transactions.keys()) this.rollback(number);
    this.#database.close();
    await this.#log.close();
    await markClosed(this.#folder);
  }

  #begin(number: number): OpenTransaction {
    const transaction = { engine: this.#database.beginTransaction("snapshot"), tail: Promise.resolve() };
    this.#transactions.set(number, transaction);
    return transaction;
  }

  #find(number: number): OpenTransaction {
    const transaction = this.#transactions.get(number);
    if (transaction === undefined) throw new RequestFailure({ kind: "lost" });
    return transaction;
  }
}

async function run(engine: EngineTransaction, text: string, writes: boolean, params: Params): Promise<Row[]> {
  if (!writes && !READING.test(text)) throw new RequestFailure({ kind: "undeclared-write" });
  const result = await engine.executeCypher(text, params);
  if (!writes && Object.values(result.counters).some((changed) => changed > 0)) throw new RequestFailure({ kind: "undeclared-write" });
  return plainRows(result.toArray());
}

/** The system's code of what went wrong with a file: its message would name the folder. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "the store did not keep still";
}
