const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** How Chromium, and the build's own loader of styles, say that a file did not arrive; a fault in the file itself reads otherwise. */
const NOT_ARRIVED = /dynamically imported module|unable to preload/i;

/**
 * Fetches a part of the program, again and again while the host is away: a screen that opens in the moment of a restart waits
 * for its code instead of failing for good. Throws what the module itself throws.
 */
export async function fetchModule<T>(load: () => Promise<T>, sleep: (ms: number) => Promise<void> = asleep): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof Error && NOT_ARRIVED.test(error.message))) throw error;
      await sleep(pause);
    }
  }
}

function asleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
