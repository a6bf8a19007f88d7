import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, open, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmbeddedGraph } from "@main/data/graph/embedded.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import { AppError } from "@shared/define.ts";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { graphFolder, openGraphIn } from "./embedded-graph.ts";
import { reading, writing } from "./graph-statements.ts";

const WRITES = 200;
/** These have been moved into the main file when the folder is damaged; the others are in the log alone. */
const CHECKPOINTED = 50;

const addPair = writing("CREATE (a:Left {pair: $pair, text: $text})-[:OF]->(b:Right {pair: $pair}) RETURN a.pair AS pair");
const findPairs = reading("MATCH (a:Left) OPTIONAL MATCH (a)-[:OF]->(b:Right) RETURN a.pair AS pair, b.pair AS right ORDER BY pair");
const write = (graph: GraphPort, pair: number) =>
  graph.write((w) => w.execute(addPair, { pair, text: `a finding of some length, number ${pair}` }));

/** The numbers of the pairs that are there. Fails on a pair of which only a part is there. */
async function whole(graph: GraphPort): Promise<number[]> {
  const rows = await graph.read((r) => r.query<{ pair: number; right: number }>(findPairs));
  expect(rows.filter((row) => row.right !== row.pair)).toEqual([]);
  return rows.map((row) => row.pair);
}

const upTo = (count: number) => Array.from({ length: count }, (_, pair) => pair);

let sample: { folder: string; remove: () => Promise<void> };
let made: { folder: string; remove: () => Promise<void> };
let folder: string;

/** A folder as a power cut leaves it: taken from an open store, whose log holds acknowledged writes. */
beforeAll(async () => {
  sample = await graphFolder();
  const live = await graphFolder();
  const first = await openGraphIn(live.folder);
  for (const pair of upTo(CHECKPOINTED)) await write(first, pair);
  await first.close();
  const graph = await openGraphIn(live.folder);
  for (const pair of upTo(WRITES - 1).slice(CHECKPOINTED)) await write(graph, pair);
  // The engine notes in its log, about every 100 ms, how far it was synced; damage before such a note is no torn end.
  await sleep(400);
  await write(graph, WRITES - 1);
  await cp(live.folder, sample.folder, { recursive: true });
  await graph.close();
  await live.remove();
});
afterAll(() => sample.remove());
beforeEach(async () => {
  made = await graphFolder();
  folder = made.folder;
  await cp(sample.folder, folder, { recursive: true });
});
afterEach(() => made.remove());

const mainFile = () => join(folder, "graph.grafeo");
async function logFile(): Promise<string> {
  const names = await readdir(`${mainFile()}.wal`);
  return join(
    `${mainFile()}.wal`,
    names
      .filter((name) => name.endsWith(".log"))
      .sort()
      .at(-1) ?? "",
  );
}
async function overwrite(path: string, at: number, length: number): Promise<void> {
  const file = await open(path, "r+");
  await file.write(Buffer.alloc(length, 0xee), 0, length, at);
  await file.close();
}
const lengthOf = async (path: string) => (await stat(path)).size;

/** The store works on, and the next opening finds nothing wrong. */
async function worksOn(graph: EmbeddedGraph): Promise<void> {
  await write(graph, 100_000);
  const pairs = await whole(graph);
  await graph.close();
  const again = await openGraphIn(folder);
  expect(await whole(again)).toEqual(pairs);
  expect(again.recovered).toBeNull();
  await again.close();
}

describe("an opening", () => {
  it("after a power cut finds every acknowledged write, and nothing to tell", async () => {
    const graph = await openGraphIn(folder);
    expect(await whole(graph)).toEqual(upTo(WRITES));
    expect(graph.recovered).toBeNull();
    expect(existsSync(join(folder, "quarantine")) ? await readdir(join(folder, "quarantine")) : []).toEqual([]);
    await worksOn(graph);
  });

  it("of a log with a torn end keeps the rest, keeps the torn log aside, and tells", async () => {
    const torn = (await lengthOf(await logFile())) - 37;
    await truncate(await logFile(), torn);
    const graph = await openGraphIn(folder);
    expect(await whole(graph)).toEqual(upTo(WRITES - 1));
    expect(graph.recovered).toMatchObject({ cause: expect.stringContaining("torn"), lostBytes: expect.any(Number) });
    const copy = join(folder, graph.recovered?.quarantine ?? "", "graph.grafeo.wal");
    expect(await lengthOf(join(copy, (await readdir(copy))[0] ?? ""))).toBe(torn);
    await worksOn(graph);
  });

  it("of a log with rubbish after its end loses nothing", async () => {
    await appendFile(await logFile(), Buffer.alloc(500, 0xab));
    const graph = await openGraphIn(folder);
    expect(await whole(graph)).toEqual(upTo(WRITES));
    expect(graph.recovered).toMatchObject({ lostBytes: 500 });
    await worksOn(graph);
  });

  it("of a log damaged in its middle keeps the commits before the damage, the files as they were, and tells", async () => {
    const log = await logFile();
    await overwrite(log, Math.floor((await lengthOf(log)) / 2), 64);
    const damaged = await readFile(log);
    const told: unknown[] = [];
    const graph = await openGraphIn(folder, { onRecovered: (recovery) => told.push(recovery) });
    const kept = await whole(graph);
    expect(kept).toEqual(upTo(kept.length));
    expect(kept.length).toBeGreaterThan(CHECKPOINTED);
    expect(kept.length).toBeLessThan(WRITES);
    expect(told).toEqual([graph.recovered]);
    expect(graph.recovered?.cause).toContain("damaged");
    expect(graph.recovered?.lostBytes).toBeGreaterThan(0);
    const copy = join(folder, graph.recovered?.quarantine ?? "");
    expect(await readFile(join(copy, log.slice(folder.length)))).toEqual(damaged);
    expect(existsSync(join(copy, "graph.grafeo"))).toBe(true);
    await worksOn(graph);
  });

  it("tells when the log of a run that did not end in order is gone", async () => {
    await rm(`${mainFile()}.wal`, { recursive: true });
    const graph = await openGraphIn(folder);
    expect(await whole(graph)).toEqual(upTo(CHECKPOINTED));
    expect(graph.recovered?.cause).toContain("missing");
    await worksOn(graph);
  });

  const unreadable: [string, () => Promise<void>][] = [
    ["cut off", async () => truncate(mainFile(), 5_000)],
    ["emptied", async () => truncate(mainFile(), 0)],
    ["overwritten at its head", async () => overwrite(mainFile(), 0, 64)],
    ["removed", async () => rm(mainFile())],
  ];
  it.each(unreadable)("is refused, with the cause and a copy kept once, when the main file was %s", async (_, damage) => {
    await damage();
    const refusal = openGraphIn(folder);
    await expect(refusal).rejects.toBeInstanceOf(AppError);
    await expect(refusal).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringMatching(/graph\.grafeo/) });
    await expect(refusal).rejects.not.toHaveProperty("message", expect.stringContaining(folder));
    await expect(openGraphIn(folder)).rejects.toMatchObject({ code: "store-unavailable" });
    expect(await readdir(join(folder, "quarantine"))).toHaveLength(1);
    expect(existsSync(`${mainFile()}.wal`)).toBe(true);
  });

  it("makes no new store where one must be", async () => {
    await rm(mainFile());
    await rm(`${mainFile()}.wal`, { recursive: true });
    await expect(openGraphIn(folder, { expected: true })).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("missing"),
    });
    expect(existsSync(mainFile())).toBe(false);
  });

  it("is refused while another process has the store open", async () => {
    const holder = await openGraphIn(folder);
    await expect(openGraphIn(folder)).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("in use") });
    expect(await whole(holder)).toEqual(upTo(WRITES));
    await holder.close();
  });

  it("is refused with the cause where the folder cannot be written", async () => {
    const blocked = join(folder, "a-file");
    await writeFile(blocked, "");
    await expect(openGraphIn(blocked)).rejects.toMatchObject({ code: "store-unavailable" });
  });

  it("sweeps copies that a crash cut off", async () => {
    await mkdir(join(folder, "quarantine", "2026-01-01.partial"), { recursive: true });
    const graph = await openGraphIn(folder);
    expect(await readdir(join(folder, "quarantine"))).toEqual([]);
    await graph.close();
  });
});

describe("a log damaged anywhere", () => {
  it("opens with whole transactions from the beginning, or is refused with the cause; never hangs, never crashes", async () => {
    const damage = fc.record({ at: fc.integer({ min: 0, max: 99 }), length: fc.integer({ min: 1, max: 300 }), cut: fc.boolean() });
    const outcomes = { opened: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, length, cut }) => {
        await rm(folder, { recursive: true });
        await cp(sample.folder, folder, { recursive: true });
        const log = await logFile();
        const position = Math.floor(((await lengthOf(log)) * at) / 100);
        if (cut) await truncate(log, position);
        else await overwrite(log, position, length);
        const graph = await openGraphIn(folder).catch((error: unknown) => {
          expect(error).toMatchObject({ code: "store-unavailable" });
          return null;
        });
        outcomes[graph === null ? "refused" : "opened"] += 1;
        if (graph === null) return;
        const kept = await whole(graph);
        expect(kept).toEqual(upTo(kept.length));
        expect(kept.length).toBeGreaterThanOrEqual(CHECKPOINTED);
        // A log that ends exactly between two commits looks like one that was never longer.
        if (!cut && kept.length < WRITES - 1) expect(graph.recovered).not.toBeNull();
        await graph.close();
      }),
      { numRuns: 20 },
    );
    console.info(
      `a log damaged at 20 places: ${outcomes.opened} opened with a whole beginning, ${outcomes.refused} refused with the cause`,
    );
  });
});
