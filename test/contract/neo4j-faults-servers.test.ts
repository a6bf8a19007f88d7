import { setTimeout as sleep } from "node:timers/promises";
import type { Neo4jGraph } from "@main/data/graph/neo4j.ts";
import { sweepMarks } from "@main/data/graph/neo4j-sweep.ts";
import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import neo4j from "neo4j-driver";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { givenServers } from "../servers/given.ts";
import { ARRIVAL_MS, type Direction, type Proxy, startProxy } from "../servers/proxy.ts";
import { addProbe, countProbes, findProbe, raiseProbe, writing } from "./graph-statements.ts";
import { neo4jGraph, settingsOf } from "./neo4j-under-test.ts";

/** A write takes fewer messages than this each way, the opening of a connection with it. */
const PIECES = 12;

/** Bolt's message that commits, as it stands on the wire: what comes next is the answer to it. */
const COMMIT = Buffer.from("0002b0120000", "hex");

let proxy: Proxy;
let graph: Neo4jGraph;
let direct: Neo4jGraph;
const behind = (port: number) => ({ ...settingsOf(), uri: `bolt://127.0.0.1:${port}` });
const valueOf = async (name: string) => (await direct.read((r) => r.query<{ value: number }>(findProbe, { name })))[0]?.value;
const marks = async () => (await direct.run("read", (t) => t.run<{ n: number }>("MATCH (m:WriteMark) RETURN count(m) AS n")))[0]?.n ?? 0;

beforeAll(async () => {
  await emptyNeo4j();
  const { hostname, port } = new URL(givenServers().neo4j.uri.replace(/^[\w+]+:/, "http:"));
  proxy = await startProxy({ host: hostname, port: Number(port) });
  direct = neo4jGraph();
  await direct.connect();
  await migrateGraph(direct, systemClock);
  graph = neo4jGraph({ settings: behind(proxy.port) });
  await graph.connect();
}, 240_000);

afterAll(async () => {
  await graph?.close();
  await direct?.close();
  await proxy?.close();
});

describe("a connection that is cut", () => {
  const cuts = (["to-server", "to-client"] as const).flatMap((direction) =>
    (["before", "after"] as const).map((when) => [direction, when] as const),
  );

  it.each(cuts)("at any message %s, %s it passes, leaves exactly one effect of a write", async (direction: Direction, when) => {
    const name = `cut-${direction}-${when}`;
    await direct.write((w) => w.execute(addProbe, { name, value: 0 }));
    let written = 0;
    let cut = 0;
    for (let piece = 1; piece <= PIECES; piece += 1) {
      proxy.arm({ direction, piece, when });
      let runs = 0;
      const [answer] = await graph.write(async (w) => {
        runs += 1;
        await w.execute(raiseProbe, { name });
        return w.query<{ value: number }>(findProbe, { name });
      });
      written += 1;
      if (proxy.cut) cut += 1;
      // What is cut right after a message passes may meet the second try, too, but not the next write.
      if (when === "after") await sleep(2 * ARRIVAL_MS);
      expect(runs).toBeLessThanOrEqual(3);
      expect({ piece, answer }).toEqual({ piece, answer: { value: written } });
      expect(await valueOf(name)).toBe(written);
    }
    proxy.arm();
    expect(cut).toBeGreaterThan(2);
  });

  it("does not run the work again when its commit was kept", async () => {
    const name = "kept";
    await direct.write((w) => w.execute(addProbe, { name, value: 0 }));
    proxy.arm({ direction: "to-client", piece: 1, when: "before", behind: COMMIT });
    const runs = vi.fn<() => void>();
    const before = await marks();
    const answer = await graph.write(async (w) => {
      runs();
      return w.execute(raiseProbe, { name });
    });
    expect(proxy.cut).toBe(true);
    expect(answer).toEqual([{ value: 1 }]);
    expect(await valueOf(name)).toBe(1);
    expect(runs).toHaveBeenCalledTimes(1);
    expect(await marks()).toBe(before + 1);
  });

  it("is not noticed by a read", async () => {
    for (let piece = 1; piece <= 4; piece += 1) {
      proxy.arm({ direction: "to-client", piece, when: "before" });
      expect((await graph.read((r) => r.query(countProbes))).length).toBe(1);
    }
    proxy.arm();
  });
});

describe("a server that is away", () => {
  it("is told at once, and found again without a restart", async () => {
    const told: string[] = [];
    const stop = graph.onState((state) => told.push(state));
    proxy.down(true);
    const startedAt = performance.now();
    await expect(graph.read((r) => r.query(countProbes))).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(graph.write((w) => w.execute(addProbe, { name: "away", value: 1 }))).rejects.toMatchObject({ code: "store-unavailable" });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(told).toEqual(["down"]);
    expect(await graph.health()).toMatchObject({ state: "down" });
    proxy.down(false);
    await vi.waitFor(() => expect(told).toEqual(["down", "up"]), { timeout: 10_000 });
    expect(await graph.read((r) => r.query(countProbes))).toHaveLength(1);
    expect(await valueOf("away")).toBeUndefined();
    stop();
  });

  it("that swallows everything ends a call at its deadline, and serves again when it is back", async () => {
    const hasty = neo4jGraph({ settings: behind(proxy.port), deadlineMs: 1_500 });
    await hasty.connect();
    proxy.blackHole(true);
    const startedAt = performance.now();
    await expect(hasty.read((r) => r.query(countProbes))).rejects.toMatchObject({ code: "timeout" });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    proxy.blackHole(false);
    await vi.waitFor(async () => expect(await hasty.read((r) => r.query(countProbes))).toHaveLength(1), { timeout: 15_000, interval: 500 });
    await hasty.close();
  });
});

describe("marks of writes", () => {
  it("are removed when they are old, in batches, and not before", async () => {
    await direct.write((w) => w.execute(writing("CREATE (p:Probe {name: 'marked'}) RETURN p.name AS name")));
    expect(await sweepMarks(direct, 3_600_000)).toBe(0);
    const old =
      "UNWIND range(1, 6000) AS n CREATE (m:WriteMark {id: 'old-' + n}) SET m.attempt = 1, m.at = timestamp() - 7200000 RETURN count(m) AS n";
    await direct.run("write", (t) => t.run(old));
    const before = await marks();
    expect(await sweepMarks(direct, 3_600_000)).toBe(6_000);
    // Each of the two batches leaves its own.
    expect(await marks()).toBe(before - 6_000 + 2);
  });
});

describe("bookmarks", () => {
  it("of what was written are what later reads and writes wait for", async () => {
    const made = vi.spyOn(neo4j, "bookmarkManager");
    const own = neo4jGraph();
    const bookmarks = made.mock.results[0]?.value as ReturnType<typeof neo4j.bookmarkManager>;
    made.mockRestore();
    await own.connect();
    expect(await bookmarks.getBookmarks()).toEqual([]);
    await own.write((w) => w.execute(addProbe, { name: "marked-1", value: 1 }));
    const [first] = [...(await bookmarks.getBookmarks())];
    await own.write((w) => w.execute(addProbe, { name: "marked-2", value: 1 }));
    const [second, ...others] = [...(await bookmarks.getBookmarks())];
    expect([typeof first, typeof second, others]).toEqual(["string", "string", []]);
    expect(second).not.toBe(first);
    await own.close();
  });
});
