import { AppError } from "@shared/define.ts";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Viewer } from "../platform/request.ts";
import type { Caller, KnownRoute } from "./call.ts";

/** Counts an attempt; throws `rate-limited` with the time to wait once the route's allowance for this minute is used up. */
export type RateLimit = (route: KnownRoute, viewer: Viewer | null, caller: Caller) => Promise<void>;

/**
 * Allowances per minute, counted per session, device or (signed out) address. `lifted` says whether they are off, which
 * only a sample clinic on loopback may be. Calls of this process itself are not counted.
 */
export function createRateLimit(lifted: () => Promise<boolean>): RateLimit {
  const limiters = new Map<number, RateLimiterMemory>();
  const limiterOf = (perMinute: number) => {
    const known = limiters.get(perMinute) ?? new RateLimiterMemory({ points: perMinute, duration: 60, keyPrefix: String(perMinute) });
    limiters.set(perMinute, known);
    return known;
  };
  return async (route, viewer, caller) => {
    if (caller.origin.transport === "internal" || !route.policy || (await lifted())) return;
    try {
      await limiterOf(route.policy.perMinute).consume(`${route.name}|${callerKey(viewer, caller)}`);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new AppError("rate-limited", "Too many attempts. Wait a moment.", { retryAfterMs: Math.max(1, refusal.msBeforeNext) });
    }
  };
}

function callerKey(viewer: Viewer | null, caller: Caller): string {
  if (!viewer) return `address:${caller.origin.address}`;
  return viewer.kind === "user" ? `session:${viewer.sessionId}` : `device:${viewer.deviceId}`;
}
