import { AppError } from "@shared/define.ts";
import { describe, expect, it } from "vitest";
import { type AppointmentStatus, advance, ENCOUNTER_STEPS, type EncounterStatus, type EncounterStep, mayBegin, notEmpty } from "./rules.ts";

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return "ok";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe("the states of a visit", () => {
  const steps: EncounterStep[] = ["record", "write-note", "complete", "amend", "draft"];

  it("allow exactly what the table says", () => {
    const allowed = Object.keys(ENCOUNTER_STEPS).map((status) => [
      status,
      steps.filter((step) => codeOf(() => advance(status as EncounterStatus, step)) === "ok"),
    ]);
    expect(Object.fromEntries(allowed)).toEqual({
      open: ["record", "write-note", "complete", "draft"],
      completed: ["amend", "draft"],
      amended: ["amend", "draft"],
    });
    expect(codeOf(() => advance("open", "amend"))).toBe("invalid-transition");
  });

  it("never lead back to open", () => {
    for (const status of ["completed", "amended"] as const) expect(Object.values(ENCOUNTER_STEPS[status])).not.toContain("open");
    expect(advance("open", "complete")).toBe("completed");
    expect(advance("completed", "amend")).toBe("amended");
  });
});

describe("beginning from an appointment", () => {
  const begin = (status: AppointmentStatus, day: string, now: string) =>
    codeOf(() => mayBegin({ status, day, timeZone: "Asia/Riyadh" }, now));

  it("takes one that has arrived on any day, and a booked one on its day in the clinic's zone", () => {
    expect(begin("arrived", "2026-03-01", "2026-03-03T08:00:00.000Z")).toBe("ok");
    expect(begin("booked", "2026-03-03", "2026-03-03T20:59:59.999Z")).toBe("ok");
    expect(begin("booked", "2026-03-03", "2026-03-03T21:00:00.000Z")).toBe("invalid-transition");
    expect(begin("booked", "2026-03-03", "2026-03-02T21:00:00.000Z")).toBe("ok");
  });

  it("takes none that is over, under way or off", () => {
    for (const status of ["in-progress", "completed", "cancelled", "no-show"] as const) {
      expect(begin(status, "2026-03-03", "2026-03-03T08:00:00.000Z")).toBe("invalid-transition");
    }
  });
});

describe("a note", () => {
  it("says something in one of its sections", () => {
    expect(codeOf(() => notEmpty({ complaint: " ", examination: "\n", plan: "\t" }))).toBe("invalid-input");
    expect(codeOf(() => notEmpty({ complaint: "", examination: "", plan: "." }))).toBe("ok");
  });
});
