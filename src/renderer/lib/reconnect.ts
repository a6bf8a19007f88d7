import type { Connect, Connection } from "./connection.ts";

export type ConnectionState = "connecting" | "connected" | "lost";

/** Holds one connection and makes a new one when it is cut. */
export interface Reconnecting {
  /** The open connection; waits for one that is being made. Rejects when it cannot be had within `patienceMs`. */
  current(patienceMs: number): Promise<Connection>;
  /** Gives the connection up, as after the machine has slept; a new one is made at once. */
  renew(): void;
  close(): void;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 8_000;

/** Connects at once and again whenever the connection is cut, waiting longer after each failure, with jitter. */
export function keepConnected(connect: Connect, tell: (state: ConnectionState) => void): Reconnecting {
  const ended = new AbortController();
  let open: Promise<Connection>;
  let settled: Connection | null = null;

  const attempt = async (): Promise<Connection> => {
    for (let failures = 0; ; failures += 1) {
      ended.signal.throwIfAborted();
      tell("connecting");
      try {
        const connection = await connect();
        if (ended.signal.aborted) connection.close();
        ended.signal.throwIfAborted();
        settled = connection;
        connection.lost.addEventListener("abort", () => replace(connection), { once: true });
        tell("connected");
        return connection;
      } catch {
        tell("lost");
        await pause(waitAfter(failures), ended.signal);
      }
    }
  };
  const start = () => {
    open = attempt();
    // Whoever waits for it hears of a failure; where nobody waits, it is not an unhandled one.
    open.catch(() => undefined);
  };
  const replace = (connection: Connection) => {
    if (settled !== connection || ended.signal.aborted) return;
    settled = null;
    tell("lost");
    start();
  };
  start();

  return {
    async current(patienceMs) {
      const impatient = new AbortController();
      const late = pause(patienceMs, impatient.signal).then(() => Promise.reject(new Error("no connection")));
      late.catch(() => undefined);
      try {
        return await Promise.race([open, late]);
      } finally {
        impatient.abort();
      }
    },
    renew() {
      const connection = settled;
      if (!connection) return;
      replace(connection);
      connection.close();
    },
    close() {
      ended.abort();
      settled?.close();
      settled = null;
    },
  };
}

function waitAfter(failures: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  return longest / 2 + Math.random() * (longest / 2);
}

/** Resolves after a time, or at once (still resolving) when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
