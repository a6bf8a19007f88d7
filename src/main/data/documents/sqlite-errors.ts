import { AppError } from "../../../shared/define.ts";

/** SQLite's primary result codes that mean: the store cannot serve now, whatever was asked. */
const UNAVAILABLE: Readonly<Record<number, string>> = {
  5: "is locked by another program",
  6: "is locked",
  8: "is read-only",
  10: "cannot be read or written (disk error)",
  11: "is damaged",
  13: "has no room: the disk is full",
  14: "cannot be opened",
  26: "is not a database",
};

const CONSTRAINT_UNIQUE = 2067;
const CONSTRAINT_PRIMARY_KEY = 1555;

/** A document is not what was stored: its checksum differs. */
export class DamagedDocument extends Error {
  constructor(collection: string) {
    super(`a document of ${collection} has changed on the disk`);
    this.name = "DamagedDocument";
  }
}

/** SQLite's extended result code of an error, 0 for any other error. */
export function sqliteCode(error: unknown): number {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode : 0;
}

/** The columns a uniqueness constraint named when it refused, or null for any other error. */
export function takenColumn(error: unknown): string | null {
  const code = sqliteCode(error);
  if (code !== CONSTRAINT_UNIQUE && code !== CONSTRAINT_PRIMARY_KEY) return null;
  const match = /failed: [^.]+\.(\w+)/.exec((error as Error).message);
  return match?.[1] ?? "id";
}

/** True when the file itself is at fault, so that quarantine and recovery may help. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDocument) return true;
  const code = sqliteCode(error) & 0xff;
  // The computed columns read JSON that we wrote ourselves: if it is none, the text changed on the disk.
  if (code === 1 && (error as Error).message === "malformed JSON") return true;
  return code === 11 || code === 26;
}

/** Turns an engine error into `store-unavailable` with its cause; leaves every other error as it is. */
export function storeError(error: unknown, store: string): unknown {
  if (error instanceof Error && "code" in error && error.code === "ERR_INVALID_STATE") {
    return new AppError("store-unavailable", `The ${store} store is closed.`);
  }
  if (error instanceof DamagedDocument) return new AppError("store-unavailable", `The ${store} store is damaged: ${error.message}.`);
  const cause = UNAVAILABLE[isDamage(error) ? 11 : sqliteCode(error) & 0xff];
  return cause === undefined ? error : new AppError("store-unavailable", `The ${store} store ${cause}.`);
}
