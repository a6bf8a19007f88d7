import { AppError } from "../../../shared/define.ts";

/** The time a call may take. Whatever the call waits for, it waits with `race`, so that no call outlives it. */
export class Deadline {
  readonly #late: Promise<never>;
  readonly #miss: () => void;
  #timer: NodeJS.Timeout;
  #endsAt: number;
  passed = false;

  constructor(milliseconds: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#late = promise;
    this.#late.catch(() => undefined);
    this.#miss = () => {
      this.passed = true;
      reject(new AppError("timeout", "The graph did not answer in time"));
    };
    this.#timer = setTimeout(this.#miss, milliseconds);
    this.#endsAt = performance.now() + milliseconds;
  }

  /** How long the call may still take, at least a millisecond. */
  get leftMs(): number {
    return Math.max(1, Math.ceil(this.#endsAt - performance.now()));
  }

  /** Gives the call this much time from now on. */
  extend(milliseconds: number): void {
    if (this.passed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#miss, milliseconds);
    this.#endsAt = performance.now() + milliseconds;
  }

  /** The promise's outcome, or AppError `timeout` once the deadline has passed. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#late]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
