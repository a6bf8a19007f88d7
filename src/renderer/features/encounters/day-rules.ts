import { fold } from "@shared/model/search-key.ts";
import type { DayAppointment } from "./types.ts";

export type DayTab = "all" | "waiting" | "done" | "open";
export type DaySort = "time" | "waiting";

const IN_TAB: Readonly<Record<DayTab, (item: DayAppointment) => boolean>> = {
  all: () => true,
  waiting: ({ status }) => status === "arrived",
  done: ({ status }) => status === "completed",
  // A visit stays open until its note is signed and it is completed.
  open: ({ status }) => status === "in-progress",
};

/** How many appointments stand under each tab. */
export function countsOf(items: readonly DayAppointment[]): Record<DayTab, number> {
  const count = (tab: DayTab) => items.filter(IN_TAB[tab]).length;
  return { all: count("all"), waiting: count("waiting"), done: count("done"), open: count("open") };
}

/** The rows to show: of the tab, with every typed word in name, id or reason, by time or by how long they wait. */
export function shownItems(
  items: readonly DayAppointment[],
  { tab, text, sort }: { tab: DayTab; text: string; sort: DaySort },
): DayAppointment[] {
  const asked = fold(text).split(" ").filter(Boolean);
  const shown = items.filter((item) => {
    const said = fold(`${item.patient.givenName} ${item.patient.familyName} ${item.patientId} ${item.reason ?? ""}`);
    return IN_TAB[tab](item) && asked.every((word) => said.includes(word));
  });
  return shown.sort(sort === "waiting" ? byWaiting : byTime);
}

const byTime = (a: DayAppointment, b: DayAppointment) => a.startsAt.localeCompare(b.startsAt);

// Whoever waits longest first; those who do not wait keep the order of the day behind them.
function byWaiting(a: DayAppointment, b: DayAppointment): number {
  const since = (item: DayAppointment) => (item.status === "arrived" && item.arrivedAt ? item.arrivedAt : "9999");
  return since(a).localeCompare(since(b)) || byTime(a, b);
}

/** Who comes next: the first by appointment of those who have arrived. */
export function nextArrived(items: readonly DayAppointment[]): DayAppointment | undefined {
  return items.filter(IN_TAB.waiting).sort(byTime)[0];
}

/** Whole minutes that someone who has arrived is waiting; null for everyone else. */
export function waitingMinutes(item: DayAppointment, now: Date): number | null {
  if (item.status !== "arrived" || !item.arrivedAt) return null;
  return Math.max(0, Math.floor((now.getTime() - Date.parse(item.arrivedAt)) / 60_000));
}

export interface Break {
  startsAt: string;
  endsAt: string;
}

/** The gaps between the working intervals of a day. */
export function breaksOf(hours: readonly Break[]): Break[] {
  const sorted = [...hours].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  return sorted.flatMap((interval, at) => {
    const next = sorted[at + 1];
    return next && next.startsAt > interval.endsAt ? [{ startsAt: interval.endsAt, endsAt: next.startsAt }] : [];
  });
}
