import { randomUUID } from "node:crypto";
import { startHost } from "@main/app/host-server.ts";
import type { Viewer } from "@main/platform/request.ts";
import { PICTURE_NODES_MAX, QUERY_TIMEOUT_MS, RESULT_ROWS_MAX } from "@shared/model/research-limits.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_PASSWORD } from "../world/clinic-with.ts";
import { refused } from "./identity-world.ts";
import { ENDLESS, MEN, openResearchWorld, outcomesOf, type ResearchWorld, WOMEN } from "./research-world.ts";

let world: ResearchWorld;
beforeAll(async () => {
  world = await openResearchWorld();
}, 120_000);
afterAll(() => world?.close());

function run(cypher: string, more: object = {}, who: Viewer = world.researcher) {
  world.clock.advance(1);
  return world.call("research", "run", { cypher, ...more }, who);
}
const history = async (who: Viewer = world.researcher) => (await world.call("research", "listHistory", { limit: 200 }, who)).items;
const id = () => randomUUID() as never;

describe("a query", () => {
  it("answers columns, rows, time and where it came from", async () => {
    const queryId = id();
    const answer = await run("MATCH (p:Patient) RETURN p.sex AS sex, count(*) AS patients ORDER BY sex", { queryId });
    expect(answer).toEqual({
      ...{ queryId, columns: ["sex", "patients"], rowCount: 2, truncated: false, capped: false, masked: true, graphTruncated: false },
      rows: [
        ["female", WOMEN],
        ["male", MEN],
      ],
      graph: { nodes: [], edges: [] },
      durationMs: expect.any(Number),
      snapshotAt: expect.stringMatching(/^\d{4}-/),
    });
  });

  it("answers nodes and edges as a picture", async () => {
    const { rows, graph } = await run("MATCH (c:Clinic)-[r:HAS_DEPARTMENT]->(d:Department) RETURN c, r, d");
    expect(graph.nodes.map(({ labels }) => labels[0]).sort()).toEqual(["Clinic", "Department"]);
    expect(graph.edges).toEqual([expect.objectContaining({ type: "HAS_DEPARTMENT" })]);
    const [clinic, department] = ["Clinic", "Department"].map((label) => graph.nodes.find(({ labels }) => labels[0] === label)?.id);
    expect([graph.edges[0]?.from, graph.edges[0]?.to]).toEqual([clinic, department]);
    expect(rows).toEqual([[{ node: expect.anything() }, { edge: expect.anything() }, { node: expect.anything() }]]);
  });

  it("takes parameters, and only those it names", async () => {
    const cypher = "MATCH (p:Patient {sex: $sex}) RETURN count(p) AS n";
    expect((await run(cypher, { parameters: { sex: "male", unused: [1, { a: "b" }] } })).rows).toEqual([[MEN]]);
    await expect(run(cypher)).rejects.toMatchObject(refused("invalid-input", "parameters.sex"));
    await expect(run(cypher, { parameters: { sex: "a\u0000" } })).rejects.toMatchObject(refused("invalid-input", "parameters.sex"));
    const deep = [[[[[[[[[1]]]]]]]]];
    await expect(run(cypher, { parameters: { sex: deep } })).rejects.toMatchObject(refused("invalid-input", "parameters.sex"));
    await expect(run(cypher, { parameters: { sex: 2 ** 60 } })).rejects.toMatchObject(refused("invalid-input", "parameters.sex"));
    await expect(run(cypher, { parameters: { sex: { $date: 1 } } })).rejects.toMatchObject(refused("invalid-input", "parameters.sex"));
    await expect(run(cypher, { parameters: { sex: "x".repeat(65_000) } })).rejects.toMatchObject(refused("too-large", "parameters.sex"));
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, number) => [`p${number}`, 1]));
    await expect(run(cypher, { parameters: many })).rejects.toMatchObject(refused("too-large", "parameters"));
  });

  it("cannot be run under an id that a query had, whoever's it was", async () => {
    const queryId = id();
    await run("RETURN 1 AS n", { queryId });
    await expect(run("RETURN 1 AS n", { queryId })).rejects.toMatchObject(refused("conflict", "queryId"));
    await expect(run("RETURN 1 AS n", { queryId }, world.colleague)).rejects.toMatchObject(refused("conflict", "queryId"));
    expect((await history(world.colleague)).some((item) => item.queryId === queryId)).toBe(false);
  });
});

describe("a refused query", () => {
  const CASES: [string, string, string | null][] = [
    ["CREATE (n:Evil) RETURN n", "not-read-only", "CREATE"],
    ["MATCH (p:Patient)\n  DETACH DELETE p", "not-read-only", "DETACH"],
    ["MATCH (n:Note) DELETE n", "not-read-only", "DELETE"],
    ["MATCH (p:Patient) SET p.sex = 'x' RETURN p", "not-read-only", "SET"],
    ["LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "not-read-only", "LOAD CSV"],
    ["MATCH (p:Patient RETURN p", "syntax", null],
    ["RETURN duration.between(date('2020-01-01'), date('2021-01-01')) AS d", "unsupported-construct", "duration.between"],
  ];

  it.each(CASES)(
    "%j is told why and where, is in the history and the trail, and leaves nothing behind",
    async (cypher, code, construct) => {
      const counts = async () => (await world.call("research", "getSchema", { refresh: true }, world.researcher)).labels;
      const [before, roster] = [await counts(), await world.call("patients", "listRoster", {}, world.clinic.users.reception)];
      const queryId = id();
      const error = await run(cypher, { queryId }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, data: { line: expect.any(Number), column: expect.any(Number) } });
      if (construct !== null) expect(error).toMatchObject({ data: { construct: expect.stringContaining(construct) } });
      const [entry] = await history();
      expect(entry).toMatchObject({ queryId, cypher, code, outcome: "refused", rows: null });
      expect((await outcomesOf(world, "research.run"))[0]).toMatchObject({ outcome: code, reason: cypher, subject: { queryId } });
      expect(await counts()).toEqual(before);
      expect(await world.call("patients", "listRoster", {}, world.clinic.users.reception)).toEqual(roster);
      await expect(world.call("research", "readRows", { queryId, offset: 0, limit: 1 }, world.researcher)).rejects.toMatchObject(
        refused("not-found", "queryId"),
      );
    },
  );

  it("is refused by the plan too", async () => {
    const explain = (cypher: string) => world.call("research", "explain", { cypher }, world.researcher);
    await expect(explain("CREATE (n) RETURN n")).rejects.toMatchObject(refused("not-read-only"));
    await expect(explain("MATCH (")).rejects.toMatchObject(refused("syntax"));
  });
});

describe("a query that runs long", () => {
  const until = async (condition: () => Promise<boolean>) => {
    for (let tries = 0; !(await condition()); tries += 1) {
      if (tries > 600) throw new Error("it never came to be");
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const started = (queryId: string) =>
    until(async () => {
      const { items } = await world.call("reports", "auditLog", { action: "research.run", limit: 1 }, world.admin);
      return items[0]?.subject.queryId === queryId && items[0].phase === "intent";
    });

  it("ends within a second of its cancel, and another one runs at once", async () => {
    await run("RETURN 1 AS n");
    const queryId = id();
    const ended = run(ENDLESS, { queryId }).catch((error: unknown) => ({ error, at: performance.now() }));
    await started(queryId);
    await expect(run("RETURN 2 AS n")).rejects.toMatchObject(refused("conflict"));
    expect((await run("RETURN 3 AS n", {}, world.colleague)).rows).toEqual([[3]]);
    expect(await world.call("research", "cancel", { queryId }, world.colleague)).toEqual({ cancelled: false });

    const cancelledAt = performance.now();
    expect(await world.call("research", "cancel", { queryId }, world.researcher)).toEqual({ cancelled: true });
    const end = await ended;
    expect(end).toMatchObject({ error: { code: "cancelled" } });
    expect((end as { at: number }).at - cancelledAt).toBeLessThan(1000);
    expect((await run("RETURN 4 AS n")).rows).toEqual([[4]]);
    expect((await history())[1]).toMatchObject({ queryId, outcome: "cancelled", code: "cancelled" });
    expect(await world.call("research", "cancel", { queryId }, world.researcher)).toEqual({ cancelled: false });
  }, 60_000);

  it("ends when who asked hangs up", async () => {
    const host = await startHost({ app: world.app, port: 0 });
    try {
      const gone = new AbortController();
      const queryId = id();
      const [currentPassword, newPassword] = [TEST_PASSWORD, "a password of my own choice"];
      await world.call("session", "changePassword", { currentPassword, newPassword }, world.researcher);
      const { token } = await world.signIn("researcher", newPassword);
      const asked = fetch(`${host.url}/api/research/run`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ cypher: ENDLESS, queryId }),
        signal: gone.signal,
      }).catch((error: Error) => error.name);
      await started(queryId);
      await expect(run("RETURN 1 AS n")).rejects.toMatchObject(refused("conflict"));
      gone.abort();
      expect(await asked).toBe("AbortError");
      await until(async () => (await history()).some((item) => item.queryId === queryId && item.outcome === "cancelled"));
      expect((await run("RETURN 1 AS n")).rows).toEqual([[1]]);
    } finally {
      await host.close();
    }
  }, 60_000);

  it("is ended at its time, and told so", async () => {
    const begun = performance.now();
    await expect(run(ENDLESS)).rejects.toMatchObject(refused("timeout"));
    expect(performance.now() - begun).toBeLessThan(QUERY_TIMEOUT_MS + 4000);
    expect((await history())[0]).toMatchObject({ outcome: "failed", code: "timeout" });
    expect((await run("RETURN 1 AS n")).rows).toEqual([[1]]);
  }, 60_000);
});

describe("the app's end", () => {
  it("does not wait for a query", async () => {
    const other = await openResearchWorld();
    const ended = other.call("research", "run", { cypher: ENDLESS }, other.researcher).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const begun = performance.now();
    await other.close();
    expect(performance.now() - begun).toBeLessThan(8000);
    expect(await ended).toMatchObject({ code: "cancelled" });
  }, 60_000);
});

describe("what there is to ask for", () => {
  it("is told by the schema: labels, relationships, what is masked, functions, limits", async () => {
    const schema = await world.call("research", "getSchema", {}, world.researcher);
    expect(schema).toMatchObject({
      engine: { name: "embedded" },
      masked: true,
      limits: { timeoutMs: 10_000, rows: RESULT_ROWS_MAX, nodes: PICTURE_NODES_MAX },
    });
    const patient = schema.labels.find(({ name }) => name === "Patient");
    expect(patient?.count).toBe(WOMEN + MEN);
    const visibility = Object.fromEntries(patient?.properties.map((property) => [property.name, property.visibility]) ?? []);
    expect(visibility).toMatchObject({ id: "pseudonym", birthDate: "year", sex: "plain" });
    expect(schema.relationships.find(({ type }) => type === "HAS_DEPARTMENT")).toMatchObject({
      count: 1,
      from: ["Clinic"],
      to: ["Department"],
    });
    expect(schema.functions.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(["count", "tolower", "size"]));
    expect(schema.functions.join()).not.toMatch(/apoc|load/i);
  });

  it("is newer after a refresh", async () => {
    const departments = async (refresh: boolean) => {
      const { labels } = await world.call("research", "getSchema", { refresh }, world.researcher);
      return labels.find(({ name }) => name === "Department")?.count;
    };
    const before = (await departments(true)) ?? 0;
    await world.call("clinic", "createDepartment", { name: "New department" }, world.admin);
    expect(await departments(true)).toBe(before + 1);
  });

  it("is told by a plan, without values for parameters", async () => {
    const { plan, text } = await world.call(
      "research",
      "explain",
      { cypher: "MATCH (p:Patient {sex: $sex}) RETURN count(p) AS n" },
      world.researcher,
    );
    expect(plan).toMatchObject({ operator: expect.stringMatching(/\w/), children: expect.any(Array) });
    expect(text).not.toBe("");
  });

  it("grows around a node of the picture", async () => {
    const { graph } = await run("MATCH (c:Clinic) RETURN c");
    const nodeId = graph.nodes[0]?.id ?? "";
    const around = await world.call("research", "expand", { nodeId }, world.researcher);
    expect(around.nodes.some(({ labels }) => labels.includes("Department"))).toBe(true);
    expect(around.truncated).toBe(false);
    const some = await world.call("research", "expand", { nodeId, limit: 1 }, world.researcher);
    expect([some.nodes.filter((node) => node.id !== nodeId).length, some.truncated]).toEqual([1, true]);
    await expect(world.call("research", "expand", { nodeId: "nothing" }, world.researcher)).rejects.toMatchObject(refused("not-found"));
  });
});

describe("the cards", () => {
  it("all run with their own values, and are in the trail by their name", async () => {
    const { items } = await world.call("research", "listCards", {}, world.researcher);
    expect(items.length).toBeGreaterThanOrEqual(10);
    for (const card of items) {
      world.clock.advance(1);
      const answer = await world.call("research", "runCard", { cardId: card.id }, world.researcher);
      expect({ card: card.id, columns: answer.columns.length > 0 }).toEqual({ card: card.id, columns: true });
      expect((await history())[0]).toMatchObject({ queryId: answer.queryId, cypher: card.cypher, outcome: "ok" });
      const [outcome] = await outcomesOf(world, "research.runCard");
      expect(outcome?.subject).toMatchObject({ cardId: card.id, queryId: answer.queryId });
    }
  }, 60_000);

  it("take their parameters by kind, and no others", async () => {
    const { items } = await world.call("research", "listCards", {}, world.researcher);
    const WRONG = {
      integer: ["1", 1.5, null],
      day: ["2026-02-30", 20260101],
      choice: ["no choice of this card", 1],
      text: [1, "x".repeat(201)],
    };
    for (const card of items) {
      const runCard = (parameters: Record<string, never>) =>
        world.call("research", "runCard", { cardId: card.id, parameters }, world.researcher);
      await expect(runCard({ other: 1 as never })).rejects.toMatchObject(refused("invalid-input", "parameters.other"));
      for (const { name, kind } of card.parameters) {
        for (const value of WRONG[kind]) {
          await expect(runCard({ [name]: value as never })).rejects.toMatchObject(refused("invalid-input", `parameters.${name}`));
        }
      }
    }
    await expect(world.call("research", "runCard", { cardId: "none" }, world.researcher)).rejects.toMatchObject(
      refused("not-found", "cardId"),
    );
  }, 60_000);
});

describe("the history", () => {
  it("is everybody's own, newest first, found by words and read in pages", async () => {
    const texts = ["RETURN 'Ärzte' AS a", "RETURN 'other' AS a", "RETURN 'ÄRZTE again' AS a"];
    for (const cypher of texts) {
      await run(cypher, { parameters: { p: 1 } }, world.colleague);
    }
    const list = (input: object) => world.call("research", "listHistory", input, world.colleague);
    expect((await list({ text: "arzte" })).items.map(({ cypher }) => cypher)).toEqual([texts[2], texts[0]]);
    expect((await list({ text: "return 'other'" })).items.map(({ cypher }) => cypher)).toEqual([texts[1]]);
    const [newest, ...older] = (await list({ limit: 200 })).items;
    expect(newest).toMatchObject({ cypher: texts[2], parameters: { p: 1 }, outcome: "ok", rows: 1, durationMs: expect.any(Number) });
    const page = await list({ before: newest?.at, limit: 1 });
    expect(page.items).toEqual(older.slice(0, 1));
    expect((await history()).some(({ cypher }) => texts.includes(cypher))).toBe(false);
  });

  it("leaves large parameters out", async () => {
    await run("RETURN size($long) AS n, $short AS s", { parameters: { long: "x".repeat(5000), short: 1 } });
    expect((await history())[0]?.parameters).toEqual({ short: 1 });
  });
});
