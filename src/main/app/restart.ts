/** A wish to start anew, heard once the answer to whoever wished it has gone out. */
export interface Restart {
  request(): void;
  /** Aborted when it is time. */
  readonly signal: AbortSignal;
}

/** Closing hangs up on everybody, also on the one who asked: their answer gets this long to leave. */
const ANSWER_MS = 300;

/** One wish; more of the same change nothing. */
export function createRestart(): Restart {
  const controller = new AbortController();
  let asked = false;
  return {
    signal: controller.signal,
    request() {
      if (asked) return;
      asked = true;
      setTimeout(() => controller.abort(), ANSWER_MS);
    },
  };
}
