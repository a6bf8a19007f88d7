import { copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/define.ts";
import type { RecoveredFile } from "../recovered-file.ts";
import { isDamage, storeError } from "./sqlite-errors.ts";
import { damageMark } from "./sqlite-file.ts";

/** Above this a file is checked whole only when damage was met in it: the check reads every page and index (68 MB: 0.6 s). */
const CHECKED_BYTES = 64_000_000;

export interface OpenSoundOptions<T> {
  path: string;
  store: "documents" | "audit" | "blobs" | "series";
  /** Instant that names the quarantine folder. */
  now: string;
  /** True when the data folder was in use before, so that the file must be there. */
  expected: boolean;
  /** Opens the file and brings it to its layout. */
  open: (path: string) => T;
  /** Gives an empty file the store's layout. */
  layOut: (target: DatabaseSync) => void;
  /** Says what is wrong with a file whose pages are in shape, or null. */
  inspect?: (db: DatabaseSync) => string | null;
  /** Carries over what can be read. */
  salvage: (damaged: DatabaseSync, target: DatabaseSync) => Saved;
  /** True where a store that begins empty by itself is the worse answer: an expected one is then refused instead. */
  refuseEmpty: boolean;
}

/** What was carried over: how much, and in words. */
export interface Saved {
  count: number;
  report: string;
}

/**
 * Opens a store's file after a look at its soundness. A damaged file is copied to `quarantine/<instant>/`, rebuilt from what can be
 * read, and reported; the file itself is replaced in one step at the end, so that a crash on the way only starts this over.
 */
export async function openSound<T>(options: OpenSoundOptions<T>): Promise<{ opened: T; recovered: RecoveredFile | null }> {
  const { path, store, expected } = options;
  try {
    const size = await sizeOf(path);
    const missing = size === null && expected;
    if (missing && options.refuseEmpty) throw lostStore(path, "is missing from the data folder");
    const cause = size === null ? null : await findDamage(options, size);
    if (cause !== null) return await recover(options, cause);
    const opened = options.open(path);
    const report = `${basename(path)} was missing; an empty one was made.`;
    return { opened, recovered: missing ? { store, quarantine: null, report } : null };
  } catch (error) {
    if (!isDamage(error)) throw storeError(error, store);
    return await recover(options, (error as Error).message);
  }
}

function lostStore(path: string, cause: string): AppError {
  return new AppError("store-unavailable", `${basename(path)} ${cause}. Nothing was changed: restore it from a backup, then start again.`);
}

/** Says what is wrong with a file, or null. */
async function findDamage<T>({ path, inspect }: OpenSoundOptions<T>, size: number): Promise<string | null> {
  if (size === 0 && (await sizeOf(`${path}-wal`)) === null) return "the file is empty";
  const marked = (await sizeOf(damageMark(path))) !== null;
  if (size > CHECKED_BYTES && !marked) return null;
  const db = new DatabaseSync(path, { timeout: 5000 });
  try {
    const { integrity_check: answer } = db.prepare("PRAGMA integrity_check(1)").get() as { integrity_check: string };
    if (answer !== "ok") return answer.replaceAll("\n", " ").slice(0, 300);
    const changed = inspect?.(db) ?? null;
    if (changed !== null) return changed;
  } finally {
    db.close();
  }
  await rm(damageMark(path), { force: true });
  return null;
}

async function recover<T>(options: OpenSoundOptions<T>, cause: string): Promise<{ opened: T; recovered: RecoveredFile }> {
  const { path, store, now } = options;
  const quarantine = join(dirname(path), "quarantine", now.replaceAll(":", "-"));
  try {
    await setAside(path, quarantine);
    const { count, report } = await rebuild(options, join(quarantine, basename(path)));
    if (count === 0 && options.expected && options.refuseEmpty) {
      // The file itself stays as it is, so a copy for each try would only fill the disk.
      await rm(quarantine, { recursive: true });
      throw lostStore(path, `is damaged and nothing in it can be read (${cause})`);
    }
    await putInPlace(path);
    return { opened: options.open(path), recovered: { store, quarantine, report: `${basename(path)} was damaged (${cause}). ${report}` } };
  } catch (error) {
    throw storeError(error, store);
  } finally {
    await rm(rebuiltOf(path), { force: true });
  }
}

const rebuiltOf = (path: string): string => `${path}.rebuilt`;

async function setAside(path: string, quarantine: string): Promise<void> {
  await mkdir(quarantine, { recursive: true, mode: 0o700 });
  for (const suffix of ["", "-wal"]) {
    if ((await sizeOf(path + suffix)) !== null) await copyFile(path + suffix, join(quarantine, basename(path) + suffix));
  }
}

/** Makes a new file, beside the old one, of what the damaged copy still gives. */
async function rebuild<T>({ path, layOut, salvage }: OpenSoundOptions<T>, damagedCopy: string): Promise<Saved> {
  const rebuilt = rebuiltOf(path);
  for (const suffix of ["", "-journal"]) await rm(rebuilt + suffix, { force: true });
  const target = new DatabaseSync(rebuilt);
  try {
    layOut(target);
    target.exec("BEGIN");
    const saved = salvageFrom(damagedCopy, (damaged) => salvage(damaged, target));
    target.exec("COMMIT");
    return saved;
  } finally {
    target.close();
  }
}

/** Puts the new file in the place of the old one. */
async function putInPlace(path: string): Promise<void> {
  const handle = await open(rebuiltOf(path), "r+");
  await handle.sync();
  await handle.close();
  // The old log must go first: replayed into the new file it would damage that too.
  for (const name of [`${path}-wal`, `${path}-shm`, damageMark(path)]) await rm(name, { force: true });
  await rename(rebuiltOf(path), path);
}

function salvageFrom(damagedCopy: string, salvage: (damaged: DatabaseSync) => Saved): Saved {
  let damaged: DatabaseSync | null = null;
  try {
    damaged = new DatabaseSync(damagedCopy, { readOnly: true, defensive: false });
    // Lets a schema with a damaged entry, and a file that was cut off, be read as far as they go.
    damaged.exec("PRAGMA writable_schema = ON");
    return salvage(damaged);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { count: 0, report: "Nothing in it could be read." };
  } finally {
    damaged?.close();
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
