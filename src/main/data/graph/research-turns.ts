import { AppError } from "../../../shared/define.ts";

/** Lets a few through at once, the others in order of arrival. Whoever waits spends none of the time that a query has. */
export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Resolves at the caller's turn with what ends it. Throws AppError `cancelled` when the signal is aborted before. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw cancelled();
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(signal);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const granted = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        reject(cancelled());
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(granted);
    });
  }
}

/** Waits for a promise, but no longer than until the signal is aborted. Throws AppError `cancelled` then. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // What it comes to when nobody waits any more is nobody's failure.
  promise.catch(() => undefined);
  if (signal.aborted) throw cancelled();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const leave = () => reject(cancelled());
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

function cancelled(): AppError {
  return new AppError("cancelled", "The query was cancelled");
}
