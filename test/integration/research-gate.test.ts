import { createGate } from "@main/features/research/gate/index.ts";
import { afterAll, describe, expect, it } from "vitest";
import { tckQueries } from "../world/shared-data.ts";
import { BOMBS, HARMLESS, HOSTILE_EMBEDDED } from "./research-gate-bombs.ts";
import { HOSTILE } from "./research-gate-texts.ts";

const gate = createGate();
afterAll(() => gate.close());

const ENGINES = ["neo4j", "embedded"] as const;
const queries = tckQueries();

describe.runIf(queries !== null)("the queries of the openCypher TCK", { timeout: 180_000 }, () => {
  it("are refused when they write, on both engines", async () => {
    const writing = (queries ?? []).filter(({ writes }) => writes);
    for (const engine of ENGINES) {
      const verdicts = await Promise.all(writing.map(({ cypher }) => gate.check(cypher, engine)));
      const through = writing.filter((_, index) => verdicts[index]?.ok).map(({ cypher }) => cypher);
      console.info(
        `TCK, ${engine}: ${writing.length} writing queries tried, ${writing.length - through.length} refused, ${through.length} accepted`,
      );
      expect(through).toEqual([]);
    }
    expect(writing.length).toBeGreaterThan(150);
  });

  it("are accepted when they read, call no procedure and are meant to work: at least 99.5 % of them", async () => {
    const reading = (queries ?? []).filter(({ writes, calls, expectsError }) => !writes && !calls && !expectsError);
    const verdicts = await Promise.all(reading.map(({ cypher }) => gate.check(cypher, "neo4j")));
    const refused = reading.filter((_, index) => !verdicts[index]?.ok).map(({ cypher }) => cypher);
    console.info(
      `TCK, neo4j: ${reading.length} reading queries tried, ${refused.length} refused, ${reading.length - refused.length} accepted`,
    );
    expect(refused.length / reading.length).toBeLessThanOrEqual(0.005);
  });

  it("are accepted for the embedded engine where it is not known to answer wrongly", async () => {
    const reading = (queries ?? []).filter(({ writes, calls, expectsError }) => !writes && !calls && !expectsError);
    const verdicts = await Promise.all(reading.map(({ cypher }) => gate.check(cypher, "embedded")));
    const refused = verdicts.filter((verdict) => !verdict.ok);
    console.info(
      `TCK, embedded: ${reading.length} reading queries tried, ${refused.length} refused, ${reading.length - refused.length} accepted`,
    );
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["unsupported-construct"]));
    expect(refused.length / reading.length).toBeLessThan(0.12);
  });

  it("are refused when they call a procedure that is not on the list", async () => {
    const calling = (queries ?? []).filter(({ calls }) => calls);
    const verdicts = await Promise.all(calling.map(({ cypher }) => gate.check(cypher, "neo4j")));
    expect(verdicts.filter(({ ok }) => ok)).toEqual([]);
  });
});

describe("hostile texts", () => {
  it.each(Object.entries({ ...HOSTILE, ...BOMBS }))("%s: none passes, each refusal says where and why", async (kind, texts) => {
    for (const engine of ENGINES) {
      const verdicts = await Promise.all(texts.map((text) => gate.check(text, engine)));
      expect(texts.filter((_, index) => verdicts[index]?.ok)).toEqual([]);
      for (const verdict of verdicts) {
        if (verdict.ok) continue;
        expect(verdict.message.length).toBeGreaterThan(10);
        expect(verdict.line).toBeGreaterThanOrEqual(1);
        expect(verdict.column).toBeGreaterThanOrEqual(1);
      }
    }
    console.info(`hostile, ${kind}: ${texts.length} tried, all refused on both engines`);
  });

  it("are many", () => {
    expect(Object.values({ ...HOSTILE, ...BOMBS }).flat().length).toBeGreaterThanOrEqual(200);
  });

  it("that would end the embedded engine are refused there", async () => {
    for (const text of HOSTILE_EMBEDDED) {
      expect(await gate.check(text, "embedded")).toMatchObject({ ok: false, code: "unsupported-construct" });
    }
  });

  it("do not drag harmless ones along", async () => {
    for (const engine of ENGINES) {
      const verdicts = await Promise.all(HARMLESS.map((text) => gate.check(text, engine)));
      expect(HARMLESS.filter((_, index) => !verdicts[index]?.ok)).toEqual([]);
    }
  });
});

describe("a verdict", () => {
  it("names the clause that writes and its place", async () => {
    const verdict = await gate.check("MATCH (n)\n  SET n.x = 1\nRETURN n", "neo4j");
    expect(verdict).toMatchObject({ ok: false, code: "not-read-only", construct: "SET", line: 2, column: 3 });
  });

  it("names the place of what is no Cypher, and repeats no text that may be somebody's name", async () => {
    const verdict = await gate.check("MATCH (n)\nWHERE n.name = = 'Layla Haddad' RETURN n", "embedded");
    expect(verdict).toMatchObject({ ok: false, code: "syntax", construct: null, line: 2, column: 16 });
    const other = await gate.check("MATCH (n) 'Layla Haddad' RETURN n", "embedded");
    expect(JSON.stringify(other)).not.toContain("Layla");
  });

  it("names functions and procedures in full", async () => {
    expect(await gate.check("RETURN `apoc`./* */load.json('x') AS x", "neo4j")).toMatchObject({ construct: "apoc.load.json()" });
    expect(await gate.check("CALL dbms . components()", "neo4j")).toMatchObject({ construct: "CALL dbms.components" });
  });

  it("lists the parameters, each once and without quotes", async () => {
    const verdict = await gate.check(
      "MATCH (n {id: $id}) WHERE n.day >= $since OR n.day = $`the day` RETURN $id AS x LIMIT $limit",
      "embedded",
    );
    expect(verdict).toMatchObject({ ok: true, parameters: ["id", "since", "the day", "limit"] });
  });

  it("lists the columns that hold counts of a group, through WITH and under any name", async () => {
    const cypher = `MATCH (d:Doctor)-[:TREATS]->(p:Patient)
      WITH d, count(DISTINCT p) AS patients, collect(p) AS everyone, sum(CASE p.sex WHEN 'female' THEN 1 ELSE 0 END) AS women
      RETURN d.name AS name, patients AS many, size(everyone) AS \`how many\`, women, count(*) AS rows, COUNT { (d)--() } AS edges, max(d.version) AS top`;
    expect(await gate.check(cypher, "neo4j")).toMatchObject({ ok: true, countColumns: ["many", "how many", "women", "rows", "edges"] });
    expect(await gate.check("MATCH (n) RETURN n.region, count( n )", "embedded")).toMatchObject({
      countColumns: ["count( n )", "count(n)"],
    });
  });
});

describe("the gate", { timeout: 180_000 }, () => {
  it("refuses what takes longer to read than a second, ends the thread and goes on with another", async () => {
    const lists = `${"[n IN ".repeat(11)}n${"]".repeat(11)}`;
    const before = performance.now();
    const bomb = gate.check(`RETURN [${Array.from({ length: 60 }, () => lists).join(", ")}] AS x`, "neo4j");
    const next = gate.check("RETURN 1 AS x", "neo4j");
    expect(await bomb).toMatchObject({ ok: false, code: "unsupported-construct", message: expect.stringContaining("too long") });
    expect(await next).toMatchObject({ ok: true });
    console.info(`a text that takes long to read: ended and replaced after ${(performance.now() - before).toFixed(0)} ms`);
  });

  it("refuses everything when its thread does not start, or has been closed", async () => {
    const broken = createGate({ worker: "/nowhere/gate-worker.js" });
    expect(await broken.check("RETURN 1 AS x", "neo4j")).toMatchObject({ ok: false });
    await broken.close();
    const closed = createGate();
    await closed.close();
    expect(await closed.check("RETURN 1 AS x", "neo4j")).toMatchObject({ ok: false });
  });
});
