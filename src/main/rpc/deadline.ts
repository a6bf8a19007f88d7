import { AppError } from "@shared/define.ts";
import { within } from "../platform/within.ts";

export const DEADLINE_MS = 10_000;
/** A research query has ten seconds of its own and may wait as long for its turn: its answer, or why there is none, comes before the route gives up. */
const RESEARCH_MS = 25_000;
/** Routes that work through the whole store, or on a copy of it. */
const LONG_MS: Readonly<Record<string, number>> = {
  // Some thousand routes one after the other: minutes on servers.
  "setup.loadSampleClinic": 900_000,
  "setup.removeSampleClinic": 120_000,
  "reports.verifyAudit": 120_000,
  // Reads the whole file once to check it.
  "files.finishUpload": 300_000,
  // Lasts as long as the sender's line needs; silence ends it.
  "files.upload": 24 * 3_600_000,
  "research.run": RESEARCH_MS,
  "research.runCard": RESEARCH_MS,
  "research.explain": RESEARCH_MS,
  "research.expand": RESEARCH_MS,
  "research.getSchema": 60_000,
};

const NEVER = new AbortController().signal;

export function deadlineOf(routeName: string): number {
  return LONG_MS[routeName] ?? DEADLINE_MS;
}

/**
 * Runs `work` with a signal that is aborted when the caller is gone or the time is up; then throws `timeout`. The work
 * itself may still finish after that: a command's key makes sure that a retry has no second effect.
 */
export async function withDeadline<T>(ms: number, caller: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AppError("timeout", "This took too long."));
      deadline.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(AbortSignal.any([caller, deadline.signal])), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the trail is given to take an outcome where the call has used up its time. */
const GRACE_MS = 250;

/** The time of one call, from its first step to its answer: a store that is slow in every step takes no longer than one that is slow in one. */
export interface CallTime {
  leftMs(): number;
  /** The result of a step, or `timeout` when the time is up before. */
  within<T>(step: Promise<T>): Promise<T>;
  /** Resolves when the step has ended or nobody is to wait for it any longer. */
  patiently(step: Promise<void>): Promise<void>;
}

/** Starts the time of a call. */
export function startTime(ms: number): CallTime {
  const endsAt = performance.now() + ms;
  const leftMs = () => Math.max(0, endsAt - performance.now());
  return {
    leftMs,
    within: (step) => withDeadline(leftMs(), NEVER, () => step),
    patiently: (step) => within(Math.max(GRACE_MS, leftMs()), step, () => undefined),
  };
}
