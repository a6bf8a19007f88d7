import { describe, expect, it } from "vitest";
import { plainRows } from "./embedded-rows.ts";

const plain = (value: unknown) => plainRows([{ value }])[0]?.value;

describe("a row of the engine as JSON", () => {
  it.each([
    ["a large whole number", 2n ** 60n, 2 ** 60],
    ["an instant", new Date("2026-11-22T08:00:00.000Z"), "2026-11-22T08:00:00.000Z"],
    ["a vector", new Float32Array([0.5, 1]), [0.5, 1]],
    ["an absent value", undefined, null],
    ["a node", { _id: 1, _labels: ["Patient"], id: "P000001" }, { id: "P000001" }],
    ["an edge", { _id: 1, _type: "TREATS", _source: 1, _target: 2, since: 2 }, { since: 2 }],
    ["nodes in a map", { list: [{ _id: 1, _labels: ["Patient"], id: "P000001" }] }, { list: [{ id: "P000001" }] }],
    ["a map that only looks a little like a node", { _id: 1, id: 2 }, { _id: 1, id: 2 }],
  ])("makes of %s what the port promises", (_, value, expected) => {
    expect(plain(value)).toEqual(expected);
  });
});
