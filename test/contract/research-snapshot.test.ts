import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graphFolder, openGraphIn } from "./embedded-graph.ts";
import { AMINA, BASIL, NEVER, openResearchWorld, type ResearchWorld, seedPeople } from "./research-clinic.ts";

const ADD = { name: "test/add", text: "CREATE (l:Left {pair: $pair}), (r:Right {pair: $pair}) RETURN $pair AS pair", writes: true };
const FIND = { name: "test/find", text: "MATCH (n) WHERE n:Left OR n:Right RETURN n.pair AS pair, count(*) AS halves", writes: false };
const ROUNDS = 10;

describe("a snapshot of the graph", { timeout: 120_000 }, () => {
  it(`has, in ${ROUNDS} of ${ROUNDS} tries under writers, every write acknowledged before it, and none in part`, async () => {
    const { folder, remove } = await graphFolder();
    // The log is moved into the main file every few writes, which is what a copy must not run into.
    const graph = await openGraphIn(folder, { checkpointBytes: 8_192 });
    let [pair, stopped] = [0, false];
    const acknowledged = new Set<number>();
    const writer = async () => {
      while (!stopped) {
        pair += 1;
        const mine = pair;
        await graph.write((w) => w.execute(ADD, { pair: mine }));
        acknowledged.add(mine);
      }
    };
    const writers = Array.from({ length: 4 }, writer);
    try {
      for (let round = 1; round <= ROUNDS; round += 1) {
        const sofar = acknowledged.size;
        await expect.poll(() => acknowledged.size).toBeGreaterThan(sofar + 20);
        const before = [...acknowledged];
        const target = join(folder, "copies", String(round));
        await mkdir(target, { recursive: true });
        expect(await graph.snapshot(target)).toBe(join(target, "graph.grafeo"));
        const copy = await openGraphIn(target);
        try {
          const found = await copy.read((r) => r.query<{ pair: number; halves: number }>(FIND));
          const halves = new Map(found.map((row) => [row.pair, row.halves]));
          expect(before.filter((one) => halves.get(one) !== 2)).toEqual([]);
          expect([...halves.values()].filter((count) => count !== 2)).toEqual([]);
        } finally {
          await copy.close();
        }
      }
    } finally {
      stopped = true;
      await Promise.all(writers);
      await graph.close();
      await remove();
    }
  });

  it("lets checkpoints go on afterwards, and tells when it cannot be made", async () => {
    const { folder, remove } = await graphFolder();
    const graph = await openGraphIn(folder, { checkpointBytes: 8_192 });
    try {
      await expect(graph.snapshot(join(folder, "graph.grafeo", "below-a-file"))).rejects.toMatchObject({ code: "store-unavailable" });
      await graph.snapshot(join(folder, "copy"));
      for (let pair = 0; pair < 200; pair += 1) await graph.write((w) => w.execute(ADD, { pair }));
      const logs = await readdir(join(folder, "graph.grafeo.wal"));
      const sizes = await Promise.all(logs.map(async (name) => (await stat(join(folder, "graph.grafeo.wal", name))).size));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000);
    } finally {
      await graph.close();
      await remove();
    }
  });
});

describe("research on a graph that changes", { timeout: 180_000 }, () => {
  let world: ResearchWorld;
  beforeAll(async () => {
    world = await openResearchWorld();
    await seedPeople(world, [AMINA]);
  });
  afterAll(() => world.close());
  const count = async () => (await world.run("MATCH (p:Patient) RETURN count(p) AS n")).rows[0]?.[0];
  const register = () =>
    world.write("CREATE (p:Patient {id: $id, givenName: $name}) RETURN p.id AS id", { id: crypto.randomUUID(), name: BASIL.givenName });

  it("answers from the snapshot that is there, says when that was taken, and takes another when asked", async () => {
    expect(await count()).toBe(1);
    await register();
    world.clock.advance(60);
    const before = await world.run("MATCH (p:Patient) RETURN count(p) AS n");
    expect(before).toMatchObject({ rows: [[1]], snapshotAt: "2026-03-03T08:00:00.000Z" });
    expect(await world.engine.schema(true, true)).toMatchObject({ snapshotAt: "2026-03-03T08:01:00.000Z" });
    const after = await world.run("MATCH (p:Patient) RETURN count(p) AS n");
    expect(after).toMatchObject({ rows: [[2]], snapshotAt: "2026-03-03T08:01:00.000Z" });
  });

  it("takes another by itself when the graph has moved on and the last one is old", async () => {
    const now = (await count()) as number;
    await register();
    // At least 2 s, and 20 times what the last one cost; what follows the first query that finds it old is up to date.
    await expect.poll(count, { timeout: 170_000, interval: 500 }).toBe(now + 1);
  });

  it("keeps the one it has when nothing was written", async () => {
    await world.engine.schema(true, true);
    world.clock.advance(60);
    const { snapshotAt } = await world.run("RETURN 1 AS one");
    await sleep(2_500);
    expect((await world.run("RETURN 1 AS one")).snapshotAt).toBe(snapshotAt);
  });

  it("finishes a query on the snapshot it began on, and knows its nodes no more once another has taken its place", async () => {
    const { graph } = await world.run("MATCH (p:Patient) RETURN p AS p");
    const old = graph.nodes[0]?.id ?? "";
    await expect(world.engine.expand(old, [], 10, true, NEVER)).resolves.toMatchObject({ truncated: false });
    const slow = world.run("UNWIND range(1, 2000) AS i UNWIND range(1, 1000) AS j RETURN count(*) AS n");
    await register();
    await world.engine.schema(true, true);
    expect((await slow).rows).toEqual([[2_000_000]]);
    await expect(world.engine.expand(old, [], 10, true, NEVER)).rejects.toMatchObject({ code: "not-found" });
  });

  it("keeps answering while the graph's engine is being restarted", async () => {
    await count();
    process.kill(world.graph.enginePid ?? 0, "SIGKILL");
    expect(await count()).toBeGreaterThan(0);
  });
});
