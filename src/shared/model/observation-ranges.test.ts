import { describe, expect, it } from "vitest";
import { graver, judgeValue, LOINC } from "./observation-ranges.ts";

const word = (kind: string, value: number, unit: string, age = 40) => judgeValue({ kind, value, unit }, age)?.word ?? null;

describe("judgeValue", () => {
  it.each([
    [LOINC.breathing, "/min", [8, 9, 11, 12, 20, 21, 24, 25], ["very-low", "low", "low", null, null, "high", "high", "very-high"]],
    [LOINC.oxygen, "%", [91, 92, 95, 96, 100], ["very-low", "low", "low", null, null]],
    [LOINC.pulse, "/min", [40, 41, 50, 51, 90, 91, 130, 131], ["very-low", "low", "low", null, null, "high", "high", "very-high"]],
    [LOINC.temperature, "°C", [35, 35.1, 36, 36.1, 38, 38.1, 41], ["very-low", "low", "low", null, null, "high", "high"]],
    [LOINC.systolic, "mmHg", [90, 91, 110, 111, 139, 140, 179, 180], ["very-low", "low", "low", null, null, "high", "high", "very-high"]],
    [LOINC.diastolic, "mmHg", [60, 89, 90, 119, 120], [null, null, "high", "high", "very-high"]],
  ])("says the word of its source on both sides of each threshold: %s", (kind, unit, values, words) => {
    expect(values.map((value) => word(kind, value, unit))).toEqual(words);
  });

  it("says nothing about ages that the source does not speak of", () => {
    expect(word(LOINC.pulse, 140, "/min", 15)).toBeNull();
    expect(word(LOINC.pulse, 140, "/min", 16)).toBe("very-high");
    expect(word(LOINC.diastolic, 130, "mmHg", 17)).toBeNull();
  });

  it("says nothing about what has no rule, or another unit", () => {
    expect(word(LOINC.glucose, 30, "mmol/L")).toBeNull();
    expect(word(LOINC.temperature, 104, "°F")).toBeNull();
    expect(judgeValue({ kind: LOINC.oxygen, value: 80, unit: null }, 40)).toBeNull();
  });

  it("names its source", () => {
    expect(judgeValue({ kind: LOINC.oxygen, value: 94, unit: "%" }, 40)?.source).toContain("NEWS2");
    expect(judgeValue({ kind: LOINC.systolic, value: 150, unit: "mmHg" }, 40)?.source).toContain("NG136");
  });
});

describe("graver", () => {
  const high = { word: "high", source: "a" } as const;
  const veryHigh = { word: "very-high", source: "b" } as const;
  it("keeps the verdict that weighs more, the first of equals, and the only one", () => {
    expect(graver(high, veryHigh)).toBe(veryHigh);
    expect(graver(high, { word: "low", source: "c" })).toBe(high);
    expect(graver(null, high)).toBe(high);
    expect(graver(null, null)).toBeNull();
  });
});
