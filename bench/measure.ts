/** One line of the table: what was measured, in milliseconds or per second, and against which goal of docs/performance.md. */
export interface Figure {
  name: string;
  value: number;
  unit: "ms" | "/s" | "×" | "kB" | "" | "s";
  /** What the value is compared with: `≤ 50 ms`. Left out where the goal is another line's. */
  goal?: { atMost: number } | { atLeast: number };
  /** How the value came about: the raw engine's time in the same run, the number of tries. */
  note?: string;
}

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  mean: number;
}

export function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), mean: times.reduce((sum, time) => sum + time, 0) / times.length };
}

/** How long each of `turns` runs took, one after the other, after some that are not counted. */
export async function time(turns: number, work: (turn: number) => unknown, warmUp = Math.ceil(turns / 10)): Promise<Spread> {
  const times: number[] = [];
  for (let turn = -warmUp; turn < turns; turn += 1) {
    const before = performance.now();
    await work(turn + warmUp);
    if (turn >= 0) times.push(performance.now() - before);
  }
  return spread(times);
}

/**
 * Times two ways of doing the same in turns, so that a machine that slows down slows both. Answers both spreads and the
 * ratio of their medians.
 */
export async function compare(turns: number, ours: (turn: number) => unknown, raw: (turn: number) => unknown) {
  const times = { ours: [] as number[], raw: [] as number[] };
  const warmUp = Math.ceil(turns / 5);
  for (let turn = -warmUp; turn < turns; turn += 1) {
    for (const [way, work] of [
      ["ours", ours],
      ["raw", raw],
    ] as const) {
      const before = performance.now();
      await work(turn + warmUp);
      if (turn >= 0) times[way].push(performance.now() - before);
    }
  }
  const both = { ours: spread(times.ours), raw: spread(times.raw) };
  return { ...both, ratio: both.ours.p50 / both.raw.p50 };
}

/** Runs `work` for each number below `count`, `inFlight` at a time; answers how many there were a second. */
export async function perSecond(count: number, inFlight: number, work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const before = performance.now();
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (count * 1000) / (performance.now() - before);
}
