import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmbeddedGraph } from "@main/data/graph/embedded.ts";
import { forkProcess, type ProcessLauncher } from "@main/platform/process-launcher.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ENGINE_ENTRY, graphFolder, openGraphIn } from "./embedded-graph.ts";
import { addProbe, countProbes, reading } from "./graph-statements.ts";

/** What a machine under full load may take; the kill tests measure the goal of 3 s. */
const RESTART_MS = 15_000;
/** Ten thousand million rows to count: longer than any deadline. */
const endless = reading("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS rows");
/** So many comparisons overflow the engine's stack. */
const deadly = reading(`RETURN ${Array.from({ length: 20_000 }, (_, index) => index).join(" < ")} AS answer`);

let made: { folder: string; remove: () => Promise<void> };
let graph: EmbeddedGraph;
let states: string[];
let launches: number;

const countingEngine: ProcessLauncher = () => {
  launches += 1;
  return forkProcess(ENGINE_ENTRY)();
};
const open = async (deadlineMs?: number) => {
  graph = await openGraphIn(made.folder, { deadlineMs, engine: countingEngine });
  graph.onState((state) => states.push(state));
};
const isUp = () => expect.poll(() => states.at(-1), { timeout: RESTART_MS, interval: 10 }).toBe("up");
const probes = () => graph.read((r) => r.query(countProbes));

beforeEach(async () => {
  made = await graphFolder();
  states = [];
  launches = 0;
});
afterEach(async () => {
  await graph.close();
  await made.remove();
});

describe("an engine", () => {
  it("that hangs is killed at the deadline; what was kept is there when it is back", async () => {
    await open(500);
    await graph.write((w) => w.execute(addProbe, { name: "kept", value: 1 }));
    const pid = graph.enginePid;
    const startedAt = performance.now();
    await expect(graph.read((r) => r.query(endless))).rejects.toMatchObject({ code: "timeout" });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(states).toEqual(["down"]);
    expect(await probes()).toEqual([{ probes: 1 }]);
    await isUp();
    expect(graph.enginePid).not.toBe(pid);
    expect(states).toEqual(["down", "up"]);
    expect(await probes()).toEqual([{ probes: 1 }]);
  });

  it("that is kept busy by one call does not hold up the others", async () => {
    await open(3_000);
    let busyEnded = false;
    const busy = graph
      .read((r) => r.query(endless))
      .finally(() => {
        busyEnded = true;
      });
    busy.catch(() => undefined);
    expect(await graph.write((w) => w.execute(addProbe, { name: "meanwhile", value: 1 }))).toEqual([{ name: "meanwhile" }]);
    expect(await probes()).toEqual([{ probes: 1 }]);
    expect(busyEnded).toBe(false);
    await expect(busy).rejects.toMatchObject({ code: "timeout" });
    await isUp();
    expect(await probes()).toEqual([{ probes: 1 }]);
  });

  it("that crashes fails the calls under way cleanly and is back by itself", async () => {
    await open();
    await graph.write((w) => w.execute(addProbe, { name: "kept", value: 1 }));
    const half = graph.write(async (w) => {
      await w.execute(addProbe, { name: "half", value: 1 });
      process.kill(graph.enginePid ?? 0, "SIGKILL");
      await w.execute(addProbe, { name: "half", value: 2 });
    });
    await expect(half).rejects.toMatchObject({ code: "store-unavailable" });
    await isUp();
    expect(await probes()).toEqual([{ probes: 1 }]);
    expect(await graph.health()).toMatchObject({ state: "up" });
  });

  it("that a statement crashes costs that statement, not the application", async () => {
    await open();
    await expect(graph.read((r) => r.query(deadly))).rejects.toMatchObject({ code: "store-unavailable" });
    await isUp();
    expect(await probes()).toEqual([{ probes: 0 }]);
    expect(states).toEqual(["down", "up"]);
  });

  it("is waited for by calls that come while it restarts", async () => {
    await open();
    process.kill(graph.enginePid ?? 0, "SIGKILL");
    await expect.poll(() => states, { interval: 1 }).toContain("down");
    expect(await graph.health()).toMatchObject({ state: "down" });
    expect(await graph.write((w) => w.execute(addProbe, { name: "patient", value: 1 }))).toEqual([{ name: "patient" }]);
  });

  it("whose log vanishes acknowledges nothing more; the next one tells of the loss", async () => {
    await open();
    await graph.write((w) => w.execute(addProbe, { name: "before", value: 1 }));
    await rm(join(made.folder, "graph.grafeo.wal"), { recursive: true });
    await expect(graph.write((w) => w.execute(addProbe, { name: "after", value: 1 }))).rejects.toMatchObject({ code: "store-unavailable" });
    await isUp();
    expect(graph.recovered?.cause).toContain("missing");
    expect(await graph.write((w) => w.execute(addProbe, { name: "again", value: 1 }))).toEqual([{ name: "again" }]);
  });

  it("that is down when the graph is closed stays down", async () => {
    await open();
    process.kill(graph.enginePid ?? 0, "SIGKILL");
    await expect.poll(() => states, { interval: 1 }).toContain("down");
    await graph.close();
    const before = launches;
    await sleep(300);
    expect(launches).toBe(before);
    expect(states).toEqual(["down"]);
    await expect(probes()).rejects.toMatchObject({ code: "store-unavailable" });
  });

  it("whose store cannot be opened again stays down and says why, without a crash loop", async () => {
    await open();
    await graph.write((w) => w.execute(addProbe, { name: "kept", value: 1 }));
    await truncate(join(made.folder, "graph.grafeo"), 100);
    process.kill(graph.enginePid ?? 0, "SIGKILL");
    const refused = graph.read((r) => r.query(countProbes));
    await expect(refused).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(probes()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("graph.grafeo") });
    expect(states).toEqual(["down"]);
    expect(launches).toBeLessThanOrEqual(7);
  }, 15_000);
});

describe("an engine that does not start", () => {
  it.each([
    ["ends at once", () => forkProcess("/nowhere/no-engine.ts")()],
    [
      "cannot be launched",
      () => {
        throw new Error("too many processes");
      },
    ],
  ] as [string, ProcessLauncher][])("is told as such when it %s", async (_, engine) => {
    await open();
    const other = await graphFolder();
    await expect(openGraphIn(other.folder, { engine })).rejects.toMatchObject({ name: "AppError", code: "store-unavailable" });
    await other.remove();
  });
});

describe("group commit", () => {
  it("makes every commit durable, and many with one sync when many wait", async () => {
    await open();
    const before = await graph.figures();
    for (let index = 0; index < 50; index += 1) await graph.write((w) => w.execute(addProbe, { name: `one-${index}`, value: index }));
    const single = await graph.figures();
    expect(single.commits - before.commits).toBe(50);
    expect(single.syncs - before.syncs).toBe(50);
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => graph.write((w) => w.execute(addProbe, { name: `many-${index}`, value: index }))),
    );
    const ms = performance.now() - startedAt;
    const many = await graph.figures();
    const [commits, syncs] = [many.commits - single.commits, many.syncs - single.syncs];
    expect(commits).toBe(1_000);
    expect(syncs).toBeLessThanOrEqual(commits);
    console.info(`${commits} durable writes at once: ${(ms / commits).toFixed(2)} ms each, ${(commits / syncs).toFixed(1)} commits a sync`);
  });
});
