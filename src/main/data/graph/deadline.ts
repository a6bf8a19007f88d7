import { AppError } from "../../../shared/define.ts";

/** The time a call may take. Whatever the call waits for, it waits with `race`, so that no call outlives it. */
export class Deadline {
  readonly #late: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  passed = false;

  constructor(milliseconds: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#late = promise;
    this.#late.catch(() => undefined);
    this.#timer = setTimeout(() => {
      this.passed = true;
      reject(new AppError("timeout", "The graph did not answer in time"));
    }, milliseconds);
  }

  /** The promise's outcome, or AppError `timeout` once the deadline has passed. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#late]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
