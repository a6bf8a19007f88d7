import type { NumberedEvent } from "@shared/contract/events.ts";
import { contract } from "@shared/contract/index.ts";
import type { AppError, Policy } from "@shared/define.ts";
import { askForPort, authorization, type Connect, connectPort, connectSocket, isDesktop } from "./connection.ts";
import type { Domain, RouteInput, RouteName, RouteOutput } from "./contract-types.ts";
import { type ConnectionState, keepConnected, pause } from "./reconnect.ts";
import { ConnectionCut, fromRemote, notConnected } from "./remote-error.ts";

export interface ClientOptions {
  connect: Connect;
  token: () => string | null;
  /** The session of this token is over: sign in again. Told once a token. */
  onSessionEnded?: () => void;
  onConnection?: (state: ConnectionState) => void;
}

export interface Subscriber {
  /** Something happened that this viewer may know of. */
  onEvent(event: NonNullable<NumberedEvent["event"]>): void;
  /** Events were missed that are no longer kept: read everything anew. */
  onResync(): void;
}

/** The typed way from a screen to the routes, over whatever transport there is. */
export interface Client {
  /** Answers the output or throws an AppError. A query that was in flight when the connection was cut is asked once more. */
  call<D extends Domain, R extends RouteName<D>>(
    domain: D,
    route: R,
    input: RouteInput<D, R>,
    signal?: AbortSignal,
  ): Promise<RouteOutput<D, R>>;
  /** Listens until the answered function is called, across reconnects: what was missed is asked for by its number. */
  subscribe(subscriber: Subscriber): () => void;
  close(): void;
}

const PATIENCE_MS = 5_000;
const TICK_MS = 15_000;
const SLEPT_MS = 45_000;
const LISTEN_AGAIN_MS = 1_000;
/** Refusals after which listening again is pointless until somebody signs in. */
const FINAL: ReadonlySet<AppError["code"]> = new Set(["unauthenticated", "forbidden"]);

export function createClient(options: ClientOptions): Client {
  const connection = keepConnected(options.connect, options.onConnection ?? (() => {}));
  const stopWatch = renewAfterSleep(() => connection.renew());
  let endedToken: string | null = null;

  function sessionEnded(token: string | null): void {
    if (token === null || token === endedToken || token !== options.token()) return;
    endedToken = token;
    options.onSessionEnded?.();
  }

  async function once(path: readonly [string, string], input: unknown, signal?: AbortSignal): Promise<unknown> {
    const { carry, lost } = await connection.current(PATIENCE_MS).catch(() => Promise.reject(notConnected()));
    if (lost.aborted) throw notConnected();
    const token = options.token();
    try {
      return await untilLost(carry(path, input, signal), lost);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const known = fromRemote(error);
      if (known.code === "unauthenticated") sessionEnded(token);
      throw known;
    }
  }

  async function call(domain: Domain, route: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    try {
      return await once([domain, route], input, signal);
    } catch (error) {
      if (!(error instanceof ConnectionCut) || !isQuery(domain, route)) throw error;
      return once([domain, route], input, signal);
    }
  }

  async function listen(subscriber: Subscriber, signal: AbortSignal): Promise<void> {
    let after: number | undefined;
    while (!signal.aborted) {
      const token = options.token();
      try {
        const items = (await once(["events", "subscribe"], { after }, signal)) as AsyncIterable<NumberedEvent>;
        for await (const item of items) {
          if (signal.aborted) return;
          after = item.seq;
          if (item.resync) subscriber.onResync();
          if (item.event) subscriber.onEvent(item.event);
          if (item.event?.type === "session.expired") sessionEnded(token);
        }
      } catch (error) {
        if (signal.aborted || FINAL.has(fromRemote(error).code)) return;
      }
      if (token !== null && token === endedToken) return;
      await pause(LISTEN_AGAIN_MS * (0.5 + Math.random()), signal);
    }
  }

  return {
    call: (domain, route, input, signal) => call(domain, route, input, signal) as Promise<RouteOutput<typeof domain, typeof route>>,
    subscribe(subscriber) {
      const stop = new AbortController();
      void listen(subscriber, stop.signal);
      return () => stop.abort();
    },
    close() {
      stopWatch();
      connection.close();
    },
  };
}

/** The way of this page to the main process: a message port in the desktop window, the host's WebSocket elsewhere. */
export function connectPage(page: Window, token: () => string | null): Connect {
  const headers = authorization(token);
  if (isDesktop(page)) return connectPort(() => askForPort(page), headers);
  const { protocol, host } = page.location;
  return connectSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/ws`, headers);
}

/** The answer, or a failure as soon as the connection is cut. */
function untilLost<T>(answer: Promise<T>, lost: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new ConnectionCut());
    if (lost.aborted) return cut();
    lost.addEventListener("abort", cut, { once: true });
    void answer.then(resolve, reject).finally(() => lost.removeEventListener("abort", cut));
  });
}

function isQuery(domain: string, route: string): boolean {
  const declared = (contract as Record<string, Record<string, { "~orpc": { meta: Policy } }>>)[domain]?.[route];
  return declared?.["~orpc"].meta.kind === "query";
}

/** A timer that was late by far means that the machine slept, and a connection from before may be dead without anybody knowing. */
function renewAfterSleep(renew: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > SLEPT_MS) renew();
    last = now;
  }, TICK_MS);
  return () => clearInterval(timer);
}
