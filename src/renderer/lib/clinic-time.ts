import { Temporal } from "temporal-polyfill";

/** The instant of a wall-clock time on a clinic day; a time inside a DST gap answers the first instant after it. */
export function instantAt(day: string, time: string, timeZone: string): string {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
  return new Date(zoned.epochMilliseconds).toISOString();
}

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** Minutes since the clinic's midnight of an instant, for placing it on a day grid. */
export function minutesIntoDay(instant: string, timeZone: string): number {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return zoned.hour * 60 + zoned.minute;
}

/** How far the clinic's clock is from UTC on a day: `UTC+3`, `UTC-3:30`. */
export function utcOffset(day: string, timeZone: string): string {
  const minutes = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: "12:00" }).offsetNanoseconds / 6e10;
  const rest = Math.abs(minutes % 60);
  return `UTC${minutes < 0 ? "-" : "+"}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}
