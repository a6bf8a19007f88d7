import { describe, expect, it } from "vitest";
import { ageOn, createFormat, initials } from "./format.ts";

const amman = createFormat({ language: "en", timeZone: "Asia/Amman", calendar: "gregorian", currency: "JOD" });

describe("format", () => {
  it("shows an instant on the clinic's wall clock and calendar, wherever the screen stands", () => {
    expect(amman.time("2026-11-22T22:30:00.000Z")).toBe("01:30");
    expect(amman.dayOf("2026-11-22T22:30:00.000Z")).toBe("2026-11-23");
    const paris = createFormat({ language: "en", timeZone: "Europe/Paris", calendar: "gregorian", currency: "EUR" });
    expect(paris.time("2026-03-29T00:59:00.000Z")).toBe("01:59");
    expect(paris.time("2026-03-29T01:00:00.000Z")).toBe("03:00");
  });

  it("never moves a birth date, east or west of Greenwich", () => {
    for (const timeZone of ["Asia/Amman", "Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      const format = createFormat({ language: "en", timeZone, calendar: "gregorian", currency: "USD" });
      expect(format.date("1980-03-14")).toBe("14 Mar 1980");
      expect(format.dateNumeric("1980-03-14")).toBe("14-03-1980");
    }
  });

  it("writes Latin digits in Arabic and Hijri days where chosen", () => {
    const arabic = createFormat({ language: "ar", timeZone: "Asia/Amman", calendar: "gregorian", currency: "JOD" });
    expect(arabic.dayShort("2026-11-22")).toContain("22 نوفمبر");
    expect(arabic.dateNumeric("1980-03-14")).toBe("14-03-1980");
    const hijri = createFormat({ language: "en", timeZone: "Asia/Amman", calendar: "hijri", currency: "JOD" });
    expect(hijri.date("2026-11-22")).toContain("1448");
  });

  it("says an age the way clinics do", () => {
    expect(ageOn("1980-03-14", "2026-11-22")).toEqual({ value: 46, unit: "year" });
    expect(ageOn("1980-11-23", "2026-11-22")).toEqual({ value: 45, unit: "year" });
    expect(ageOn("2026-04-22", "2026-11-22")).toEqual({ value: 7, unit: "month" });
    expect(ageOn("2026-11-10", "2026-11-22")).toEqual({ value: 12, unit: "day" });
  });

  it("counts money from the currency's own minor unit", () => {
    expect(amman.money(12_500)).toContain("12.500");
  });

  it("leaves titles out of initials", () => {
    expect(initials("Dr Reem Barakat")).toBe("RB");
    expect(initials("ليلى حداد")).toBe("ل ح");
  });
});
