import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes that pass before the buffers they passed in are taken back. */
const EVERY_BYTES = 8 * 1024 * 1024;

type Collect = (options: { type: "minor" }) => void;

let collect: Collect | null = null;

/** V8's own collector of young objects: a millisecond. It has no name in a program that was not started with one. */
function collector(): Collect {
  if (collect === null) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as Collect;
  }
  return collect;
}

/**
 * Tells that so many bytes of a transfer are done with. A buffer is a small object whose bytes lie outside the heap, so V8 sees little reason to
 * look for those that nobody holds: without this a fast transfer of 100 MB has most of a hundred megabytes of them lying about.
 */
export function createSpentBytes(everyBytes = EVERY_BYTES): (bytes: number) => void {
  let spent = 0;
  return (bytes) => {
    spent += bytes;
    if (spent < everyBytes) return;
    spent = 0;
    collector()({ type: "minor" });
  };
}
