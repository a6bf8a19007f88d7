import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AMINA, BASIL, seedPeople } from "./research-clinic.ts";
import { openServerBed, type ServerBed } from "./research-on-servers.ts";

const codeOf = (error: { code: string }) => error.code;
/** Busy for ever, with little memory. */
const SLOW = "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j UNWIND range(1, 1000000) AS k RETURN count(*) AS n";
const MEMORY: readonly (readonly [string, string])[] = [
  ["a huge collect", "UNWIND range(1, 100000000) AS i RETURN collect(toString(i) + 'abcdefgh') AS x"],
  ["many sorted rows", "UNWIND range(1, 50000000) AS i RETURN i AS i, toString(i) AS s ORDER BY s DESC"],
];

describe("a query on Neo4j that takes more than it may have", { timeout: 180_000 }, () => {
  let bed: ServerBed;
  const limits = { timeoutMs: 4_000, memoryBytes: 600 * 1024 * 1024, beyondOpenBytes: 300 * 1024 * 1024 };
  beforeAll(async () => {
    bed = await openServerBed({ limits });
    await seedPeople(bed, [AMINA, BASIL]);
    await run("RETURN 1 AS one");
  });
  afterAll(() => bed.close());
  const run: ServerBed["run"] = (cypher, more) => bed.run(cypher, { masked: false, ...more });

  const atWork = () => researchersAtWork(bed);

  it("is ended at its time, on the server too, and the next query works", async () => {
    const before = performance.now();
    const slow = run(SLOW).catch(codeOf);
    await expect.poll(atWork, { timeout: 3_000 }).toEqual([expect.stringContaining("UNWIND range(1, 1000000)")]);
    expect(await slow).toBe("timeout");
    expect(performance.now() - before).toBeLessThan(limits.timeoutMs + 1_500);
    await expect.poll(atWork, { timeout: 2_000 }).toEqual([]);
    expect((await run("MATCH (p:Patient) RETURN count(p) AS n")).rows).toEqual([[2]]);
  });

  it("is ended on the server within a second of being cancelled", async () => {
    const cancel = new AbortController();
    const slow = run(SLOW, { signal: cancel.signal }).catch(codeOf);
    await expect.poll(atWork, { timeout: 3_000 }).toHaveLength(1);
    const before = performance.now();
    cancel.abort();
    expect(await slow).toBe("cancelled");
    await expect.poll(atWork, { timeout: 2_000, interval: 20 }).toEqual([]);
    const tookMs = performance.now() - before;
    console.info(`cancelled and gone from the server after ${tookMs.toFixed(0)} ms`);
    expect(tookMs).toBeLessThan(1_000);
  });

  it.each(MEMORY)("%s is ended by the server's limit or ours, once", async (_name, cypher) => {
    // The process that the last one cost has been replaced.
    await run("RETURN 1 AS one");
    const before = performance.now();
    expect(await run(cypher).then(() => "answered", codeOf)).toMatch(/^(too-large|timeout)$/);
    // A driver's managed transaction would try a memory bomb again and again.
    expect(performance.now() - before).toBeLessThan(limits.timeoutMs + 2_000);
    await expect.poll(atWork, { timeout: 2_000 }).toEqual([]);
    expect((await run("RETURN 1 AS one")).rows).toEqual([[1]]);
  });

  it("a row that holds more than this process may is ended here, though the server would send it", async () => {
    // Each node is sent whole, which no limit of the server counts.
    await bed.write(
      "UNWIND range(1, 300) AS i CREATE (c:Condition {code: toString(i), title: reduce(s = 'x', j IN range(1, 17) | s + s)})",
    );
    const wide = "MATCH (c:Condition) WITH collect(c) AS l RETURN [i IN range(1, 100) | l] AS x";
    expect(await run(wide, { maxBytes: 1_000_000_000 }).then(() => "answered", codeOf)).toMatch(/^(too-large|timeout)$/);
    expect((await run("RETURN 1 AS one")).rows).toEqual([[1]]);
  });

  it("leaves no process behind, however often it happens", async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const cancel = new AbortController();
      const query = run(SLOW, { signal: cancel.signal });
      setTimeout(() => cancel.abort(), 60 * (turn % 4));
      await expect(query).rejects.toMatchObject({ code: "cancelled" });
    }
    await expect.poll(() => bed.running.size, { timeout: 10_000 }).toBeLessThanOrEqual(2);
    await expect.poll(atWork, { timeout: 2_000 }).toEqual([]);
  });

  it("a short one answers at once: the connection is there", async () => {
    await sleep(1_000);
    const times: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const before = performance.now();
      await run("MATCH (p:Patient {id: $id}) RETURN p.region AS region", { parameters: { id: "P000001" } });
      times.push(performance.now() - before);
    }
    const median = times.toSorted((a, b) => a - b)[10] ?? 0;
    console.info(`a live query of one patient: ${median.toFixed(1)} ms in the median of 20`);
    expect(median).toBeLessThan(1_000);
  });
});

describe("a large answer of Neo4j", { timeout: 180_000 }, () => {
  it("is kept up to what a result may have, and the server is done with it", async () => {
    // Time enough, also where the machine has other work.
    const bed = await openServerBed({ limits: { timeoutMs: 60_000 } });
    try {
      const { rows, capped, durationMs } = await bed.run("UNWIND range(1, 1000000) AS i RETURN i AS i, toString(i) AS s", {
        ...{ masked: false, maxRows: 100_000, maxBytes: 64 * 1024 * 1024 },
      });
      console.info(`100,000 of 1,000,000 rows after ${durationMs.toFixed(0)} ms`);
      expect([rows.length, rows.at(-1), capped]).toEqual([100_000, [100_000, "100000"], true]);
      await expect.poll(() => researchersAtWork(bed), { timeout: 2_000 }).toEqual([]);
    } finally {
      await bed.close();
    }
  });
});

/** The statements of researchers that the server is at, as it says itself. */
async function researchersAtWork({ graph }: ServerBed): Promise<string[]> {
  const session = graph.session("read");
  try {
    const { records } = await session.run("SHOW TRANSACTIONS YIELD metaData, currentQuery, status");
    const ours = records.filter((record) => record.get("metaData")?.purpose === "research");
    return ours.map((record) => `${record.get("status")}: ${record.get("currentQuery")}`);
  } finally {
    await session.close();
  }
}
