import { signInFailures } from "@main/data/documents/collections.ts";
import { type DocumentPort, DuplicateDocument } from "@main/data/documents/port.ts";
import { type Clock, shift } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import { AppError } from "@shared/define.ts";
import { FORGET_FAILURES_SECONDS, FREE_FAILURES, waitSeconds } from "./rules.ts";

/** Lets tries of a password through, so that whoever guesses waits longer and longer, and nobody is ever locked out for good. */
export interface Attempts {
  /**
   * Runs `check` when a try for this name may be made, and writes a wrong one down before it answers. Throws
   * `rate-limited` with the wait while it lasts; such a call is no try and makes the wait no longer.
   */
  attempt(name: string, clock: Clock, check: () => Promise<boolean>): Promise<boolean>;
  forget(name: string): Promise<void>;
}

export function createAttempts(documents: DocumentPort): Attempts {
  const failures = documents.collection(signInFailures);
  const gate = createGate();

  async function failuresSoFar(id: string, clock: Clock): Promise<number> {
    const found = await failures.get(id);
    const now = clock.now();
    if (!found || found.expiresAt <= now) return 0;
    if (found.waitUntil > now) {
      const retryAfterMs = Date.parse(found.waitUntil) - Date.parse(now);
      throw new AppError("rate-limited", "Too many wrong passwords. Wait a moment.", { retryAfterMs });
    }
    return found.failures;
  }

  async function writeDown(id: string, clock: Clock): Promise<void> {
    for (;;) {
      const now = clock.now();
      const found = await failures.get(id);
      const old = found !== null && found.expiresAt <= now;
      const count = (found === null || old ? 0 : found.failures) + 1;
      const waitUntil = shift(now, waitSeconds(count));
      const entry = { failures: count, lastFailureAt: now, waitUntil, expiresAt: shift(now, FORGET_FAILURES_SECONDS) };
      if (found !== null) {
        if (await failures.update(id, entry, { failures: found.failures, lastFailureAt: found.lastFailureAt })) return;
        continue;
      }
      try {
        return await failures.insert({ id, ...entry });
      } catch (error) {
        if (!(error instanceof DuplicateDocument)) throw error;
      }
    }
  }

  const forget = async (name: string) => void (await failures.delete({ id: sha256(name) }));

  return {
    async attempt(name, clock, check) {
      const id = sha256(name);
      const leave = await gate.enter(id, async () => Math.max(1, FREE_FAILURES - (await failuresSoFar(id, clock))));
      try {
        const right = await check();
        await (right ? forget(name) : writeDown(id, clock));
        return right;
      } finally {
        leave();
      }
    },
    forget,
  };
}

/**
 * At most as many tries of one name at a time as it has free failures left: a hundred guesses sent at once are
 * counted like a hundred sent one after the other.
 */
function createGate() {
  const inside = new Map<string, { count: number; waiting: (() => void)[] }>();
  return {
    async enter(id: string, allowed: () => Promise<number>): Promise<() => void> {
      for (;;) {
        const limit = await allowed();
        const room = inside.get(id) ?? { count: 0, waiting: [] };
        inside.set(id, room);
        if (room.count < limit) {
          room.count += 1;
          return () => leave(id);
        }
        await new Promise<void>((resolve) => room.waiting.push(resolve));
      }
    },
  };

  function leave(id: string): void {
    const room = inside.get(id);
    if (!room) return;
    room.count -= 1;
    if (room.count === 0) inside.delete(id);
    for (const wake of room.waiting.splice(0)) wake();
  }
}
