import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedResearch } from "@main/data/graph/embedded-research.ts";
import { describe, expect, it } from "vitest";
import { createTestClock } from "../world/test-clock.ts";
import { silentLog } from "./embedded-graph.ts";
import { researchContract } from "./research.contract.ts";
import { openResearchWorld, researchFiles } from "./research-clinic.ts";

researchContract("the embedded engine, masked", { masked: true, open: openResearchWorld });
researchContract("the embedded engine, with identities", { masked: false, open: openResearchWorld });

describe("the research engine", { timeout: 60_000 }, () => {
  it("starts nothing before it is asked, removes what a run before left, and leaves nothing behind", async () => {
    const world = await openResearchWorld();
    try {
      expect([await researchFiles(world.folder), world.running.size]).toEqual([[], 0]);
      await world.run("RETURN 1 AS one");
      expect(await researchFiles(world.folder)).toContain(join("1", "research.grafeo"));
      await world.engine.close();
      expect([await researchFiles(world.folder), world.running.size]).toEqual([[], 0]);
      await expect(world.run("RETURN 1 AS one")).rejects.toMatchObject({ code: "store-unavailable" });
    } finally {
      await world.close();
    }
  });

  it("removes the snapshots that a crash left", async () => {
    const { folder, graph, close } = await openResearchWorld();
    try {
      await mkdir(join(folder, "research", "7"), { recursive: true });
      await writeFile(join(folder, "research", "7", "research.grafeo"), "left");
      const refuse = () => {
        throw new Error("nothing is started");
      };
      const clock = createTestClock("2026-03-03T08:00:00.000Z");
      const again = await openEmbeddedResearch({
        folder,
        graph,
        launcher: refuse,
        log: silentLog,
        clock,
        pseudonymKey: () => Promise.resolve(Buffer.alloc(32)),
      });
      expect(await researchFiles(folder)).toEqual([]);
      await again.close();
    } finally {
      await close();
    }
  });

  it("lets go of its processes and its snapshot when nobody asks any more, and takes them up again", async () => {
    const world = await openResearchWorld({ idleMs: 200 });
    try {
      await world.run("RETURN 1 AS one");
      await expect.poll(async () => [(await researchFiles(world.folder)).length, world.running.size]).toEqual([0, 0]);
      expect((await world.run("RETURN 1 AS one")).rows).toEqual([[1]]);
    } finally {
      await world.close();
    }
  });
});
