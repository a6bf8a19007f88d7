import { describe, expect, it } from "vitest";
import { byYear, entriesOf } from "./timeline-entries.ts";
import type { Chart } from "./types.ts";
import { joined } from "./use-note.ts";

const chart = {
  encounters: [
    { id: "E3", startedAt: "2026-03-01T08:00:00.000Z" },
    { id: "E2", startedAt: "2025-06-01T08:00:00.000Z" },
  ],
  appointments: [
    { id: "A5", startsAt: "2026-12-01T08:00:00.000Z", encounterId: null },
    { id: "A3", startsAt: "2026-03-01T08:00:00.000Z", encounterId: "E3" },
    { id: "A1", startsAt: "2024-01-01T08:00:00.000Z", encounterId: null },
  ],
  conditions: [{ id: "K1", recordedAt: "2024-02-01T08:00:00.000Z" }],
  allergies: [{ id: "L1", recordedAt: "2025-12-31T22:30:00.000Z" }],
} as unknown as Chart;
const ids = (...args: Parameters<typeof entriesOf>) => entriesOf(...args).map(({ id }) => id);

describe("the timeline", () => {
  it("is newest first, and an appointment that became a visit is that visit", () => {
    expect(ids(chart, "all", true)).toEqual(["A5", "E3", "L1", "E2", "K1", "A1"]);
  });

  it("ends at the oldest loaded visit while older ones are not loaded", () => {
    expect(ids(chart, "all", false)).toEqual(["A5", "E3", "L1", "E2"]);
  });

  it("shows one type alone", () => {
    expect(ids(chart, "appointment", true)).toEqual(["A5", "A1"]);
    expect(ids(chart, "allergy", true)).toEqual(["L1"]);
  });

  it("puts an entry into the year of the clinic's own calendar", () => {
    const inAmman = (instant: string) => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Amman" }).format(new Date(instant));
    const groups = byYear(entriesOf(chart, "all", true), inAmman).map(({ year, entries }) => [year, entries.length]);
    expect(groups).toEqual([
      ["2026", 3],
      ["2025", 1],
      ["2024", 2],
    ]);
  });
});

describe("two texts of one note", () => {
  const sections = (plan: string) => ({ complaint: "Cough", examination: "", plan });
  it("are joined with what is the same standing once and nothing lost", () => {
    expect(joined(sections("Rest"), sections("Fluids"))).toEqual(sections("Rest\n\nFluids"));
    expect(joined(sections("Rest and fluids"), sections("Rest"))).toEqual(sections("Rest and fluids"));
    expect(joined(sections(""), sections("Rest"))).toEqual(sections("Rest"));
  });
});
