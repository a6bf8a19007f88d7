import { describe, expect, it } from "vitest";
import { findingsOf } from "./findings.ts";

const observation = (id: string, kind: string, value: number | null, unit: string | null, text: string | null = null) => ({
  id,
  kind,
  value,
  unit,
  text,
});

describe("findingsOf", () => {
  it("shows an upper and a lower blood pressure as one reading, wherever the lower one stands", () => {
    const upper = observation("O1", "8480-6", 120, "mmHg");
    const lower = observation("O2", "8462-4", 80, "mmHg");
    const pulse = observation("O3", "8867-4", 71, "/min");
    const readings = (of: Parameters<typeof findingsOf>[0]) => findingsOf(of).map(({ kind, reading }) => [kind, reading]);
    expect(readings([upper, lower, pulse])).toEqual([
      ["blood-pressure", "120/80 mmHg"],
      ["8867-4", "71 /min"],
    ]);
    expect(readings([upper, pulse, lower])).toEqual([
      ["blood-pressure", "120/80 mmHg"],
      ["8867-4", "71 /min"],
    ]);
  });

  it("pairs two measurements of one visit in their order", () => {
    const twice = [
      observation("O1", "8480-6", 150, "mmHg"),
      observation("O2", "8462-4", 95, "mmHg"),
      observation("O3", "8480-6", 138, "mmHg"),
      observation("O4", "8462-4", 88, "mmHg"),
    ];
    expect(findingsOf(twice).map(({ reading }) => reading)).toEqual(["150/95 mmHg", "138/88 mmHg"]);
  });

  it("keeps a pressure that has no second half, words without a value, and leaves out what says nothing", () => {
    const found = findingsOf([
      observation("O1", "8480-6", 120, "mmHg"),
      observation("O2", "finding", null, null, "Clear lungs"),
      observation("O3", "finding", null, null),
      observation("O4", "9999-9", 3, null),
    ]);
    expect(found).toEqual([
      { id: "O1", kind: "8480-6", reading: "120 mmHg", words: null },
      { id: "O2", kind: null, reading: null, words: "Clear lungs" },
      { id: "O4", kind: "9999-9", reading: "3", words: null },
    ]);
  });
});
