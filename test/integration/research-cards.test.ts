import { CARDS } from "@main/features/research/cards.ts";
import { createGate } from "@main/features/research/gate/index.ts";
import type { UserViewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";

const gate = createGate();
let world: World;
let researcher: UserViewer;

beforeAll(async () => {
  world = await openWorld({ sample: true, clockAt: "2026-11-22T07:42:00.000Z", liftRateLimits: true });
  researcher = await world.signIn("researcher");
  // What the first query starts, the gate's thread and the snapshot, may take longer than a call on a full machine.
  await world.call("research", "run", { cypher: "RETURN 1 AS one" }, researcher).catch(() => undefined);
  await gate.check("RETURN 1 AS one", "embedded");
}, 180_000);
afterAll(async () => {
  await gate.close();
  await world.close();
});

const runCard = (cardId: string, parameters?: Record<string, string | number>) =>
  world.call("research", "runCard", { cardId, ...(parameters && { parameters }) }, researcher);

describe("the worked examples", () => {
  it("are ten, with a title, an explanation and fields in both languages", () => {
    expect(CARDS).toHaveLength(10);
    expect(new Set(CARDS.map(({ id }) => id)).size).toBe(10);
    for (const { title, about, parameters } of CARDS) {
      for (const { en, ar } of [title, about, ...parameters.map(({ label }) => label)]) {
        expect(en).toMatch(/^[A-Z]/);
        expect(ar).toMatch(/[\u0600-\u06ff]/);
      }
    }
  });

  it("explain each step with a comment, and leave out what only programmers read", () => {
    for (const { cypher } of CARDS) {
      expect(cypher.split("\n").filter((line) => line.trim().startsWith("//")).length).toBeGreaterThanOrEqual(3);
      expect(cypher).not.toMatch(/^\/\/ (?:params|returns)/m);
      expect(cypher).toMatch(/^\/\/ .*\?$/m);
    }
  });

  it("pass the gate of either engine, and ask for exactly the parameters they use", async () => {
    for (const { cypher, parameters } of CARDS) {
      for (const engine of ["embedded", "neo4j"] as const) {
        const verdict = await gate.check(cypher, engine);
        if (!verdict.ok) throw new Error(verdict.message);
        expect(verdict.parameters.toSorted()).toEqual(parameters.map(({ name }) => name).toSorted());
      }
    }
  });

  it.each(CARDS.map(({ id, view }) => [id, view] as const))("%s answers on the sample clinic, with identities masked", async (id, view) => {
    const { columns, rows, graph, masked, rowCount, durationMs } = await runCard(id);
    console.info(
      `${id}: ${rowCount} rows, ${graph.nodes.length} nodes, ${durationMs.toFixed(0)} ms; ${JSON.stringify(rows[0]).slice(0, 200)}`,
    );
    expect(masked).toBe(true);
    expect(rowCount).toBeGreaterThan(view === "table" ? 2 : 10);
    expect(columns.length).toBeGreaterThan(0);
    if (view === "table") expect(rows.flat().filter((cell) => cell === null)).toEqual([]);
    else expect(graph.edges.length).toBeGreaterThan(10);
    for (const { labels, properties } of graph.nodes) {
      if (labels.includes("Patient")) expect(Object.keys(properties)).not.toContain("familyName");
    }
  });

  it("count what the routes count: the weekdays of all appointments, day by day", async () => {
    const { rows } = await runCard("appointments-by-weekday", { since: "2026-11-01" });
    const days = await world.call(
      "research",
      "run",
      { cypher: "MATCH (a:Appointment) WHERE a.day >= '2026-11-01' RETURN a.day AS day, a.status AS status", limit: 10_000 },
      researcher,
    );
    const expected = new Map<string, number>();
    for (const [day, status] of days.rows) {
      const weekday = ((new Date(`${String(day)}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;
      const key = `${weekday} ${String(status)}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(rows.map(([weekday, , status, count]) => [`${String(weekday)} ${String(status)}`, count]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  it("hold for high blood pressure: nobody on the list has a later appointment that was kept or is to come", async () => {
    const { rows } = await runCard("high-pressure-without-follow-up", { systolic: 130, limit: 500 });
    const seen = await world.call(
      "research",
      "run",
      {
        cypher: `MATCH (p:Patient)-[:HAS_APPOINTMENT]->(a:Appointment)
                 WHERE a.status IN ['booked', 'arrived', 'in-progress', 'completed']
                 RETURN p.id AS patient, max(a.startsAt) AS last`,
        limit: 10_000,
      },
      researcher,
    );
    const last = new Map(seen.rows.map(([patient, at]) => [String(patient), String(at)]));
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(([patient, , measuredAt]) => (last.get(String(patient)) ?? "") > String(measuredAt))).toEqual([]);
  });

  it("answer less when their fields ask for less", async () => {
    expect((await runCard("who-treats-whom", { limit: 7 })).rowCount).toBe(7);
    const severe = await runCard("allergies-by-severity", { severity: "severe" });
    expect(new Set(severe.rows.map(([, severity]) => severity))).toEqual(new Set(["severe"]));
  });
});
