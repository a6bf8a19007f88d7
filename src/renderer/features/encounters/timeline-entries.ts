import type { Chart } from "./types.ts";

export const ENTRY_TYPES = ["visit", "appointment", "condition", "allergy"] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export type TimelineEntry = { id: string; at: string } & (
  | { type: "visit"; visit: Chart["encounters"][number] }
  | { type: "appointment"; appointment: Chart["appointments"][number] }
  | { type: "condition"; condition: Chart["conditions"][number] }
  | { type: "allergy"; allergy: Chart["allergies"][number] }
);

/**
 * The chart as one line of things that happened, newest first. An appointment that became a visit is that visit; while
 * older visits are not loaded, nothing older than the oldest of them is shown, so that no gap looks like an empty time.
 */
export function entriesOf(chart: Chart, type: EntryType | "all", complete: boolean): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...chart.encounters.map((visit) => ({ type: "visit" as const, id: visit.id, at: visit.startedAt, visit })),
    ...chart.appointments
      .filter(({ encounterId }) => encounterId === null)
      .map((appointment) => ({ type: "appointment" as const, id: appointment.id, at: appointment.startsAt, appointment })),
    ...chart.conditions.map((condition) => ({ type: "condition" as const, id: condition.id, at: condition.recordedAt, condition })),
    ...chart.allergies.map((allergy) => ({ type: "allergy" as const, id: allergy.id, at: allergy.recordedAt, allergy })),
  ];
  const oldest = complete ? "" : (chart.encounters.at(-1)?.startedAt ?? "");
  return entries.filter((entry) => (type === "all" || entry.type === type) && entry.at >= oldest).sort((a, b) => b.at.localeCompare(a.at));
}

export interface YearGroup {
  year: string;
  entries: TimelineEntry[];
}

/** The entries by the year they fall into, as the clinic's calendar says it. */
export function byYear(entries: readonly TimelineEntry[], dayOf: (instant: string) => string): YearGroup[] {
  const groups = Map.groupBy(entries, (entry) => dayOf(entry.at).slice(0, 4));
  return [...groups].map(([year, list]) => ({ year, entries: list }));
}
