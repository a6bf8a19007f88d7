import type { Value } from "@main/data/graph/port.ts";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { exportPart, PART_ROWS } from "./export.ts";
import { createResultStore, type KeptResult } from "./result-store.ts";

const AT = "2026-11-22T09:00:00.000Z";
const QUERY_ID = "5b2f6c1e-0000-4000-8000-000000000000";

function resultOf(columns: string[], rows: Value[][], { masked = true, countColumns = [] as string[] } = {}): KeptResult {
  const store = createResultStore();
  const draft = store.draft({ queryId: QUERY_ID, userId: "u", at: AT, masked, countColumns }, 10);
  draft.columns(columns);
  draft.rows(rows);
  draft.keep();
  const kept = store.find(QUERY_ID, "u", AT);
  if (!kept) throw new Error("not kept");
  store.close();
  return kept;
}

/** Every part of a file, in order. */
function partsOf(result: KeptResult, format: "csv" | "json" | "ndjson") {
  const parts = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const part = exportPart(result, { queryId: QUERY_ID as never, format, offset });
    parts.push(part);
    offset = part.nextOffset;
  }
  return { parts, content: parts.map(({ content }) => content).join("") };
}

const HOSTILE: Value[][] = [
  ["ليلى حدّاد", 1, true],
  ['said "no", twice', -5, false],
  ["two\nlines", 1.5, null],
  ["two\r\nlines, and a comma", 0, null],
  ["", null, ["a", 1]],
  [" padded ", 2, { node: { id: "1", labels: ["Patient"], properties: { sex: "female" } } }],
];

describe("a CSV file", () => {
  it("reads back as the rows it was made of: Arabic, quotes, commas, lines", () => {
    const { content, parts } = partsOf(resultOf(["name", "count, all", 'a "quoted" one'], HOSTILE), "csv");
    const { data, errors } = Papa.parse<string[]>(content.slice(1), { newline: "\r\n" });
    expect(errors).toEqual([]);
    expect(data).toEqual([
      ["name", "count, all", 'a "quoted" one'],
      ["ليلى حدّاد", "1", "true"],
      ['said "no", twice', "-5", "false"],
      ["two\nlines", "1.5", ""],
      ["two\r\nlines, and a comma", "0", ""],
      ["", "", '["a",1]'],
      [" padded ", "2", '{"node":{"id":"1","labels":["Patient"],"properties":{"sex":"female"}}}'],
      [""],
    ]);
    expect(content.startsWith("\uFEFFname,")).toBe(true);
    expect(parts).toEqual([
      expect.objectContaining({ mediaType: "text/csv; charset=utf-8", filename: "polyclinic-result-2026-11-22-5b2f6c1e.csv" }),
    ]);
  });

  it.each(["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "=1\n+1", "＝1+1", "\uFEFF=1"])(
    "does not let %j run in a spreadsheet",
    (text) => {
      const { content } = partsOf(resultOf(["a", "b"], [[text, -1]]), "csv");
      const { data } = Papa.parse<string[]>(content.slice(1), { newline: "\r\n" });
      expect(data[1]).toEqual([`'${text}`, "-1"]);
    },
  );

  it("keeps a row whose only cell is empty", () => {
    const { content } = partsOf(resultOf(["a"], [[null], ["x"], [null]]), "csv");
    expect(content).toBe('\uFEFF"a"\r\n""\r\n"x"\r\n""\r\n');
  });
});

describe("a JSON or NDJSON file", () => {
  const objects = HOSTILE.map(([a, b, c]) => ({ a, b, c }));

  it("is one document of an object a row", () => {
    expect(JSON.parse(partsOf(resultOf(["a", "b", "c"], HOSTILE), "json").content)).toEqual(objects);
    expect(JSON.parse(partsOf(resultOf(["a"], []), "json").content)).toEqual([]);
  });

  it("has an object a line", () => {
    const { content } = partsOf(resultOf(["a", "b", "c"], HOSTILE), "ndjson");
    expect(
      content
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(objects);
  });

  it("loses no column, whatever the columns are called", () => {
    const { content } = partsOf(resultOf(["a", "a_2", "a", "__proto__"], [[1, 2, 3, 4]]), "ndjson");
    expect(content).toBe('{"a":1,"a_2":2,"a_3":3,"__proto__":4}\n');
  });
});

describe("parts", () => {
  const rows = Array.from({ length: 2 * PART_ROWS + 7 }, (_, index): Value[] => [index, `row ${index}`]);
  const result = resultOf(["n", "text"], rows);

  it.each(["csv", "json", "ndjson"] as const)("of %s make the whole file, with each row once", (format) => {
    const { parts, content } = partsOf(result, format);
    expect(parts.map((part) => [part.rows, part.nextOffset])).toEqual([
      [PART_ROWS, PART_ROWS],
      [PART_ROWS, 2 * PART_ROWS],
      [7, null],
    ]);
    const read = {
      csv: () =>
        Papa.parse<string[]>(content.slice(1).trimEnd())
          .data.slice(1)
          .map(([n, text]) => ({ n: Number(n), text })),
      json: () => JSON.parse(content),
      ndjson: () =>
        content
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
    };
    expect(read[format]()).toEqual(rows.map(([n, text]) => ({ n, text })));
  });

  it("beyond the end are refused", () => {
    expect(() => exportPart(result, { queryId: QUERY_ID as never, format: "csv", offset: rows.length })).toThrow(
      expect.objectContaining({ code: "invalid-input", data: { field: "offset" } }),
    );
  });
});

describe("groups smaller than 11", () => {
  const rows: Value[][] = [
    ["rare", 1, 1],
    ["few", 10, 10],
    ["some", 11, 11],
    ["none", 0, 0],
    ["text", "7", 7],
    ["map", { total: 3, all: [40, 4] }, 3],
  ];
  const options = { countColumns: ["patients"] };

  it("are not told in a file made under masking, and their number is", () => {
    const { parts, content } = partsOf(resultOf(["group", "patients", "age"], rows, options), "ndjson");
    expect(
      content
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { group: "rare", patients: "<11", age: 1 },
      { group: "few", patients: "<11", age: 10 },
      { group: "some", patients: 11, age: 11 },
      { group: "none", patients: 0, age: 0 },
      { group: "text", patients: "<11", age: 7 },
      { group: "map", patients: { total: "<11", all: [40, "<11"] }, age: 3 },
    ]);
    expect(parts[0]?.suppressed).toBe(5);
  });

  it("are told to somebody who may see identities", () => {
    const { parts, content } = partsOf(resultOf(["group", "patients", "age"], rows, { ...options, masked: false }), "ndjson");
    expect(JSON.parse(content.split("\n")[0] ?? "")).toEqual({ group: "rare", patients: 1, age: 1 });
    expect(parts[0]?.suppressed).toBe(0);
  });
});
