import type { Clock } from "@main/platform/clock.ts";

/** A wall clock that stands where it is put and goes on only when told to. */
export interface TestClock extends Clock {
  set(instant: string): void;
  advance(seconds: number): void;
}

export function createTestClock(start: string): TestClock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at).toISOString(),
    monotonic: () => performance.now(),
    set(instant) {
      at = Date.parse(instant);
    },
    advance(seconds) {
      at += seconds * 1000;
    },
  };
}
