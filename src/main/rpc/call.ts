import type { AppContract } from "@shared/contract/index.ts";
import type { Contract, Handlers, Policy, Route } from "@shared/define.ts";
import type { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import type { RequestContext, Viewer } from "../platform/request.ts";

/** Who calls, as a transport (or this process itself) tells it. */
export interface Caller {
  /** The session or device token as presented; null when there was none. */
  readonly token: string | null;
  /** Who acts, when this process itself calls; a transport never sets it. */
  readonly viewer?: Viewer | null;
  readonly clock: Clock;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
  /** How long this process itself lets its own call take, where that is not the route's time; a transport never sets it. */
  readonly deadlineMs?: number;
  readonly origin: RequestContext["origin"];
}

/** A route that exists, with everything its life needs. */
export interface KnownRoute {
  readonly name: string;
  readonly domain: string;
  readonly route: string;
  /** Left out by a route declared past `define.ts`: such a route is denied. */
  readonly policy: Policy | undefined;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly handler: (input: unknown, context: RequestContext) => Promise<unknown>;
}

/** The handlers of a whole contract: `handlers.<domain>.<route>`. */
export type HandlersOf<C extends Record<string, Contract>> = { [D in keyof C]: Handlers<C[D], RequestContext> };
export type AppHandlers = HandlersOf<AppContract>;

/** What a caller sends: the input before parsing. */
export type RawInput<R> = R extends Route<infer I, z.ZodType> ? z.input<I> : never;
/** What a caller gets: the output as declared. */
export type RouteOutput<R> = R extends Route<z.ZodType, infer O> ? z.output<O> : never;
