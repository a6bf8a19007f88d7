import { type ContractProcedure, type ErrorMap, eventIterator, type MergedErrorMap, oc, type Schema } from "@orpc/contract";
import type { z } from "zod";
import type { Role } from "./model/roles.ts";

/** Every code a route can answer, with its HTTP status. Screens map codes to words. */
export const ERROR_STATUS = {
  unauthenticated: 401,
  "wrong-credentials": 401,
  forbidden: 403,
  "reauthentication-required": 403,
  "password-change-required": 403,
  "not-found": 404,
  "invalid-input": 422,
  "changed-meanwhile": 409,
  conflict: 409,
  "slot-taken": 409,
  "possible-duplicate": 409,
  "already-set-up": 409,
  "username-taken": 409,
  "outside-hours": 409,
  "in-the-past": 409,
  "invalid-transition": 409,
  "care-edge-required": 403,
  "invalid-code": 404,
  /** Not, or no longer, joined by an appointment. */
  "not-joined": 403,
  "not-read-only": 422,
  syntax: 422,
  /** The engine at hand is known to answer this construct wrongly. */
  "unsupported-construct": 422,
  cancelled: 409,
  "upload-incomplete": 409,
  "checksum-mismatch": 409,
  "too-large": 413,
  "unsupported-type": 415,
  "rate-limited": 429,
  "store-unavailable": 503,
  timeout: 504,
  "disk-full": 507,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Errors that any route may answer; a contract names only what it adds. */
export const COMMON_ERRORS = [
  "unauthenticated",
  "forbidden",
  "reauthentication-required",
  "password-change-required",
  "not-found",
  "invalid-input",
  "changed-meanwhile",
  "conflict",
  "invalid-transition",
  "too-large",
  "rate-limited",
  "store-unavailable",
  "timeout",
  "disk-full",
  "internal",
] as const satisfies readonly ErrorCode[];

/** What an error carries beside its code: never anything of a patient. */
export interface ErrorData {
  /** Path of the input field at fault, dotted: `patient.birthDate`. */
  field?: string;
  requestId?: string;
  retryAfterMs?: number;
  /** Where in a Cypher text, both from 1. */
  line?: number;
  column?: number;
  /** Which construct of a Cypher text is refused: `CREATE`, `LOAD CSV`, `duration.between`. */
  construct?: string;
  /** Bytes that the host has of an upload: where to go on. */
  received?: number;
}

/** The one error type of the application; it arrives whole on every transport. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.data = data;
  }
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** Who may call: a list of roles (one suffices), everyone with a session, or everyone. */
export type Allow = readonly Role[] | "signed-in" | "anyone";

/** The policy of a route, stated where the route is declared; the root middleware denies by it. */
export interface Policy {
  kind: "query" | "command" | "stream";
  allow: Allow;
  /** Intent and outcome go to the audit trail. Always true for commands. */
  audit: boolean;
  /** Needs a re-authentication in the last five minutes. */
  fresh: boolean;
  /** Allowed attempts per minute and session (or address when nobody is signed in). */
  perMinute: number;
  errors: readonly ErrorCode[];
  /** Which input field says why: it goes to the audit trail. Left out where none does; a visit's own reason is clinical and stays out. */
  why?: Why;
}

/** Where an input says why a rule was overridden or something recorded was changed; of a research query, its text. */
export type Why = "reason" | "override.reason" | "cypher";

interface RouteOptions<I extends z.ZodType, O extends z.ZodType> {
  /** One sentence: what it does, in the clinic's words. */
  summary: string;
  input: I;
  output: O;
  allow: Allow;
  errors?: readonly ErrorCode[];
  fresh?: boolean;
  perMinute?: number;
}

/** A declared route: handlers and clients take their types from it. */
export type Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = ContractProcedure<
  I,
  O,
  MergedErrorMap<Record<never, never>, ErrorMap>,
  Policy
>;

function route<I extends z.ZodType, O extends z.ZodType>(policy: Policy, options: RouteOptions<I, O>): Route<I, O> {
  const errorMap: ErrorMap = {};
  for (const code of policy.errors) errorMap[code] = { status: ERROR_STATUS[code] };
  return oc
    .$meta<Policy>(policy)
    .route({
      method: "POST",
      summary: options.summary,
      spec: (operation) => ({
        ...operation,
        "x-roles": policy.allow,
        "x-audit": policy.audit,
        "x-errors": [...COMMON_ERRORS, ...policy.errors],
        "x-fresh": policy.fresh,
      }),
    })
    .errors(errorMap)
    .input(options.input)
    .output(options.output) as unknown as Route<I, O>;
}

/** A read. It cannot write: its handler gets a Reader. `audit: true` where the reading itself is recorded (charts, trails, exports). */
export function query<I extends z.ZodType, O extends z.ZodType>(options: RouteOptions<I, O> & { audit?: boolean; why?: Why }) {
  return route(
    {
      kind: "query",
      allow: options.allow,
      audit: options.audit ?? false,
      fresh: options.fresh ?? false,
      perMinute: options.perMinute ?? 1200,
      errors: options.errors ?? [],
      why: options.why,
    },
    options,
  );
}

/** A write: intent is audited before it, the outcome after it. */
export function command<I extends z.ZodType, O extends z.ZodType>(options: RouteOptions<I, O> & { why?: Why }) {
  return route(
    {
      kind: "command",
      allow: options.allow,
      audit: true,
      fresh: options.fresh ?? false,
      perMinute: options.perMinute ?? 600,
      errors: options.errors ?? [],
      why: options.why,
    },
    options,
  );
}

/** A stream of items that goes on until the client stops: the events. */
export function stream<I extends z.ZodType, O extends z.ZodType>(options: RouteOptions<I, O>) {
  const output = eventIterator(options.output) as unknown as z.ZodType<AsyncIterable<z.output<O>>>;
  return route(
    {
      kind: "stream",
      allow: options.allow,
      audit: false,
      fresh: false,
      perMinute: options.perMinute ?? 120,
      errors: options.errors ?? [],
    },
    { ...options, output },
  );
}

export type Contract = Record<string, Route>;

/** What a route takes after parsing. */
export type Input<R> = R extends { "~orpc": { inputSchema?: infer S } }
  ? NonNullable<S> extends z.ZodType
    ? z.output<NonNullable<S>>
    : never
  : never;
/** What a route answers. */
export type Output<R> = R extends { "~orpc": { outputSchema?: infer S } }
  ? NonNullable<S> extends z.ZodType
    ? z.input<NonNullable<S>>
    : never
  : never;

export type { Schema };

/** Handlers of a contract: one function a route, typed by it. A missing route does not compile. */
export type Handlers<C extends Contract, Context> = {
  [K in keyof C]: (input: Input<C[K]>, context: Context) => Promise<Output<C[K]>>;
};
