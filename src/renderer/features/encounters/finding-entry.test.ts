import { describe, expect, it } from "vitest";
import { readEntry } from "./finding-entry.ts";
import { MEASURES, otherFindings, readingsOf } from "./measures.ts";
import type { Observation } from "./types.ts";

const values = (typed: string) => {
  const entry = readEntry(typed);
  return entry.ok ? entry.findings.map(({ kind, value, unit }) => [kind, value, unit]) : `refused ${entry.measure.name}`;
};

describe("a finding as it is typed", () => {
  it.each([
    [
      "bp 148/92",
      [
        ["8480-6", 148, "mmHg"],
        ["8462-4", 92, "mmHg"],
      ],
    ],
    [
      "BP:148 / 92 mmHg",
      [
        ["8480-6", 148, "mmHg"],
        ["8462-4", 92, "mmHg"],
      ],
    ],
    ["t 38.1", [["8310-5", 38.1, "°C"]]],
    ["t 38,1 °C", [["8310-5", 38.1, "°C"]]],
    ["spo2 95%", [["59408-5", 95, "%"]]],
    [
      "p 92, rr 20; wt 78",
      [
        ["8867-4", 92, "/min"],
        ["9279-1", 20, "/min"],
        ["29463-7", 78, "kg"],
      ],
    ],
    [
      "ضغط ١٤٨/٩٢، حرارة ٣٨٫١",
      [
        ["8480-6", 148, "mmHg"],
        ["8462-4", 92, "mmHg"],
        ["8310-5", 38.1, "°C"],
      ],
    ],
  ])("is read as values with units: %s", (typed, expected) => expect(values(typed)).toEqual(expected));

  it.each([
    ["t 381", "temperature"],
    ["bp 148", "bloodPressure"],
    ["bp 92/148", "bloodPressure"],
    ["spo2 950", "oxygen"],
  ])("is refused where the value cannot be: %s", (typed, measure) => expect(values(typed)).toBe(`refused ${measure}`));

  it.each(["Tender over both sinuses, no crackles", "bp high, dizzy", "3 cm cut on the left hand", "p", "بطن لين"])(
    "is kept as words: %s",
    (typed) => {
      expect(readEntry(`  ${typed} `)).toEqual({ ok: true, findings: [{ kind: "finding", value: null, unit: null, text: typed }] });
    },
  );

  it("is nothing where nothing is typed", () => expect(readEntry("  ")).toEqual({ ok: true, findings: [] }));
});

describe("readings", () => {
  const observation = (id: string, kind: string, value: number, minute: string, encounterId = "E000001") =>
    ({
      id,
      kind,
      value,
      unit: "mmHg",
      text: null,
      encounterId,
      recordedAt: `2026-11-22T10:${minute}:00.000Z`,
      recordedBy: "",
    }) as Observation;
  const [pressure] = MEASURES;
  if (!pressure) throw new Error("no measures");

  it("pair the two numbers of a blood pressure within a visit and leave a lone one out", () => {
    const found = readingsOf(
      pressure,
      [
        observation("O000005", "8462-4", 95, "09"),
        observation("O000001", "8480-6", 148, "00"),
        observation("O000002", "8462-4", 92, "00"),
        observation("O000004", "8480-6", 150, "09"),
        observation("O000006", "8480-6", 120, "10", "E000002"),
      ],
      () => 50,
    );
    expect(found.map((reading) => reading.values)).toEqual([
      [148, 92],
      [150, 95],
    ]);
    expect(found[0]?.verdict?.word).toBe("high");
  });

  it("leave words and kinds of elsewhere to the other findings", () => {
    const words = { ...observation("O000001", "finding", 0, "00"), value: null, text: "Tender" } as Observation;
    const foreign = observation("O000002", "8280-0", 88, "00");
    expect(otherFindings([words, foreign, observation("O000003", "8480-6", 120, "00")])).toEqual([words, foreign]);
  });
});
