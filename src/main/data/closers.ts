import type { Log } from "../platform/log.ts";

/** What has been opened, to be closed in reverse order: each also when the one before it failed. */
export interface Closers {
  /** Answers what it was given, and closes it with the rest. */
  opened<T extends { close(): Promise<void> }>(store: T): T;
  add(close: () => Promise<void>): void;
  /** Rejects with the first failure, after all of them were tried. */
  close(): Promise<void>;
}

/** Collects what is to be closed. */
export function createClosers(log: Log): Closers {
  const closers: (() => Promise<void>)[] = [];
  return {
    opened(store) {
      closers.push(() => store.close());
      return store;
    },
    add: (close) => void closers.push(close),
    async close() {
      let failure: unknown = null;
      for (const closer of closers.splice(0).reverse()) {
        await closer().catch((error: unknown) => {
          failure ??= error;
          log.error({}, "A store did not close cleanly.", error);
        });
      }
      if (failure !== null) throw failure;
    },
  };
}
