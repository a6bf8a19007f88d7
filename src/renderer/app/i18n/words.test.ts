import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareWords, flatten, pluralForms } from "./words.ts";

const folder = new URL(".", import.meta.url);
const read = (language: string, file: string) => JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), "utf8")) as object;
const files = readdirSync(new URL("en/", folder)).filter((file) => file.endsWith(".json"));

// Words that are rightly the same in both languages: names of the languages themselves, plain figures, and a pattern of punctuation alone.
const SAME = new Set([
  "shell:look.english",
  "shell:look.arabic",
  "setup:sample.patientCount",
  "portal:comma",
  "messaging:comma",
  "encounters:comma",
  "scheduling:counts.and",
]);

describe("the words of the screens", () => {
  it("exist in the same files in both languages", () => {
    expect(files.length).toBeGreaterThan(10);
    expect(readdirSync(new URL("ar/", folder)).filter((file) => file.endsWith(".json"))).toEqual(files);
  });

  it.each(files)("are complete in Arabic and none is left in English: %s", (file) => {
    const namespace = file.replace(".json", "");
    const faults = compareWords(flatten(read("en", file)), flatten(read("ar", file)));
    expect(faults.filter((fault) => !SAME.has(`${namespace}:${fault.key}`))).toEqual([]);
  });
});

describe("compareWords", () => {
  const en = { title: "Day board", count_one: "{{count}} visit", count_other: "{{count}} visits" };
  const ar = {
    title: "لوحة اليوم",
    count_zero: "لا زيارات",
    count_one: "زيارة واحدة",
    count_two: "زيارتان",
    count_few: "{{count}} زيارات",
    count_many: "{{count}} زيارة",
    count_other: "{{count}} زيارة",
  };
  it("accepts a complete translation with all plural forms of Arabic", () => {
    expect(compareWords(en, ar)).toEqual([]);
    expect(pluralForms("ar")).toEqual(["few", "many", "one", "other", "two", "zero"]);
  });
  it("finds a missing key, a key too many, and a missing plural form", () => {
    const { title: _title, count_two: _two, ...rest } = ar;
    expect(compareWords(en, { ...rest, extra: "زائد" })).toEqual([
      { key: "title", fault: "missing in Arabic" },
      { key: "count_two", fault: "plural form missing in Arabic" },
      { key: "extra", fault: "not in English" },
    ]);
  });
  it("finds Arabic left in English, Arabic without an Arabic letter, and a lost parameter", () => {
    expect(compareWords({ a: "Save", b: "Save {{name}}", c: "Hello {{name}}" }, { a: "Save", b: "Save now {{name}}", c: "مرحبا" })).toEqual(
      [
        { key: "a", fault: "the same as English" },
        { key: "b", fault: "no Arabic letter" },
        { key: "c", fault: "parameters differ" },
      ],
    );
  });
});
