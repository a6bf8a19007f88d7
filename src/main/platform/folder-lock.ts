import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../shared/define.ts";

/** The sole right to a data folder, until it is released or the process ends, however it ends. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Takes an exclusive lock of the operating system on a file; null when another holds it. The system frees it when the holder dies. */
export type TakeFileLock = (path: string) => { release(): void } | null;

/**
 * Takes the sole right to a data folder. Throws `conflict`, naming the process that holds it, for a second instance. What
 * decides is the operating system's lock, so a stale `holder` file of a dead process never stands in the way.
 */
export async function lockFolder(folder: string, take: TakeFileLock): Promise<FolderLock> {
  const holderFile = join(folder, "lock.holder");
  const lock = take(join(folder, "lock.sqlite"));
  if (!lock) {
    const pid = await readFile(holderFile, "utf8").catch(() => "");
    const holder = /^\d+$/.test(pid) ? `process ${pid}` : "another process";
    throw new AppError("conflict", `The data folder is in use by ${holder}. Only one instance of Polyclinic may open a folder.`);
  }
  try {
    await writeFile(holderFile, String(process.pid), { mode: 0o600 });
  } catch (error) {
    lock.release();
    throw error;
  }
  let released = false;
  return {
    async release() {
      if (released) return;
      released = true;
      await rm(holderFile, { force: true });
      lock.release();
    },
  };
}
