import type { LayoutTask } from "./layouts.ts";
import type { Placed } from "./spread.ts";

/** Lays out in a worker, so that the screen never waits. The signal ends it at once; the promise then rejects with its reason. */
export function runLayout(task: LayoutTask, signal: AbortSignal): Promise<Placed[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
    const end = (settle: () => void) => {
      worker.terminate();
      signal.removeEventListener("abort", stop);
      settle();
    };
    const stop = () => end(() => reject(signal.reason));
    worker.addEventListener("message", ({ data }: MessageEvent<Placed[]>) => end(() => resolve(data)));
    worker.addEventListener("error", (event) => end(() => reject(new Error(event.message || "the layout's worker did not start"))));
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop);
    worker.postMessage(task);
  });
}
