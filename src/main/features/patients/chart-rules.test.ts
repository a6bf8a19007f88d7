import { AppError } from "@shared/define.ts";
import { describe, expect, it } from "vitest";
import { daysAround, nurseMay, plausibleSince, substanceKey } from "./chart-rules.ts";

describe("the key of a substance", () => {
  it("is one for all spellings of a name and never empty", () => {
    expect(substanceKey("  Crème   BRÛLÉE ")).toBe("creme brulee");
    expect(substanceKey("Ｐｅｎｉｃｉｌｌｉｎ")).toBe("penicillin");
    expect(substanceKey("\u0301")).toBe("\u0301");
    expect(substanceKey("بِنسِلين")).toBe("بنسلين");
  });
});

describe("a nurse's reach", () => {
  const paths = (appointmentDays: string[], timeZone: string) => ({ treats: false, openVisit: false, appointmentDays, timeZone });

  it("is yesterday, today and tomorrow of the clinic, on a day when its clocks change too", () => {
    // Clocks go forward in Berlin on 2026-03-29.
    const now = "2026-03-29T22:30:00.000Z";
    const may = (day: string, zone: string) => nurseMay(paths([day], zone), now);
    const days = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31", "2026-04-01"];
    expect(days.map((day) => may(day, "Europe/Berlin"))).toEqual([false, true, true, true, false]);
    expect(days.map((day) => may(day, "UTC"))).toEqual([true, true, true, false, false]);
    expect(nurseMay({ ...paths([], "UTC"), openVisit: true }, now)).toBe(true);
  });

  it("is within the days that are asked for, in every zone", () => {
    for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]) {
      for (const now of ["2026-03-03T00:00:00.000Z", "2026-03-03T12:00:00.000Z", "2026-03-03T23:59:59.999Z"]) {
        const seen = daysAround(now).filter((day) => nurseMay(paths([day], timeZone), now));
        expect(seen).toHaveLength(3);
      }
    }
  });
});

describe("since when a condition lasts", () => {
  const check = (since: string | null) => {
    try {
      plausibleSince(since, "1980-05-17", "2026-03-03");
      return "ok";
    } catch (error) {
      return error instanceof AppError ? error.data.field : "thrown";
    }
  };

  it("lies between birth and today, or is not known", () => {
    expect([null, "1980-05-17", "2026-03-03"].map(check)).toEqual(["ok", "ok", "ok"]);
    expect(["1980-05-16", "2026-03-04"].map(check)).toEqual(["since", "since"]);
  });
});
