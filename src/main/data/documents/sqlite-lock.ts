import { DatabaseSync } from "node:sqlite";
import type { TakeFileLock } from "../../platform/folder-lock.ts";
import { sqliteCode, storeError } from "./sqlite-errors.ts";

const BUSY = 5;

/** An exclusive transaction on a file of its own, never committed: SQLite holds the operating system's lock for its duration. */
export const takeSqliteLock: TakeFileLock = (path) => {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { timeout: 0 });
    db.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    if ((sqliteCode(error) & 0xff) === BUSY) return null;
    throw storeError(error, "lock");
  }
};
