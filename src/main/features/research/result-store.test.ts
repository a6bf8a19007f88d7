import { fc, test } from "@fast-check/vitest";
import type { Value } from "@main/data/graph/port.ts";
import { describe, expect, it } from "vitest";
import { createResultStore, type ResultStore } from "./result-store.ts";

const AT = "2026-11-22T09:00:00.000Z";
const LATER = "2026-11-22T09:09:59.999Z";
const TOO_LATE = "2026-11-22T09:10:00.000Z";

function fill(store: ResultStore, queryId: string, rows: Value[][], { userId = "u", masked = true, batch = 700 } = {}) {
  const draft = store.draft({ queryId, userId, at: AT, masked, countColumns: [] }, 1000);
  draft.columns(["n", "text"]);
  for (let offset = 0; offset < rows.length; offset += batch) draft.rows(rows.slice(offset, offset + batch));
  draft.keep();
  return draft;
}

const numbered = (count: number): Value[][] => Array.from({ length: count }, (_, index) => [index, `row ${index} صف`]);

describe("a kept result", () => {
  const rows = numbered(12_345);

  test.prop([fc.nat(13_000), fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 3000 })], { numRuns: 50 })(
    "answers any page as the whole has it, however the rows came in",
    (offset, limit, batch) => {
      const store = createResultStore();
      fill(store, "q", rows, { batch });
      expect(store.find("q", "u", AT)?.rows(offset, limit)).toEqual(rows.slice(offset, offset + limit));
      store.close();
    },
  );

  it("has its first rows at once, as they came", () => {
    const store = createResultStore();
    const draft = fill(store, "q", rows);
    expect([draft.first.length, draft.rowCount]).toEqual([1000, 12_345]);
    expect(draft.first.every((row, index) => row === rows[index])).toBe(true);
    store.close();
  });

  it("is there for ten minutes, and only for whose it is", () => {
    const store = createResultStore();
    fill(store, "q", rows);
    expect(store.find("q", "somebody else", AT)).toBeNull();
    expect(store.find("q", "u", LATER)?.rowCount).toBe(12_345);
    expect(store.find("q", "u", TOO_LATE)).toBeNull();
    expect(store.bytes).toBe(0);
  });
});

describe("the store", () => {
  it("keeps the newest five of each person", () => {
    const store = createResultStore();
    for (let number = 1; number <= 7; number += 1) fill(store, `q${number}`, numbered(3));
    fill(store, "other", numbered(3), { userId: "v" });
    const found = [1, 2, 3, 4, 5, 6, 7].filter((number) => store.find(`q${number}`, "u", AT));
    expect(found).toEqual([3, 4, 5, 6, 7]);
    expect(store.find("other", "v", AT)).not.toBeNull();
    store.close();
  });

  it("never holds more than it may, and always the newest", () => {
    const store = createResultStore({ perUser: 5, totalBytes: 50_000 });
    for (let number = 1; number <= 20; number += 1) {
      fill(store, `q${number}`, numbered(500), { userId: `u${number}` });
      expect(store.bytes).toBeLessThanOrEqual(50_000);
      expect(store.find(`q${number}`, `u${number}`, AT)).not.toBeNull();
    }
    expect(store.find("q1", "u1", AT)).toBeNull();
    store.close();
    expect(store.bytes).toBe(0);
  });

  it("holds a result of 100,000 rows in about the size of its text", () => {
    const store = createResultStore();
    const rows = numbered(100_000);
    const text = Buffer.byteLength(JSON.stringify(rows));
    fill(store, "q", rows);
    expect(store.bytes).toBeGreaterThan(text * 0.99);
    expect(store.bytes).toBeLessThan(text * 1.01);
    store.close();
  });

  it("forgets what was seen with identities when they may be seen no more", () => {
    const store = createResultStore();
    fill(store, "seen", numbered(3), { masked: false });
    fill(store, "masked", numbered(3));
    fill(store, "another's", numbered(3), { masked: false, userId: "v" });
    store.dropUnmasked("u");
    expect([store.find("seen", "u", AT), store.find("masked", "u", AT), store.find("another's", "v", AT)]).toEqual([
      null,
      expect.anything(),
      expect.anything(),
    ]);
    store.close();
  });
});
