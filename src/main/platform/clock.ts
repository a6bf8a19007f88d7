/** Now, injected so that tests can choose it. */
export interface Clock {
  /** Wall-clock instant, ISO-8601 UTC with milliseconds. */
  now(): string;
  /** Milliseconds that never go back, for timers and durations. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
};

/** The instant `seconds` after (or before, when negative) an instant. */
export function shift(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
