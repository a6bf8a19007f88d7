import type { BulkEdge, BulkNode } from "@main/data/graph/bulk.ts";
import { describe, expect, it } from "vitest";
import { tableOf } from "./compare.ts";
import { digestPlace, lasts } from "./digest.ts";
import type { Place } from "./place.ts";

const paged =
  <T extends { ref: string }>(items: readonly T[]) =>
  async (after: string | null): Promise<T[]> =>
    items.slice(after === null ? 0 : items.findIndex(({ ref }) => ref === after) + 1);

/** A place that holds nothing but this graph. */
function placeOf(nodes: BulkNode[], edges: BulkEdge[]): Place {
  const nothing = async () => [];
  return {
    graph: { exportNodes: paged(nodes), exportEdges: paged(edges) },
    documents: { collection: () => ({ find: nothing }) },
    audit: { exportRecords: nothing },
    blobs: { list: nothing },
    series: { page: nothing },
  } as unknown as Place;
}

const node = (ref: string, properties: BulkNode["properties"], labels = ["Condition"]): BulkNode => ({ ref, labels, properties });
const edge = (ref: string, from: string, to: string, properties: BulkEdge["properties"] = {}): BulkEdge => ({
  ...{ ref, from, to, type: "OF", properties },
});
const digests = async (nodes: BulkNode[], edges: BulkEdge[] = []) =>
  Object.fromEntries(await digestPlace(placeOf(nodes, edges), "2026-01-01T00:00:00.000Z"));

const A = node("1", { code: "A", title: "x" });
const B = node("2", { code: "B" });

describe("the digest of a graph", () => {
  it("is the same whatever the order, the refs and the order of properties", async () => {
    const here = await digests([A, B], [edge("1", "1", "2"), edge("2", "2", "1", { since: "y" })]);
    const there = await digests(
      [node("90", { code: "B" }), node("91", { title: "x", code: "A" })],
      [edge("7", "90", "91", { since: "y" }), edge("8", "91", "90")],
    );
    expect(there).toEqual(here);
    expect(here["node Condition"]?.count).toBe(2);
  });

  it.each([
    ["a value", [A, node("2", { code: "b" })], [edge("1", "1", "2")]],
    ["a type of value", [A, node("2", { code: ["B"] })], [edge("1", "1", "2")]],
    ["a label", [A, node("2", { code: "B" }, ["Condition", "Substance"])], [edge("1", "1", "2")]],
    ["a node more", [A, B, node("3", { code: "B" })], [edge("1", "1", "2")]],
    ["the direction of a relationship", [A, B], [edge("1", "2", "1")]],
    ["an end of a relationship", [A, B], [edge("1", "1", "1")]],
    ["a property of a relationship", [A, B], [edge("1", "1", "2", { since: "z" })]],
    ["a relationship less", [A, B], []],
  ] as const)("is another one for %s", async (_what, nodes, edges) => {
    expect(await digests([...nodes], [...edges])).not.toEqual(await digests([A, B], [edge("1", "1", "2")]));
  });
});

describe("a document", () => {
  const expiry = "2026-03-03T10:00:00.000Z";
  it("counts unless it expires soon", () => {
    expect(lasts({}, { id: "1" }, expiry)).toBe(true);
    expect(lasts({ expires: "expiresAt" }, { id: "1", expiresAt: "2026-03-03T10:00:00.001Z" } as { id: string }, expiry)).toBe(true);
    expect(lasts({ expires: "expiresAt" }, { id: "1", expiresAt: "2026-03-03T09:59:00.000Z" } as { id: string }, expiry)).toBe(false);
  });
});

it("the table says which line differs, with both counts", () => {
  const tally = (count: number, digit: string) => ({ count, digest: digit.repeat(64) });
  const text = tableOf([
    { name: "users", source: tally(3, "a"), target: tally(3, "a"), equal: true },
    { name: "edge OF", source: tally(5, "b"), target: tally(4, "c"), equal: false },
  ]);
  expect(text.split("\n").map((line) => line.split(/\s{2,}/))).toEqual([
    ["what", "count", "source", "target"],
    ["users", "3", "a".repeat(16), "a".repeat(16), "equal"],
    ["edge OF", "5 / 4", "b".repeat(16), "c".repeat(16), "DIFFERENT"],
  ]);
});
