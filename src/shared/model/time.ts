import { z } from "zod";

/**
 * An instant: ISO-8601 in UTC, fixed width with milliseconds (`2026-11-22T07:42:00.000Z`), so that strings sort. In
 * UTC it lies in the years 1 to 9998: a day's arithmetic on either side keeps the width.
 */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine((text) => FIXED_WIDTH.test(asUtc(text)), "is not an instant that exists")
  .transform((text) => new Date(text).toISOString());

const FIXED_WIDTH = /^(?!0000|9999)\d{4}-/;

function asUtc(text: string): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True when the text is a day of the Gregorian calendar in the years 1 to 9998, written `YYYY-MM-DD` (2026-02-30 is none). */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  if (year < 1 || year > 9998) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A calendar day `YYYY-MM-DD` in the clinic's zone: never an instant. */
export const Day = z.string().refine(isDay, "is not a day that exists (YYYY-MM-DD)");

/** A wall-clock time `HH:MM` in the clinic's zone, 24 hours. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM");

/** An IANA time zone that this runtime knows. */
export const TimeZone = z.string().max(64).refine(isTimeZone, "is not a time zone");

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone.length > 0;
  } catch {
    return false;
  }
}
