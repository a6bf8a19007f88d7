import { minutesIntoDay } from "@renderer/lib/clinic-time.ts";

interface Interval {
  id: string;
  startsAt: string;
  endsAt: string;
}

/** Where a strip stands beside others of the same time: lane 0 of 2 is the first half. */
export interface Lane {
  lane: number;
  lanes: number;
}

/** Lanes for strips that overlap on purpose: each group of overlapping strips shares the width evenly. */
export function lanesOf(items: readonly Interval[]): Map<string, Lane> {
  const placed = new Map<string, Lane>();
  const sorted = [...items].sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id));
  let group: { id: string; lane: number }[] = [];
  let laneEnds: string[] = [];
  const close = () => {
    for (const { id, lane } of group) placed.set(id, { lane, lanes: laneEnds.length });
    group = [];
    laneEnds = [];
  };
  for (const item of sorted) {
    if (laneEnds.length > 0 && laneEnds.every((end) => end <= item.startsAt)) close();
    const free = laneEnds.findIndex((end) => end <= item.startsAt);
    const lane = free < 0 ? laneEnds.length : free;
    laneEnds[lane] = item.endsAt;
    group.push({ id: item.id, lane });
  }
  close();
  return placed;
}

/** Minutes since midnight from the first to the last line of the board: everything on it, by whole hours, at least 08:00 to 17:00. */
export function boardRange(items: readonly { startsAt: string; endsAt: string }[], timeZone: string): { from: number; to: number } {
  let from = 8 * 60;
  let to = 17 * 60;
  for (const item of items) {
    const start = minutesIntoDay(item.startsAt, timeZone);
    const end = minutesIntoDay(item.endsAt, timeZone);
    from = Math.min(from, Math.floor(start / 60) * 60);
    // An interval that ends after midnight reaches the bottom of the board.
    to = Math.max(to, end <= start ? 24 * 60 : Math.ceil(end / 60) * 60);
  }
  return { from, to };
}

/** `08:15` of minutes since midnight. */
export function wallTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The minute of the doctor's grid (from the start of the board) that a height in the column means. */
export function snap(fraction: number, range: { from: number; to: number }, slotMinutes: number): number {
  const minutes = range.from + fraction * (range.to - range.from);
  const snapped = range.from + Math.floor((minutes - range.from) / slotMinutes) * slotMinutes;
  return Math.max(range.from, Math.min(snapped, range.to - slotMinutes));
}

/** Time of the board in which a doctor does not work: before the first hours, between them, after the last, or all day. */
export interface Closed {
  from: number;
  to: number;
  kind: "before" | "break" | "after" | "off";
}

/** The closed times of a column, from the doctor's open intervals in minutes since midnight. */
export function closedTimes(open: readonly { from: number; to: number }[], range: { from: number; to: number }): Closed[] {
  if (open.length === 0) return [{ ...range, kind: "off" }];
  const closed: Closed[] = [];
  let from = range.from;
  for (const interval of [...open].sort((a, b) => a.from - b.from)) {
    if (interval.from > from) closed.push({ from, to: interval.from, kind: from === range.from ? "before" : "break" });
    from = Math.max(from, interval.to);
  }
  if (from < range.to) closed.push({ from, to: range.to, kind: "after" });
  return closed;
}
