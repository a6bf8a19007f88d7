import { basename, dirname, join } from "node:path";

/** Where the keys of a test's data folder lie: beside one that is called `data`, otherwise in it, so that they go when it goes. */
export function keysOf(folder: string): string {
  return basename(folder) === "data" ? join(dirname(folder), "keys") : join(folder, "keys");
}
