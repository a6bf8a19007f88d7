import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDLESS, openResearchWorld, type ResearchWorld } from "../integration/research-world.ts";

const TURNS = 60;
/** The bench measures the goal, twice as long at most; a machine with other work only shows whether routes are held up. */
const TIMES = 5;
const PATIENCE_MS = 250;

describe("other routes while a research query takes all it may have", { timeout: 120_000 }, () => {
  let world: ResearchWorld;
  beforeAll(async () => {
    world = await openResearchWorld();
  });
  afterAll(() => world.close());

  it("are not held up by it", async () => {
    const { researcher, clinic } = world;
    const desk = world.as(clinic.users.reception);
    const calls = [() => desk("patients", "search", { text: "given" }), () => desk("scheduling", "listDay", { day: "2026-03-03" })];
    await world.call("research", "run", { cypher: "RETURN 1 AS one" }, researcher);
    const alone = await slowest(calls);
    const queryId = crypto.randomUUID();
    const bomb = world.call("research", "run", { cypher: ENDLESS, queryId }, researcher).catch((error: { code: string }) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const beside = await slowest(calls);
    expect(beside).toBeLessThan(Math.max(TIMES * alone, PATIENCE_MS));
    // It was at work all the while.
    expect(await world.call("research", "cancel", { queryId }, researcher)).toEqual({ cancelled: true });
    expect(await bomb).toBe("cancelled");
  });
});

/** The 95th percentile of calling each in turn, in milliseconds. */
async function slowest(calls: readonly (() => Promise<unknown>)[]): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const call of calls) {
      const before = performance.now();
      await call();
      times.push(performance.now() - before);
    }
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}
