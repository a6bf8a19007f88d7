import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collections, queryRuns } from "@main/data/documents/collections.ts";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { createHistory } from "@main/features/research/history.ts";
import { shift } from "@main/platform/clock.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const START = "2026-03-03T08:00:00.000Z";
let folder: string;
let documents: Awaited<ReturnType<typeof openSqliteDocuments>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-history-"));
  documents = await openSqliteDocuments({ folder, specs: collections });
});
afterAll(async () => {
  await documents?.close();
  await rm(folder, { recursive: true, force: true });
});

const runOf = (userId: string, number: number) => ({
  ...{ id: randomUUID(), userId, cypher: `RETURN ${number} AS n`, parameters: { number }, at: shift(START, number) },
  ...{ outcome: "ok" as const, code: null, construct: null, rows: 1, durationMs: 1 },
});

describe("the history of a researcher who runs much", () => {
  it("remembers the newest 500, and another's as they were", async () => {
    const history = createHistory(documents);
    await history.record(runOf("another", 0));
    const runs = Array.from({ length: 507 }, (_, number) => runOf("busy", number));
    for (const run of runs) await history.record(run);
    const kept = await documents.collection(queryRuns).find({ userId: "busy" }, { sort: { at: "asc" } });
    expect(kept.map(({ id }) => id)).toEqual(runs.slice(7).map(({ id }) => id));
    expect(await history.list({}, "another")).toHaveLength(1);
    expect([await history.has(runs[506]?.id ?? ""), await history.has(runs[0]?.id ?? "")]).toEqual([true, false]);
  }, 60_000);

  it("is read in pages that follow one another", async () => {
    const history = createHistory(documents);
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await history.list({ limit: 120, before }, "busy");
      if (page.length === 0) break;
      seen.push(...page.map(({ cypher }) => cypher));
      before = page.at(-1)?.at;
    }
    expect(seen).toEqual(Array.from({ length: 500 }, (_, index) => `RETURN ${506 - index} AS n`));
  });

  it("is searched whole", async () => {
    const found = await createHistory(documents).list({ text: "return 7 as", limit: 10 }, "busy");
    expect(found.map(({ cypher }) => cypher)).toEqual(["RETURN 7 AS n"]);
  });
});
