import { randomUUID } from "node:crypto";
import type { Viewer } from "@main/platform/request.ts";
import type { RouteOutput } from "@main/rpc/call.ts";
import type { AppContract } from "@shared/contract/index.ts";
import { RESULT_ROWS_MAX } from "@shared/model/research-limits.ts";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refused } from "./identity-world.ts";
import { openResearchWorld, outcomesOf, type ResearchWorld } from "./research-world.ts";

let world: ResearchWorld;
beforeAll(async () => {
  world = await openResearchWorld();
}, 120_000);
afterAll(() => world?.close());

const run = (cypher: string, more: object = {}, who: Viewer = world.researcher) => world.call("research", "run", { cypher, ...more }, who);
const readRows = (queryId: string, offset: number, limit: number, who: Viewer = world.researcher) =>
  world.call("research", "readRows", { queryId: queryId as never, offset, limit }, who);

type Part = RouteOutput<AppContract["research"]["exportResult"]>;

/** A result as a file: its parts one after the other. */
async function fileOf(queryId: string, format: "csv" | "json" | "ndjson", who: Viewer = world.researcher) {
  const parts: Part[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const part: Part = await world.call("research", "exportResult", { queryId: queryId as never, format, offset }, who);
    parts.push(part);
    offset = part.nextOffset;
  }
  return {
    parts,
    content: parts.map(({ content }) => content).join(""),
    suppressed: parts.reduce((sum, part) => sum + part.suppressed, 0),
  };
}

const MANY = "UNWIND range(1, $count) AS n RETURN n, 'row ' + toString(n) AS text";

describe("a large result", () => {
  it("answers its first rows and keeps the others for pages that make the whole", async () => {
    const { queryId, rows, rowCount, truncated, capped } = await run(MANY, { parameters: { count: 25_000 } });
    expect({ rows: rows.length, rowCount, truncated, capped }).toEqual({ rows: 1000, rowCount: 25_000, truncated: true, capped: false });
    const pages = [];
    for (let offset = 0; offset < rowCount; offset += 7001) pages.push(...(await readRows(queryId, offset, 7001)).rows);
    expect(pages).toEqual(Array.from({ length: 25_000 }, (_, index) => [index + 1, `row ${index + 1}`]));
    expect(pages.slice(0, 1000)).toEqual(rows);
    expect(await readRows(queryId, 25_000, 10)).toEqual({ rows: [], rowCount: 25_000 });
  });

  it("answers as many rows at once as are asked for", async () => {
    const { rows, truncated } = await run(MANY, { parameters: { count: 5000 }, limit: 5000 });
    expect([rows.length, truncated]).toEqual([5000, false]);
    const { rows: one, truncated: more } = await run(MANY, { parameters: { count: 2 }, limit: 1 });
    expect([one.length, more]).toEqual([1, true]);
  });

  it("is kept up to 100,000 rows", async () => {
    const { queryId, rowCount, truncated, capped } = await run("UNWIND range(1, 400) AS a UNWIND range(1, 400) AS b RETURN a, b");
    expect({ rowCount, truncated, capped }).toEqual({ rowCount: RESULT_ROWS_MAX, truncated: true, capped: true });
    expect((await readRows(queryId, RESULT_ROWS_MAX - 1, 10)).rows).toEqual([[250, 400]]);
  }, 60_000);
});

describe("a kept result", () => {
  it("is its owner's alone, and gone after ten minutes", async () => {
    const { queryId } = await run("RETURN 1 AS n");
    const gone = refused("not-found", "queryId");
    await expect(readRows(queryId, 0, 1, world.colleague)).rejects.toMatchObject(gone);
    await expect(fileOf(queryId, "csv", world.colleague)).rejects.toMatchObject(gone);
    await expect(readRows(randomUUID(), 0, 1)).rejects.toMatchObject(gone);
    expect((await readRows(queryId, 0, 1)).rows).toEqual([[1]]);
    world.clock.advance(10 * 60 + 1);
    await expect(readRows(queryId, 0, 1)).rejects.toMatchObject(gone);
    await expect(fileOf(queryId, "csv")).rejects.toMatchObject(gone);
  });

  it("makes room for newer ones of the same researcher", async () => {
    const ids = [];
    for (let number = 0; number < 6; number += 1) ids.push((await run("RETURN 1 AS n")).queryId);
    await expect(readRows(ids[0] ?? "", 0, 1)).rejects.toMatchObject(refused("not-found", "queryId"));
    for (const kept of ids.slice(1)) expect((await readRows(kept, 0, 1)).rowCount).toBe(1);
  });
});

describe("a file of a result", () => {
  const HOSTILE = "UNWIND $rows AS row RETURN row[0] AS name, row[1] AS value";
  const rows = [
    ["ليلى حدّاد", 1],
    ['said "no", twice', -5],
    ["two\r\nlines", null],
    ["=cmd|' /C calc'!A0", 2.5],
  ];

  it("in CSV reads back as the rows, and runs nothing in a spreadsheet", async () => {
    const { queryId } = await run(HOSTILE, { parameters: { rows } });
    const { content, parts } = await fileOf(queryId, "csv");
    const { data } = Papa.parse<string[]>(content.slice(1), { newline: "\r\n", skipEmptyLines: true });
    expect(data).toEqual([
      ["name", "value"],
      ["ليلى حدّاد", "1"],
      ['said "no", twice', "-5"],
      ["two\r\nlines", ""],
      ["'=cmd|' /C calc'!A0", "2.5"],
    ]);
    expect(parts[0]).toMatchObject({
      mediaType: "text/csv; charset=utf-8",
      filename: expect.stringMatching(/^polyclinic-result-2026-03-03-[0-9a-f]{8}\.csv$/),
    });
  });

  it.each(["json", "ndjson"] as const)("in %s reads back as the rows", async (format) => {
    const { queryId } = await run(HOSTILE, { parameters: { rows } });
    const { content } = await fileOf(queryId, format);
    const objects =
      format === "json"
        ? JSON.parse(content)
        : content
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line));
    expect(objects).toEqual(rows.map(([name, value]) => ({ name, value })));
  });

  it("comes in parts, each in the trail", async () => {
    const { queryId } = await run(MANY, { parameters: { count: 12_000 } });
    const { parts, content } = await fileOf(queryId, "json");
    expect(parts.map(({ rows: count, nextOffset }) => [count, nextOffset])).toEqual([
      [5000, 5000],
      [5000, 10_000],
      [2000, null],
    ]);
    expect(JSON.parse(content)).toHaveLength(12_000);
    const exports = await outcomesOf(world, "research.exportResult");
    expect(exports.slice(0, 3).map(({ outcome, subject }) => [outcome, subject.queryId])).toEqual(parts.map(() => ["ok", queryId]));
    const beyond = world.call("research", "exportResult", { queryId, format: "csv", offset: 12_000 }, world.researcher);
    await expect(beyond).rejects.toMatchObject(refused("invalid-input", "offset"));
  });

  it("tells no group smaller than 11, though the screen does", async () => {
    const { queryId, rows: shown } = await run("MATCH (p:Patient) RETURN p.sex AS sex, count(*) AS patients ORDER BY sex");
    expect(shown).toEqual([
      ["female", 14],
      ["male", 3],
    ]);
    const { content, suppressed } = await fileOf(queryId, "csv");
    expect([content, suppressed]).toEqual(["\uFEFFsex,patients\r\nfemale,14\r\nmale,<11\r\n", 1]);
  });
});
