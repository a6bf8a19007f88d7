import type { AppContract, Domain } from "@shared/contract/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Viewer } from "../platform/request.ts";
import type { RawInput, RouteOutput } from "../rpc/call.ts";
import type { Life } from "../rpc/life.ts";

/** Who acts and when, in a call of this process itself. */
export interface ActingAs {
  viewer: Viewer | null;
  clock: Clock;
  signal?: AbortSignal;
  /** Instead of the route's own time. */
  deadlineMs?: number;
}

/**
 * Calls a route from within this process: roles, parsing, audit and deadline are those of every other call; only the sender,
 * the token and the rate limit do not apply. The sample clinic is made through it, and the tests work through it.
 */
export type InternalCall = <D extends Domain, R extends keyof AppContract[D] & string>(
  domain: D,
  route: R,
  input: RawInput<AppContract[D][R]>,
  as: ActingAs,
) => Promise<RouteOutput<AppContract[D][R]>>;

const NEVER = new AbortController().signal;

export function internalCall(life: () => Life): InternalCall {
  const call = (domain: string, route: string, input: unknown, { viewer, clock, signal, deadlineMs }: ActingAs): Promise<unknown> =>
    life().run(domain, route, input, {
      token: null,
      viewer,
      clock,
      signal: signal ?? NEVER,
      deadlineMs,
      origin: { transport: "internal", address: "internal", userAgent: "" },
    });
  return call as InternalCall;
}
