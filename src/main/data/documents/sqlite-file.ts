import { writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { AppError } from "../../../shared/define.ts";
import { isDamage, storeError } from "./sqlite-errors.ts";

interface Waiting {
  run: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** Calls that share one transaction at most, so that a flood does not hold the event loop. */
const GROUP = 256;

/** A file of this name beside the store says that damage was met in it: the next opening checks it whole. */
export const damageMark = (path: string): string => `${path}.damaged`;

type Settled = { ok: true; value: unknown } | { ok: false; error: unknown };

/**
 * One SQLite file in WAL mode whose writes are grouped: the calls waiting at the same time share one transaction and one
 * flush, each within its own savepoint.
 *
 * The connection runs with `synchronous=NORMAL`, so a commit never blocks the event loop on the disk; a call is answered only
 * after an `fdatasync` of the log off the main thread. That is the guarantee of `synchronous=FULL` without its pause.
 */
export class SqliteFile {
  readonly db: DatabaseSync;
  readonly #path: string;
  readonly #store: string;
  readonly #statements = new Map<string, StatementSync>();
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  #log: FileHandle | null = null;
  #unsynced: AppError | null = null;
  #closed = false;

  /** `store` names it in errors: `document`, `audit`, `blob`. `pageBytes` counts only where the file is made. */
  constructor(path: string, store: string, { pageBytes = 4096 }: { pageBytes?: number } = {}) {
    this.#path = path;
    this.#store = store;
    this.db = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
    try {
      this.db.exec(`PRAGMA page_size = ${pageBytes}`);
      this.db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  /** A prepared statement, kept for the next call. The texts are few: names come from declared collections and fields. */
  prepare(sql: string): StatementSync {
    let prepared = this.#statements.get(sql);
    if (!prepared) {
      prepared = this.db.prepare(sql);
      this.#statements.set(sql, prepared);
    }
    return prepared;
  }

  /** Whether writes can be answered: false once closed, and once a flush has failed. */
  get writable(): boolean {
    return !this.#closed && this.#unsynced === null;
  }

  /** Runs a reading function; engine errors become `store-unavailable`. */
  read<T>(run: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      try {
        resolve(run());
      } catch (error) {
        reject(this.#failure(error));
      }
    });
  }

  /** Runs a writing function atomically; resolves with its result when it is on disk. */
  write<T>(run: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new AppError("store-unavailable", `The ${this.#store} store is closed.`));
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run, resolve, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Writes what waits, then closes the file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#flushing;
    await this.#log?.close();
    this.#statements.clear();
    this.db.close();
  }

  async #flushAll(): Promise<void> {
    // A turn of the event loop lets every call made in this turn join the group.
    await new Promise((resume) => setImmediate(resume));
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, GROUP);
      await this.#flush(group);
    }
    this.#flushing = null;
  }

  async #flush(group: Waiting[]): Promise<void> {
    try {
      if (this.#unsynced) throw this.#unsynced;
      const settled = this.#commit(group);
      await this.#sync();
      group.forEach((call, index) => {
        const result = settled[index];
        if (result?.ok) call.resolve(result.value as never);
        else call.reject(this.#failure(result?.error));
      });
    } catch (error) {
      const failure = this.#failure(error);
      for (const call of group) call.reject(failure);
      this.#rollBack();
    }
  }

  #rollBack(): void {
    try {
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
    } catch (error) {
      this.#failure(error);
    }
  }

  #commit(group: Waiting[]): Settled[] {
    this.db.exec("BEGIN IMMEDIATE");
    const settled = group.map((call) => this.#inSavepoint(call.run));
    this.db.exec("COMMIT");
    return settled;
  }

  #inSavepoint(run: () => unknown): Settled {
    this.prepare("SAVEPOINT call").run();
    try {
      const value = run();
      this.prepare("RELEASE call").run();
      return { ok: true, value };
    } catch (error) {
      // A full disk or an I/O error may have ended the whole transaction: then nothing of the group is kept.
      if (!this.db.isTransaction) throw error;
      this.db.exec("ROLLBACK TO call; RELEASE call");
      return { ok: false, error };
    }
  }

  #failure(error: unknown): unknown {
    if (isDamage(error)) this.#mark();
    return storeError(error, this.#store);
  }

  #mark(): void {
    try {
      writeFileSync(damageMark(this.#path), "");
    } catch {
      // The call fails with its cause anyway; a folder that takes no mark takes no repair either.
    }
  }

  async #sync(): Promise<void> {
    try {
      if (!this.#log) {
        this.#log = await open(`${this.#path}-wal`, "r+");
        await syncFolder(dirname(this.#path));
      }
      await this.#log.datasync();
    } catch {
      // After a failed flush the system may drop what it could not write and call the next flush a success.
      this.#unsynced = new AppError(
        "store-unavailable",
        `The ${this.#store} store could not flush to its disk. Check the disk, then restart.`,
      );
      throw this.#unsynced;
    }
  }
}

/** Makes the names in a folder durable. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
