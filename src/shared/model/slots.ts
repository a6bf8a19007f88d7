import { Temporal } from "temporal-polyfill";

/**
 * Slot arithmetic: wall-clock working hours in the clinic's zone become instants, instants become slots and the
 * five-minute cells that an appointment occupies. Days with a change of clocks are ordinary days here: a wall time that
 * does not exist gives no slot, one that exists twice gives two instants.
 */

/** The smallest piece of time that is booked, in minutes. */
export const CELL_MINUTES = 5;
const MINUTE = 60_000;

/** Half-open: the end belongs to the next interval. Instants as ISO strings of fixed width, so they compare as text. */
export interface Interval {
  startsAt: string;
  endsAt: string;
}

/** Working time on the clinic's wall clock; `weekday` 1 is Monday. */
export interface WeeklyHours {
  weekday: number;
  startsAt: string;
  endsAt: string;
}
export interface DayHours {
  day: string;
  startsAt: string;
  endsAt: string;
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();

/** The clinic's calendar day of an instant. */
export function clinicDay(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** The instant `minutes` later. */
export function addMinutes(instant: string, minutes: number): string {
  return iso(Date.parse(instant) + minutes * MINUTE);
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/**
 * The instants of a wall-clock interval on a day; null where nothing of it exists. An end that falls into a gap is the
 * moment of the change. Where a wall time comes twice, the interval is the part whose every moment reads as inside.
 */
export function onDay({ day, startsAt, endsAt }: DayHours, zone: string): Interval | null {
  const from = momentsOf(day, startsAt, zone);
  const to = momentsOf(day, endsAt, zone);
  const end = to.first;
  const start = from.second < end ? from.second : from.first;
  return start < end ? { startsAt: iso(start), endsAt: iso(end) } : null;
}

/** The first and second moment at which the zone's clocks show the time: equal on all but the day of a change. */
function momentsOf(day: string, time: string, zone: string): { first: number; second: number } {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  const second = wall.toZonedDateTime(zone, { disambiguation: "later" });
  if (first.equals(second) || first.toPlainDateTime().equals(wall)) {
    return { first: first.epochMilliseconds, second: second.epochMilliseconds };
  }
  const change = first.getTimeZoneTransition("next")?.epochMilliseconds ?? second.epochMilliseconds;
  return { first: change, second: change };
}

/** What a doctor works on a day: the weekly hours of its weekday and the extra hours of that day, as instants in order. */
export function workingIntervals(day: string, weekly: readonly WeeklyHours[], extra: readonly DayHours[], zone: string): Interval[] {
  const weekday = weekdayOf(day);
  const regular = weekly.filter((hours) => hours.weekday === weekday).map((hours) => onDay({ ...hours, day }, zone));
  const opened = extra.filter((hours) => hours.day === day).map((hours) => onDay(hours, zone));
  return [...regular, ...opened].filter((interval) => interval !== null).sort(byStart);
}

/** Whole slots of a length that fit into the intervals, none overlapping another. */
export function slotsOf(intervals: readonly Interval[], minutes: number): Interval[] {
  const slots: Interval[] = [];
  for (const interval of intervals) {
    for (let at = Date.parse(interval.startsAt), end = Date.parse(interval.endsAt); at + minutes * MINUTE <= end; at += minutes * MINUTE) {
      const slot = { startsAt: iso(at), endsAt: iso(at + minutes * MINUTE) };
      if (!slots.some((earlier) => overlaps(earlier, slot))) slots.push(slot);
    }
  }
  return slots.sort(byStart);
}

/** Slots that nothing takes and that have not begun before `now`. */
export function freeSlots(slots: readonly Interval[], taken: readonly Interval[], now: string): Interval[] {
  return slots.filter((slot) => slot.startsAt >= now && !taken.some((interval) => overlaps(interval, slot)));
}

/** Whether the union of the working intervals covers the wanted time without a break. */
export function covers(intervals: readonly Interval[], wanted: Interval): boolean {
  let reached = wanted.startsAt;
  for (const interval of [...intervals].sort(byStart)) {
    if (interval.startsAt > reached) return false;
    if (interval.endsAt > reached) reached = interval.endsAt;
    if (reached >= wanted.endsAt) return true;
  }
  return false;
}

/** Starts of the five-minute cells of an interval. */
export function cellsOf({ startsAt, endsAt }: Interval): string[] {
  const cells: string[] = [];
  for (let at = Date.parse(startsAt), end = Date.parse(endsAt); at < end; at += CELL_MINUTES * MINUTE) cells.push(iso(at));
  return cells;
}

/** Whether an instant is the start of a cell. */
export function startsCell(instant: string): boolean {
  return Date.parse(instant) % (CELL_MINUTES * MINUTE) === 0;
}

export interface HoursProblem {
  index: number;
  part: "startsAt" | "endsAt";
  message: string;
}

/** The first fault of weekly hours: not on five minutes, not forward, or overlapping an earlier interval of that weekday. */
export function problemOfHours(hours: readonly WeeklyHours[]): HoursProblem | null {
  for (const [index, interval] of hours.entries()) {
    const own = problemOfInterval(interval);
    if (own) return { index, ...own };
    const clash = hours.slice(0, index).some((other) => other.weekday === interval.weekday && overlaps(other, interval));
    if (clash) return { index, part: "startsAt", message: "overlaps another interval of that day" };
  }
  return null;
}

/** The fault of one wall-clock interval, or null. */
export function problemOfInterval({ startsAt, endsAt }: Interval): Omit<HoursProblem, "index"> | null {
  if (minuteOf(startsAt) % CELL_MINUTES !== 0) return { part: "startsAt", message: "must be a multiple of 5 minutes" };
  if (minuteOf(endsAt) % CELL_MINUTES !== 0) return { part: "endsAt", message: "must be a multiple of 5 minutes" };
  return startsAt < endsAt ? null : { part: "endsAt", message: "must be after the start" };
}

const minuteOf = (wallTime: string) => Number(wallTime.slice(3));
const byStart = (a: Interval, b: Interval) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0);
