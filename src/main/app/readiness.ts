import type { ConnectionCause, ConnectionState } from "@shared/contract/servers.ts";
import { AppError } from "@shared/define.ts";
import { StoreNotReady, type StoreProblem, type Stores } from "../data/stores.ts";
import type { Log } from "../platform/log.ts";

/** Whether the stores can be used, and the tries to come there. */
export interface Readiness {
  state(): ConnectionState;
  /** Throws `store-unavailable` with the time to wait until the stores have been ready once, and while they refuse this workstation. */
  pass(): void;
  /** The first try. Rejects with what stood in its way; `keepTrying` goes on from there. */
  begin(): Promise<void>;
  /** Tries again and again, in growing waits, until it succeeds. */
  keepTrying(): void;
  /** Tries now instead of at the end of the wait; answers what came of it, or how it stands where the server is slow to say. */
  retryNow(): Promise<ConnectionState>;
  /** Resolves when the stores are ready; never when they are closed before. */
  readonly ready: Promise<void>;
  stop(): void;
}

export interface ReadinessDeps {
  stores: Pick<Stores, "mode" | "prepare" | "onRefused"> & {
    graph: Pick<Stores["graph"], "onState">;
    documents: Pick<Stores["documents"], "onState">;
  };
  /** Finishes what a crash left; once, after the first time that the stores are there, before anybody is served. */
  recover(): Promise<void>;
  log: Log;
}

type StoreName = StoreProblem["store"];
interface StoreView {
  state: "up" | "down";
  cause: ConnectionCause | null;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** What needs somebody's hand is looked at again seldom: the hand may have been there. */
const REFUSED_WAIT_MS = 30_000;
/** What a caller waits who comes during a try. */
const DURING_TRY_MS = 1_000;
/** Who asks for a try gets an answer within a route's deadline. */
const ANSWER_MS = 8_000;
const NEEDS_A_HAND: ReadonlySet<ConnectionCause> = new Set(["tls", "credentials", "version", "rights", "schema", "key", "workstation"]);

/**
 * Brings the stores to where they can be used. Once ready it stays so: a store that is lost later is told by its own calls. Only stores
 * that refuse this workstation close the door again.
 */
export function createReadiness({ stores, recover, log }: ReadinessDeps): Readiness {
  const views: Record<StoreName, StoreView> = { graph: { state: "down", cause: null }, documents: { state: "down", cause: null } };
  const arrival = Promise.withResolvers<void>();
  let phase: ConnectionState["state"] = "connecting";
  let trying: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let nextTryAt: number | null = null;
  let failures = 0;
  let stopped = false;
  let recovered = false;

  const silence = (["graph", "documents"] as const).map((store) =>
    stores[store].onState((state) => {
      if (phase === "ready") views[store] = { state, cause: null };
    }),
  );
  silence.push(
    stores.onRefused((refusal) => {
      if (stopped || phase !== "ready") return;
      tell(refusal);
      later();
    }),
  );

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    nextTryAt = null;
    try {
      await stores.prepare();
      if (!recovered) await recover();
      recovered = true;
    } catch (error) {
      failures += 1;
      tell(error);
      throw error;
    }
    phase = "ready";
    failures = 0;
    for (const store of ["graph", "documents"] as const) views[store] = { state: "up", cause: null };
    if (stores.mode === "servers") log.info({}, "The clinic's servers are ready for use.");
    arrival.resolve();
  }

  /** One try at a time: who asks for another one gets the one under way. */
  function tryNow(): Promise<void> {
    trying ??= attempt().finally(() => {
      trying = null;
    });
    return trying;
  }

  function tell(error: unknown): void {
    const problems = error instanceof StoreNotReady ? error.problems : UNKNOWN;
    for (const store of ["graph", "documents"] as const) {
      const problem = problems.find((one) => one.store === store);
      views[store] = problem ? { state: "down", cause: problem.cause } : { state: "up", cause: null };
    }
    phase = problems.some(({ cause }) => NEEDS_A_HAND.has(cause)) ? "refused" : "connecting";
    if (stores.mode !== "servers" || stopped) return;
    if (!(error instanceof StoreNotReady)) return log.error({ failures }, "The clinic's servers are not ready.", error);
    for (const { store, cause, message } of problems)
      log.warn({ store, cause, message, failures }, "A server of the clinic cannot be used.");
  }

  function later(): void {
    if (stopped || phase === "ready") return;
    clearTimeout(timer);
    const wait = phase === "refused" ? REFUSED_WAIT_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
    nextTryAt = performance.now() + wait;
    timer = setTimeout(keepTrying, wait);
    timer.unref();
  }

  function keepTrying(): void {
    if (stopped || phase === "ready") return;
    tryNow().then(() => undefined, later);
  }

  const untilNextTry = () => (nextTryAt === null ? 0 : Math.max(0, Math.ceil(nextTryAt - performance.now())));
  const state = (): ConnectionState => ({
    mode: stores.mode,
    state: phase,
    stores: { graph: { ...views.graph }, documents: { ...views.documents } },
    retryInMs: phase === "ready" ? null : untilNextTry(),
  });

  return {
    state,
    pass() {
      if (phase === "ready") return;
      throw new AppError("store-unavailable", "The clinic's servers cannot be used yet.", {
        retryAfterMs: Math.max(DURING_TRY_MS, untilNextTry()),
      });
    },
    begin: tryNow,
    keepTrying,
    async retryNow() {
      if (phase === "ready" || stopped) return state();
      const patience = Promise.withResolvers<void>();
      const impatient = setTimeout(patience.resolve, ANSWER_MS);
      await Promise.race([tryNow().catch(later), patience.promise]);
      clearTimeout(impatient);
      return state();
    },
    ready: arrival.promise,
    stop() {
      stopped = true;
      clearTimeout(timer);
      for (const end of silence) end();
    },
  };
}

/** What is not known to be of one server may be of either. */
const UNKNOWN: readonly StoreProblem[] = [
  { store: "graph", cause: "unknown", message: "" },
  { store: "documents", cause: "unknown", message: "" },
];
