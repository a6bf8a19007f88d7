import { constants, copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

const TRIES = 10;

/**
 * Copies a store's file and its log into `target`, while checkpoints are held: then the file does not change and the log only grows, so
 * that the copy has every commit that was on disk before the call, whole; a commit under way is in it or not. Answers the file's path.
 */
export async function copyStore(file: string, target: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await stateOf(file);
    const copied = await copyOnce(file, target);
    // A checkpoint that was already under way has moved the log into the file meanwhile.
    if ((await stateOf(file)) === before) return copied;
    if (attempt === TRIES) throw new Error("the store did not keep still");
  }
}

async function copyOnce(file: string, target: string): Promise<string> {
  const copied = join(target, basename(file));
  await mkdir(`${copied}.wal`, { recursive: true, mode: 0o700 });
  await copyFile(file, copied, constants.COPYFILE_FICLONE);
  for (const name of await segments(file)) {
    await copyFile(join(`${file}.wal`, name), join(`${copied}.wal`, name), constants.COPYFILE_FICLONE).catch(ignoreMissing);
  }
  return copied;
}

async function segments(file: string): Promise<string[]> {
  return (await readdir(`${file}.wal`).catch(() => [])).sort();
}

/** What changes with a checkpoint. */
async function stateOf(file: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(file, { bigint: true });
  return [ino, size, mtimeNs, ...(await segments(file))].join("|");
}

/** A segment that a checkpoint has just removed: the state tells. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}
