import { type FileHandle, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Windows has no handle for a folder to sync; its file systems log folder changes themselves. */
const FOLDERS_SYNC = process.platform !== "win32";

/**
 * Makes commits durable. The engine writes its log at commit but syncs it later, so power loss could take what was
 * acknowledged. One `fdatasync` serves every commit that waits for it.
 */
export class LogSync {
  readonly #file: string;
  readonly #logFolder: string;
  readonly #segments = new Map<string, FileHandle>();
  #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  #running = false;
  commits = 0;
  syncs = 0;

  constructor(file: string) {
    this.#file = file;
    this.#logFolder = `${file}.wal`;
  }

  /** Resolves once everything committed before the call is on disk. */
  durable(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#running) void this.#drain();
    });
  }

  /** To be called when the engine has closed the store: everything is in the main file then, and on disk after this. */
  async close(): Promise<void> {
    for (const handle of this.#segments.values()) await handle.close();
    this.#segments.clear();
    await this.#syncFile();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#sync();
        this.commits += batch.length;
        this.syncs += 1;
        for (const waiter of batch) waiter.resolve();
      } catch (error) {
        for (const waiter of batch) waiter.reject(error);
      }
    }
    this.#running = false;
  }

  async #sync(): Promise<void> {
    const names = (await readdir(this.#logFolder)).filter((name) => /^wal_\d+\.log$/.test(name)).sort();
    const changed = names.length !== this.#segments.size || names.some((name) => !this.#segments.has(name));
    if (changed) await this.#follow(names);
    for (const handle of this.#segments.values()) await handle.datasync();
  }

  /** A checkpoint moves the log into the main file and begins a new segment: then file, segments and folders are all synced. */
  async #follow(names: readonly string[]): Promise<void> {
    for (const [name, handle] of this.#segments) {
      // Commits of the last batch may be in a segment that is already unlinked; its handle still reaches them.
      await handle.datasync();
      if (names.includes(name)) continue;
      await handle.close();
      this.#segments.delete(name);
    }
    for (const name of names) {
      if (this.#segments.has(name)) continue;
      const handle = await openIfThere(join(this.#logFolder, name), "r+");
      if (handle !== null) this.#segments.set(name, handle);
    }
    await this.#syncFile();
    if (FOLDERS_SYNC) await syncWhole(this.#logFolder, "r");
  }

  async #syncFile(): Promise<void> {
    await syncWhole(this.#file, "r+");
    if (FOLDERS_SYNC) await syncWhole(dirname(this.#file), "r");
  }
}

async function openIfThere(path: string, flags: string): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function syncWhole(path: string, flags: string): Promise<void> {
  const handle = await openIfThere(path, flags);
  if (handle === null) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
