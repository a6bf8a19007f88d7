import type { AppContract, Domain } from "@shared/contract/index.ts";
import type { z } from "zod";

type InputSchema<R> = R extends { "~orpc": { inputSchema?: infer S } } ? Extract<S, z.ZodType> : never;
type OutputSchema<R> = R extends { "~orpc": { outputSchema?: infer S } } ? Extract<S, z.ZodType> : never;

export type { Domain };
export type RouteName<D extends Domain> = keyof AppContract[D] & string;
/** What a screen passes to a route: before parsing, so plain strings where the contract brands ids. */
export type RouteInput<D extends Domain, R extends RouteName<D>> = z.input<InputSchema<AppContract[D][R]>>;
/** What a screen gets from a route. */
export type RouteOutput<D extends Domain, R extends RouteName<D>> = z.output<OutputSchema<AppContract[D][R]>>;
