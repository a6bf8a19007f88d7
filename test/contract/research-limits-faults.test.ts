import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { QUERY_MEMORY_BYTES, QUERY_TIMEOUT_MS } from "@shared/model/research-limits.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AMINA, BASIL, openResearchWorld, type ResearchWorld, researchFiles, seedPeople } from "./research-clinic.ts";

/** What a query may end with that takes more than it may have. */
const ENDS = /^(timeout|too-large|unsupported-construct|invalid-input|syntax)$/;
const TIME_OR_MEMORY = /^(timeout|too-large)$/;
/** Busy for ever, with little memory. */
const SLOW = "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*) AS n";
/** Takes all the memory that there is. */
const GREEDY = "UNWIND range(1, 100000000) AS i RETURN collect(toString(i) + 'abcdefgh') AS x";
const nested = (depth: number) => `RETURN ${"[".repeat(depth)}1${"]".repeat(depth)} AS x`;

const BOMBS: readonly (readonly [name: string, cypher: string, ends: RegExp])[] = [
  ["a cartesian product", SLOW, TIME_OR_MEMORY],
  ["a long count", "UNWIND range(1, 100000000) AS i UNWIND range(1, 100000) AS j RETURN count(*) AS n", TIME_OR_MEMORY],
  ["a range to 10^9", "RETURN range(1, 1000000000) AS x", TIME_OR_MEMORY],
  ["a range to 2^60", "RETURN size(range(1, 1152921504606846976)) AS x", ENDS],
  ["a range to 2^63", "UNWIND range(0, 9223372036854775807) AS i RETURN i AS i", ENDS],
  ["a huge collect", GREEDY, TIME_OR_MEMORY],
  ["a collect of collects", "UNWIND range(1, 10000000) AS i WITH collect(i) AS l UNWIND l AS j RETURN collect(l) AS x", TIME_OR_MEMORY],
  ["a string that doubles", "RETURN reduce(s = 'x', i IN range(1, 40) | s + s) AS x", TIME_OR_MEMORY],
  ["a list that doubles", "RETURN reduce(l = [1], i IN range(1, 40) | l + l) AS x", ENDS],
  ["a reduce over 10^9", "RETURN reduce(s = 0, i IN range(1, 1000000000) | s + i) AS x", TIME_OR_MEMORY],
  // The engine gives up by itself where memory is not eaten first.
  ["paths of any length", "MATCH x = (a)-[*]-(b) RETURN count(x) AS n", /^(timeout|too-large|invalid-input)$/],
  ["many sorted rows", "UNWIND range(1, 50000000) AS i RETURN i AS i, toString(i) AS s ORDER BY s DESC", TIME_OR_MEMORY],
  ["many distinct rows", "UNWIND range(1, 100000000) AS i RETURN DISTINCT toString(i) + 'abcdefgh' AS s", TIME_OR_MEMORY],
  ["520 chained comparisons", `RETURN ${Array.from({ length: 520 }, () => "1").join(" < ")} AS x`, ENDS],
  ["lists nested 3,000 deep", nested(3_000), ENDS],
  ["brackets nested 3,000 deep", `RETURN ${"(".repeat(3_000)}1${")".repeat(3_000)} AS x`, ENDS],
  ["a sum of 9,000 parts", `RETURN ${Array.from({ length: 9_000 }, () => "1").join("+")} AS x`, /./],
];

describe("a query that takes more than it may have", { timeout: 120_000 }, () => {
  let world: ResearchWorld;
  // Less than in use, so that a test takes seconds; the limits are the same code.
  const limits = { timeoutMs: 3_000, memoryBytes: 500 * 1024 * 1024, beyondOpenBytes: 300 * 1024 * 1024 };
  beforeAll(async () => {
    world = await openResearchWorld({ limits });
    await seedPeople(world, [AMINA, BASIL]);
    await world.write("UNWIND range(1, 40) AS i CREATE (d:Doctor {id: 'X' + toString(i)}), (p:Patient {id: 'Y' + toString(i)})");
    await world.write("MATCH (d:Doctor), (p:Patient) CREATE (d)-[:TREATS]->(p)");
    await world.run("RETURN 1 AS one");
  });
  afterAll(() => world.close());

  it.each(BOMBS)("%s ends in time, and the next query works", async (_name, cypher, ends) => {
    const before = performance.now();
    const outcome = await world.run(cypher).then(
      () => "answered",
      (error: { code: string }) => error.code,
    );
    expect(performance.now() - before).toBeLessThan(limits.timeoutMs + 1_500);
    expect(outcome).toMatch(ends);
    const again = performance.now();
    expect((await world.run("MATCH (p:Patient) RETURN count(p) AS n")).rows).toEqual([[42]]);
    expect(performance.now() - again).toBeLessThan(3_000);
  });

  it.runIf(process.platform === "linux")("runs behind everything else, on every thread", async () => {
    const cancel = new AbortController();
    const slow = world.run(SLOW, { signal: cancel.signal }).catch((error: { code: string }) => error.code);
    await sleep(500);
    const busy = [...world.running].map(({ pid }) => readdirSync(`/proc/${pid}/task`).map((thread) => getPriority(Number(thread))));
    expect(busy).toContainEqual(busy[0]?.map(() => 10));
    cancel.abort();
    expect(await slow).toBe("cancelled");
  });

  it("is stopped within a second of being cancelled, and so is one that waits for its turn", async () => {
    const cancel = new AbortController();
    const queries = Array.from({ length: 4 }, () =>
      world.run(SLOW, { signal: cancel.signal }).catch((error: { code: string }) => error.code),
    );
    await sleep(500);
    const before = performance.now();
    cancel.abort();
    expect(await Promise.all(queries)).toEqual(Array.from({ length: 4 }, () => "cancelled"));
    expect(performance.now() - before).toBeLessThan(1_000);
    expect((await world.run("RETURN 1 AS one")).rows).toEqual([[1]]);
  });

  it("makes others wait, two at a time, without costing them their own time", async () => {
    const bombs = [world.run(SLOW), world.run(SLOW)].map((bomb) => bomb.catch((error: { code: string }) => error.code));
    await sleep(200);
    const waiting = world.run("RETURN 1 AS one");
    expect(await Promise.all(bombs)).toEqual(["timeout", "timeout"]);
    expect((await waiting).rows).toEqual([[1]]);
  });

  it("is an error with a code when its process is killed from outside, and the next query works", async () => {
    const slow = world.run(SLOW).catch((error: { code: string }) => error.code);
    await sleep(500);
    for (const { pid } of world.running) process.kill(pid ?? 0, "SIGSEGV");
    expect(await slow).toBe("unsupported-construct");
    expect((await world.run("RETURN 1 AS one")).rows).toEqual([[1]]);
  });

  it("leaves no process and no folder behind, however often it happens", async () => {
    for (let turn = 0; turn < 15; turn += 1) {
      const cancel = new AbortController();
      const query = world.run(SLOW, { signal: cancel.signal });
      setTimeout(() => cancel.abort(), 30 * (turn % 5));
      await expect(query).rejects.toMatchObject({ code: "cancelled" });
    }
    // One that waits for the next query, and at most one more.
    await expect.poll(() => world.running.size).toBeLessThanOrEqual(2);
    expect((await researchFiles(world.folder)).filter((name) => /^\d+$/.test(name))).toHaveLength(1);
    await world.run("RETURN 1 AS one");
  });

  it("leaves the graph as it is", async () => {
    const digest = async () => {
      const rows = await world.graph.read((reader) =>
        reader.query({
          name: "test/all",
          text: "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY id(n)",
          writes: false,
        }),
      );
      return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
    };
    const before = await digest();
    const { commits } = await world.graph.figures();
    for (const [, cypher] of BOMBS.slice(0, 5)) await world.run(cypher).catch(() => undefined);
    expect(await digest()).toBe(before);
    expect((await world.graph.figures()).commits).toBe(commits);
  });
});

describe("a query that takes too much memory", { timeout: 180_000 }, () => {
  it("is ended before it takes much more than it may have", async () => {
    // Time enough, also where the machine has other work.
    const limits = { timeoutMs: 120_000, memoryBytes: 500 * 1024 * 1024, beyondOpenBytes: 1 };
    const world = await openResearchWorld({ limits });
    let most = 0;
    const look = setInterval(() => {
      for (const { pid } of world.running) most = Math.max(most, residentBytes(pid));
    }, 5);
    try {
      await expect(world.run(GREEDY)).rejects.toMatchObject({ code: "too-large" });
      expect(most).toBeGreaterThan(limits.memoryBytes / 2);
      expect(most).toBeLessThan(limits.memoryBytes + 500 * 1024 * 1024);
    } finally {
      clearInterval(look);
      await world.close();
    }
  });
});

/** What a process has in memory; nothing when it has just ended. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

describe("where the system does not tell what a process takes", { timeout: 240_000 }, () => {
  it("the process says it itself, and one that says nothing any more counts as lost", async () => {
    const limits = { timeoutMs: 100_000, memoryBytes: 500 * 1024 * 1024, beyondOpenBytes: 1, readRss: () => null };
    const world = await openResearchWorld({ limits });
    try {
      await seedPeople(world, [AMINA, BASIL]);
      await world.run("RETURN 1 AS one");
      const large = world.run(GREEDY);
      await expect(large).rejects.toMatchObject({ code: "too-large" });
      await world.run("RETURN 1 AS one");
      const slow = world.run(SLOW);
      slow.catch(() => undefined);
      await sleep(500);
      for (const { pid } of world.running) process.kill(pid ?? 0, "SIGSTOP");
      await expect(slow).rejects.toMatchObject({ code: "too-large" });
      // Those that only wait for the next query go on.
      for (const { pid } of world.running) process.kill(pid ?? 0, "SIGCONT");
      expect((await world.run("RETURN 1 AS one")).rows).toEqual([[1]]);
    } finally {
      await world.close();
    }
  });
});

describe("the limits in use", () => {
  it("are ten seconds and a gibibyte", () => {
    expect([QUERY_TIMEOUT_MS, QUERY_MEMORY_BYTES]).toEqual([10_000, 1_073_741_824]);
  });
});
