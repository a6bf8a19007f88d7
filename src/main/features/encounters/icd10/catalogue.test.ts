import { beforeAll, describe, expect, it } from "vitest";
import { createIcd10, type Icd10 } from "./index.ts";

let icd10: Icd10;
beforeAll(async () => {
  icd10 = await createIcd10()();
});

const codes = (text: string, limit = 10) => icd10.search(text, limit).map((found) => found.code);

describe("the ICD-10-CM table", () => {
  it("finds a code with and without its dot, in any case, and knows which are billable", () => {
    expect(icd10.find("E11.9")).toEqual({ code: "E11.9", title: "Type 2 diabetes mellitus without complications", billable: true });
    expect(icd10.find("e119")?.code).toBe("E11.9");
    expect(icd10.find("E11")).toMatchObject({ billable: false });
    expect(icd10.find("S52.501A")).toMatchObject({ billable: true });
    expect(icd10.find("E11.99")).toBeNull();
    expect(icd10.find("")).toBeNull();
  });

  it("puts the exact code first, then the codes that begin with it", () => {
    expect(codes("E11.9", 3)).toEqual(["E11.9"]);
    expect(codes("e11", 4)).toEqual(["E11", "E11.0", "E11.00", "E11.01"]);
    expect(codes("E11.-", 1)).toEqual(["E11"]);
    expect(codes("j069")[0]).toBe("J06.9");
  });

  it("finds words in any order and by their start", () => {
    expect(codes("diabetes type 2 without")).toContain("E11.9");
    expect(codes("without compl 2 diab type")).toContain("E11.9");
    expect(codes("myocard infarct acute unspec")[0]).toBe("I21.9");
    expect(codes("Meniere")).toEqual(codes("Ménière"));
    expect(codes("crohn's")).not.toHaveLength(0);
  });

  it("finds by the inclusion terms that clinicians say", () => {
    expect(codes("high blood pressure")).toContain("I10");
    expect(codes("hypertension", 5)).toContain("I10");
    expect(codes("lumbago")).toContain("M54.50");
  });

  it("keeps words and codes of one query together", () => {
    expect(codes("E11 eye").every((code) => code.startsWith("E11"))).toBe(true);
    expect(codes("vitamin b12")).toContain("D51.9");
  });

  it("answers the same every time, never more than asked, and nothing to nothing", () => {
    expect(codes("fracture", 50)).toEqual(codes("fracture", 50));
    expect(codes("fracture", 50)).toHaveLength(50);
    expect(codes("")).toEqual([]);
    expect(codes("   ")).toEqual([]);
    expect(codes("zzqqx")).toEqual([]);
    expect(codes("'; DROP TABLE")).toEqual([]);
    expect(codes("السكري")).toEqual([]);
  });

  it("takes a few milliseconds of processor time", () => {
    const texts = [
      "a",
      "d",
      "diab",
      "diabetes type 2",
      "fracture right radius",
      "S52",
      "E11.9",
      "hypert",
      "a b c d e",
      "initial encounter",
      "pain",
    ];
    for (const text of texts) icd10.search(text, 20);
    for (const text of texts) icd10.search(text, 20);
    const times = Array.from({ length: 200 }, (_, turn) => {
      // Processor time: other suites share the machine.
      const before = process.cpuUsage();
      icd10.search(texts[turn % texts.length] as string, 20);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }).sort((a, b) => a - b);
    const p95 = times[189] as number;
    console.info(
      `searchConditions: p50 ${times[100]?.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms of ${texts.length} queries over 98,186 codes`,
    );
    // The goal is 10 ms; twice that allows for a collection of garbage in the middle of it.
    expect(p95).toBeLessThan(20);
  });
});
