import { truncateSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { TakeFileLock } from "../../platform/folder-lock.ts";
import { isDamage, sqliteCode, storeError } from "./sqlite-errors.ts";

const BUSY = 5;

/**
 * An exclusive transaction on a file of its own, never committed: SQLite holds the operating system's lock for its duration.
 * Nothing else in this process may open that file: on POSIX systems closing any other handle on it would drop the lock.
 */
export const takeSqliteLock: TakeFileLock = (path) => {
  try {
    return take(path);
  } catch (error) {
    if (!isDamage(error)) throw storeError(error, "lock");
    // The file holds nothing. It is emptied, not replaced: the lock is on the file itself, and whoever has it keeps it.
    truncateSync(path);
    return take(path);
  }
};

function take(path: string): { release(): void } | null {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if ((sqliteCode(error) & 0xff) === BUSY) return null;
    throw error;
  }
}
