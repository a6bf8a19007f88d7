import type { SessionDocument, UserDocument } from "@main/data/documents/collections.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { SessionUser } from "@shared/contract/session.ts";
import type { z } from "zod";

export const IDLE_SECONDS = 10 * 60;
export const ABSOLUTE_SECONDS = 8 * 60 * 60;
/** A session's use is written down at most this often. */
export const TOUCH_SECONDS = 15;

/** Wrong passwords in a row that cost nothing. */
export const FREE_FAILURES = 5;
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 15 * 60;
/** Failures older than this are forgotten. */
export const FORGET_FAILURES_SECONDS = 24 * 60 * 60;

/** Seconds to wait after so many wrong passwords in a row: 0 below five, then 5, 10, 20 … and never more than 15 minutes. */
export function waitSeconds(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(failures - FREE_FAILURES, 20));
}

/** True when the session has ended by itself: eight hours after it was opened, or after ten minutes without use. */
export function isOver(session: SessionDocument, now: string): boolean {
  if (now >= session.expiresAt) return true;
  return Date.parse(now) - Date.parse(session.lastSeenAt) >= session.idleSeconds * 1000;
}

/** A user name as it is stored, of whatever was typed: a name that cannot exist just matches nobody. */
export function storedUsername(typed: string): string {
  return typed.trim().normalize("NFC").toLowerCase();
}

export function sessionUser(user: UserDocument): z.input<typeof SessionUser> {
  const { id, username, displayName, roles, externalId, locale, mustChangePassword } = user;
  return { id, username, displayName, roles, externalId, locale, mustChangePassword };
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Electron\//, "Polyclinic"],
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPad|iPhone/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux|X11/, "Linux"],
];

/** What the session list calls a device that did not name itself: `Firefox, Windows`. */
export function describeDevice({ transport, userAgent }: RequestContext["origin"]): string {
  const named = (table: readonly [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent))?.[1];
  const words = [named(BROWSERS), named(SYSTEMS)].filter((word) => word !== undefined);
  if (words.length > 0) return words.join(", ");
  return transport === "port" ? "Polyclinic" : "Unnamed device";
}
