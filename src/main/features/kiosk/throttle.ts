import type { Clock } from "@main/platform/clock.ts";
import { AppError } from "@shared/define.ts";

const WINDOW_MS = 5 * 60_000;
const FREE_FAILURES = 10;

/** Slows guessing: after ten failures of a device within five minutes it waits until the first of them is five minutes old. */
export class FailureThrottle {
  readonly #failures = new Map<string, number[]>();

  /** Throws `rate-limited` while the device must wait. */
  check(deviceId: string, clock: Clock): void {
    const recent = this.#recent(deviceId, clock);
    const [oldest] = recent;
    if (oldest === undefined || recent.length < FREE_FAILURES) return;
    throw new AppError("rate-limited", "Too many attempts.", { retryAfterMs: Math.ceil(oldest + WINDOW_MS - clock.monotonic()) });
  }

  /** Counts an attempt as failed; before its outcome is known, so that attempts made at once all count. */
  count(deviceId: string, clock: Clock): void {
    this.#failures.set(deviceId, [...this.#recent(deviceId, clock), clock.monotonic()]);
  }

  /** Takes back the last count of an attempt that succeeded. */
  forgive(deviceId: string): void {
    this.#failures.get(deviceId)?.pop();
  }

  #recent(deviceId: string, clock: Clock): number[] {
    const since = clock.monotonic() - WINDOW_MS;
    return (this.#failures.get(deviceId) ?? []).filter((at) => at > since);
  }
}
