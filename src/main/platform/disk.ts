import { statfs } from "node:fs/promises";

const WARN_BELOW_BYTES = 1_000_000_000;
const READ_ONLY_BELOW_BYTES = 200_000_000;

/** `low` is shown to the people at the clinic; `read-only` refuses writes, so that what is open can still be saved. */
export type DiskState = "ok" | "low" | "read-only";

/** The state of a disk with so many free bytes: a warning below 1 GB, no writes below 200 MB. Unknown counts as ok. */
export function diskState(freeBytes: number | null): DiskState {
  if (freeBytes === null || freeBytes >= WARN_BELOW_BYTES) return "ok";
  return freeBytes >= READ_ONLY_BELOW_BYTES ? "low" : "read-only";
}

/** Free bytes of the disk that holds a folder, as far as this user may fill them; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
