import { AppError } from "@shared/define.ts";

/** Queries at work at the same time, of all researchers together. */
const AT_ONCE = 4;
const BUSY_RETRY_MS = 1000;
/** How long a cancel waits to see the query's end. */
const END_MS = 1000;

/** A query at work. */
export interface Running {
  readonly queryId: string;
  readonly userId: string;
  /** Aborted by a cancel, when the caller is gone, when the app closes. */
  readonly signal: AbortSignal;
  /** True once it is known that it sees identities. */
  unmasked: boolean;
  /** Says that it is over, whatever came of it. */
  end(): void;
}

/** The queries at work: one a researcher, a few in all. */
export interface RunningQueries {
  /** Throws `conflict` for an id in use or a second query of the same researcher, `rate-limited` when too many are at work. */
  begin(queryId: string, userId: string, caller: AbortSignal): Running;
  /** Stops that researcher's query and waits, a second at most, for its end. False when it is not running. */
  cancel(queryId: string, userId: string): Promise<boolean>;
  /** Stops what that researcher runs on identities. */
  cancelUnmasked(userId: string): void;
  cancelAll(): void;
}

interface Entry extends Running {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export function createRunningQueries(): RunningQueries {
  const running = new Map<string, Entry>();
  const all = () => [...running.values()];

  function admit(queryId: string, userId: string): void {
    if (running.has(queryId)) throw queryIdTaken();
    if (all().some((entry) => entry.userId === userId)) {
      throw new AppError("conflict", "Another query of yours is running: wait for it or cancel it.");
    }
    if (running.size >= AT_ONCE) {
      throw new AppError("rate-limited", "Other researchers' queries are running. Try again in a moment.", { retryAfterMs: BUSY_RETRY_MS });
    }
  }

  return {
    begin(queryId, userId, caller) {
      admit(queryId, userId);
      const stop = new AbortController();
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      const end = () => {
        running.delete(queryId);
        resolve();
      };
      const signal = AbortSignal.any([caller, stop.signal]);
      const entry: Entry = { queryId, userId, signal, unmasked: false, end, stop, ended };
      running.set(queryId, entry);
      return entry;
    },
    async cancel(queryId, userId) {
      const entry = running.get(queryId);
      if (entry?.userId !== userId) return false;
      entry.stop.abort();
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, END_MS);
      });
      await Promise.race([entry.ended, patience]);
      clearTimeout(timer);
      return true;
    },
    cancelUnmasked(userId) {
      for (const entry of all()) if (entry.userId === userId && entry.unmasked) entry.stop.abort();
    },
    cancelAll() {
      for (const entry of all()) entry.stop.abort();
    },
  };
}

/** The client chose an id that a query has or had. */
export function queryIdTaken(): AppError {
  return new AppError("conflict", "A query of this id has been run already.", { field: "queryId" });
}

/** Waits for a step of a query, but no longer than until it is stopped; throws `cancelled` then. */
export async function unlessStopped<T>(signal: AbortSignal, step: Promise<T>): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(cancelled());
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([step, stopped.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function cancelled(): AppError {
  return new AppError("cancelled", "The query was cancelled.");
}
