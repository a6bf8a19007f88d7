import type { Clock } from "@main/platform/clock.ts";
import { systemIds } from "@main/platform/ids.ts";
import type { RequestContext, UserViewer, Viewer } from "@main/platform/request.ts";
import type { AuditLine } from "@main/rpc/audit-route.ts";
import type { Caller, HandlersOf } from "@main/rpc/call.ts";
import { findIn, routeTable } from "@main/rpc/known-route.ts";
import { createLife } from "@main/rpc/life.ts";
import { createRateLimit, type RateLimit } from "@main/rpc/rate-limit.ts";
import type { Contract } from "@shared/define.ts";
import type { Role, UserRole } from "@shared/model/roles.ts";

const NOW = "2026-03-01T09:00:00.000Z";
const clock: Clock = { now: () => NOW, monotonic: () => performance.now() };

interface Overrides {
  auditFails: boolean;
  rateLimit: RateLimit;
  ready: () => void;
  authenticate: () => Promise<Viewer | null>;
  deadlineMs: number;
  handlers: Record<string, (input: never, context: RequestContext) => Promise<unknown>>;
}

/**
 * A router over a contract of the test's own, with a trail and a log that the test can read. What stands behind the routes
 * here are the test's handlers, so that each step of a route's life can be provoked by itself.
 */
export function routerWorld<C extends Record<string, Contract>>(contract: C, handlers: HandlersOf<C>, overrides: Partial<Overrides> = {}) {
  const trail: AuditLine[] = [];
  const logged: { fields: object; cause: unknown }[] = [];
  const viewers = new Map<string, Viewer>();
  const signedOut = new Set<string>();
  const merged = Object.fromEntries(
    Object.entries(handlers).map(([domain, routes]) => [domain, { ...routes, ...overrides.handlers }]),
  ) as unknown as HandlersOf<C>;
  const life = createLife({
    find: findIn(routeTable(contract, merged)),
    authenticate: overrides.authenticate ?? (async (token) => (signedOut.has(token ?? "") ? null : (viewers.get(token ?? "") ?? null))),
    rateLimit: overrides.rateLimit ?? createRateLimit(async () => true),
    audit: {
      append: async (line) => {
        if (overrides.auditFails) throw new Error("disk full");
        trail.push(line);
      },
    },
    ids: systemIds,
    log: { info: () => {}, warn: () => {}, error: (fields, _message, cause) => logged.push({ fields, cause }) },
    ready: overrides.ready ?? (() => undefined),
    mayWrite: () => true,
    checkOutput: true,
    deadline: overrides.deadlineMs === undefined ? undefined : () => overrides.deadlineMs ?? 0,
  });
  /** A caller of that role with a token; null is nobody. */
  const as = (role: Role | null, extra: Partial<UserViewer> = {}) => {
    const token = role === null ? null : `token-${role}`;
    if (role !== null) viewers.set(`token-${role}`, viewerOf(role, extra));
    const caller: Caller = {
      token,
      clock,
      signal: new AbortController().signal,
      origin: { transport: "http", address: "127.0.0.1", userAgent: "test" },
    };
    return { token, caller, call: (domain: keyof C & string, route: string, input: unknown) => life.run(domain, route, input, caller) };
  };
  /** Ends the session of that role's token. */
  const signOut = (role: Role) => signedOut.add(`token-${role}`);
  return { life, clock, trail, logged, as, signOut, close: () => life.drain(100) };
}

export function viewerOf(role: Role, extra: Partial<UserViewer> = {}): Viewer {
  if (role === "kiosk" || role === "board") return { kind: "device", deviceId: `device-${role}`, displayName: role, roles: [role] };
  return {
    kind: "user",
    userId: `user-${role}`,
    sessionId: `session-${role}`,
    username: role,
    displayName: `The ${role}`,
    roles: [role satisfies UserRole],
    externalId: null,
    reauthenticatedAt: null,
    ...extra,
  };
}
