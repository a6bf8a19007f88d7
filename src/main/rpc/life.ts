import { AppError } from "@shared/define.ts";
import type { Clock } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import type { RequestContext, Viewer } from "../platform/request.ts";
import { admit } from "./allow.ts";
import { type AuditSink, auditLine, isRecordedDenial, recordIntent } from "./audit-route.ts";
import type { Caller, KnownRoute } from "./call.ts";
import { type CallTime, deadlineOf, startTime, withDeadline } from "./deadline.ts";
import { guardInput } from "./guard-input.ts";
import type { FindRoute } from "./known-route.ts";
import { normaliseError } from "./normalise-error.ts";
import { parseInput, parseOutput } from "./parse.ts";
import type { RateLimit } from "./rate-limit.ts";

export interface LifeDeps {
  find: FindRoute;
  authenticate: (token: string | null, clock: Clock) => Promise<Viewer | null>;
  rateLimit: RateLimit;
  audit: AuditSink;
  ids: Ids;
  log: Log;
  /** Throws `store-unavailable`, with the time to wait, while the stores cannot be used yet. */
  ready: () => void;
  /** False while the disk has no room: commands are refused, reading goes on. */
  mayWrite: () => boolean;
  /** Check answers against the contract: in development and tests. */
  checkOutput: boolean;
  /** Time a route may take, in milliseconds. */
  deadline?: (routeName: string) => number;
}

/** Runs a route from the raw input to the output; rejects with an AppError that carries the request's id, and nothing else. */
export interface Life {
  run(domain: string, route: string, rawInput: unknown, caller: Caller): Promise<unknown>;
  /** The same for a route that is not called by its name: bytes of files. */
  runKnown(route: KnownRoute, rawInput: unknown, caller: Caller): Promise<unknown>;
  /** Refuses new calls with `store-unavailable`, and resolves when those in flight are done or `ms` have passed. */
  drain(ms: number): Promise<void>;
}

interface Call {
  requestId: string;
  route: KnownRoute;
  viewer: Viewer | null;
  input: unknown;
  /** Ids that the handler has told. */
  found: Record<string, string>;
  time: CallTime;
}

/** Signing in and out stays possible: who comes to make room must get in. */
function isRefusedOnFullDisk({ policy, name }: KnownRoute): boolean {
  return policy?.kind === "command" && !name.startsWith("session.");
}

/** Answered whatever state the stores are in, and without looking into them: for the screen that waits for them. */
const WITHOUT_STORES: ReadonlySet<string> = new Set(["system.getConnection", "system.retryConnection"]);

/**
 * The life of every route on every transport, in this order: known route, stores ready, session, allow, fresh proof, parse, rate limit,
 * audit intent, handler with a deadline, check of the answer, audit outcome. (The sender was checked by the transport.)
 */
export function createLife(deps: LifeDeps): Life {
  const inFlight = new Set<Promise<unknown>>();
  let draining = false;

  async function live(find: () => KnownRoute, rawInput: unknown, caller: Caller, requestId: string): Promise<unknown> {
    const route = find();
    const time = startTime(caller.deadlineMs ?? (deps.deadline ?? deadlineOf)(route.name));
    const viewer = await time.within(viewerOf(route, caller));
    const call: Call = { requestId, route, viewer, input: rawInput, found: {}, time };
    try {
      admit(route.policy, viewer, caller.clock.now());
    } catch (refusal) {
      await recordDenial(call, caller, refusal);
      throw refusal;
    }
    guardInput(rawInput);
    const parsed: Call = { ...call, input: await parseInput(route, rawInput) };
    await deps.rateLimit(route, viewer, caller);
    if (isRefusedOnFullDisk(route) && !deps.mayWrite()) {
      throw new AppError("disk-full", "The disk of the clinic's data is almost full: nothing is written until there is room.");
    }
    return route.policy?.audit ? audited(parsed, caller) : unaudited(parsed, caller);
  }

  async function viewerOf({ name }: KnownRoute, { viewer, token, clock }: Caller): Promise<Viewer | null> {
    if (WITHOUT_STORES.has(name)) return null;
    deps.ready();
    return viewer !== undefined ? viewer : deps.authenticate(token, clock);
  }

  async function audited(call: Call, caller: Caller): Promise<unknown> {
    await call.time.within(recordIntent(deps.audit, auditLine("intent", call, { outcome: null })));
    try {
      const output = await handle(call, caller);
      await recordAfter(call, auditLine("outcome", call, { outcome: "ok", output }));
      return output;
    } catch (error) {
      await recordAfter(call, auditLine("outcome", call, { outcome: normaliseError(error, call.requestId).code }));
      throw error;
    }
  }

  async function unaudited(call: Call, caller: Caller): Promise<unknown> {
    try {
      return await handle(call, caller);
    } catch (error) {
      if (error instanceof AppError && error.code === "care-edge-required") await recordDenial(call, caller, error);
      throw error;
    }
  }

  async function handle(call: Call, caller: Caller): Promise<unknown> {
    const context = (signal: AbortSignal): RequestContext => ({
      viewer: call.viewer,
      requestId: call.requestId,
      clock: caller.clock,
      signal,
      about: (ids) => void Object.assign(call.found, ids),
      origin: caller.origin,
    });
    if (call.route.policy?.kind === "stream") return call.route.handler(call.input, context(caller.signal));
    const output = await withDeadline(call.time.leftMs(), caller.signal, (signal) => call.route.handler(call.input, context(signal)));
    return deps.checkOutput ? parseOutput(call.route, output) : output;
  }

  /** A refusal counts against the allowance too, so that nobody can fill the trail with refusals. */
  async function recordDenial(call: Call, caller: Caller, refusal: unknown): Promise<void> {
    const { code } = normaliseError(refusal, call.requestId);
    if (!isRecordedDenial(call.route, code)) return;
    await deps.rateLimit(call.route, call.viewer, caller);
    await recordAfter(call, auditLine("event", call, { outcome: code }));
  }

  /**
   * What has happened has happened: a trail that cannot take the outcome is told to IT, the intent already stands. One that is slow goes on
   * taking it when the time of the call is up, and nobody waits for it but the end of the program.
   */
  async function recordAfter({ time }: Call, line: Parameters<AuditSink["append"]>[0]): Promise<void> {
    const recorded = deps.audit.append(line).catch((cause: unknown) => {
      deps.log.error({ requestId: line.requestId, route: line.action }, "the audit trail did not take an outcome", cause);
    });
    inFlight.add(recorded);
    await time.patiently(recorded.finally(() => inFlight.delete(recorded)));
  }

  async function run(name: string, find: () => KnownRoute, rawInput: unknown, caller: Caller): Promise<unknown> {
    const requestId = deps.ids.uuid();
    try {
      if (draining) throw new AppError("store-unavailable", "The clinic is shutting down.");
      const work = live(find, rawInput, caller, requestId);
      inFlight.add(work);
      try {
        return await work;
      } finally {
        inFlight.delete(work);
      }
    } catch (error) {
      const known = normaliseError(error, requestId);
      if (known.code === "internal") deps.log.error({ requestId, route: name.slice(0, 80) }, "a route failed", error);
      throw known;
    }
  }

  return {
    run: (domain, route, rawInput, caller) => run(`${domain}.${route}`, () => deps.find(domain, route), rawInput, caller),
    runKnown: (route, rawInput, caller) => run(route.name, () => route, rawInput, caller),
    async drain(ms) {
      draining = true;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([Promise.allSettled(inFlight), patience]);
      clearTimeout(timer);
    },
  };
}
