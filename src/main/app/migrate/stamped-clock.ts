import type { Clock } from "../../platform/clock.ts";

/** A clock that can be told what time it is: a blob that moves keeps the instant at which it was first stored. */
export function stampedClock(clock: Clock): { clock: Clock; set(at: string): void } {
  let stamp: string | null = null;
  return {
    clock: { now: () => stamp ?? clock.now(), monotonic: () => clock.monotonic() },
    set: (at) => {
      stamp = at;
    },
  };
}
