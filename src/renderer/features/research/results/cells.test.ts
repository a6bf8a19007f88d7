import { describe, expect, it } from "vitest";
import type { Cell } from "../types.ts";
import { captionOf, compareCells, lineOf, nodesOf, readCell } from "./cells.ts";

const patient = { id: "n1", labels: ["Patient"], properties: { id: "P000001", region: "north" } };
const visit = { id: "n2", labels: ["Encounter"], properties: { status: "done" } };
const edge = { id: "e1", type: "HAS_ENCOUNTER", from: "n1", to: "n2", properties: {} };

describe("a cell", () => {
  it("is told apart by what it holds", () => {
    const cells: Cell[] = [
      null,
      3,
      false,
      "x",
      { node: patient },
      { edge },
      { path: { nodes: [patient, visit], edges: [edge] } },
      [1],
      { a: 1 },
    ];
    expect(cells.map((cell) => readCell(cell).kind)).toEqual(["null", "number", "boolean", "text", "node", "edge", "path", "json", "json"]);
  });

  it("stays a map when a query's own map only has such a name", () => {
    for (const cell of [{ node: 1 }, { node: patient, more: 1 }, { edge: {} }, { path: [] }] as Cell[])
      expect(readCell(cell).kind).toBe("json");
  });

  it("reads in one line as Cypher writes it", () => {
    expect(lineOf({ node: patient })).toBe("(:Patient) P000001");
    expect(lineOf({ path: { nodes: [patient, visit], edges: [edge] } })).toBe("(:Patient)-[:HAS_ENCOUNTER]->(:Encounter)");
    expect(lineOf({ path: { nodes: [visit, patient], edges: [edge] } })).toBe("(:Encounter)<-[:HAS_ENCOUNTER]-(:Patient)");
    expect(captionOf(visit)).toBe("");
  });
});

describe("a row", () => {
  it("names the nodes in it, also those inside of lists, maps, edges and paths", () => {
    expect(nodesOf([{ node: visit }, [{ node: patient }], 1])).toEqual(["n2", "n1"]);
    expect(nodesOf([{ edge }])).toEqual(["n1", "n2"]);
    expect(nodesOf([{ pair: { a: { node: visit } } }])).toEqual(["n2"]);
  });
});

describe("compareCells", () => {
  it("orders numbers by size, texts with their numbers, null last", () => {
    expect([10, null, 9].toSorted(compareCells)).toEqual([9, 10, null]);
    expect(["P10", "P9", null, "P1"].toSorted(compareCells)).toEqual(["P1", "P9", "P10", null]);
  });
});
