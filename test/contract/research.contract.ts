import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GraphNode } from "@main/data/research/port.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AMINA, BASIL, NEVER, type ResearchBed, seedPeople } from "./research-clinic.ts";

export interface ResearchUnderTest {
  masked: boolean;
  open(): Promise<ResearchBed>;
}

/** What a query gets of any research engine, whether it answers from a snapshot or from the server, with the gate left out. */
export function researchContract(name: string, { masked, open }: ResearchUnderTest): void {
  describe(`a research query on ${name}`, { timeout: 60_000 }, () => {
    let world: ResearchBed;
    beforeAll(async () => {
      world = await open();
      await seedPeople(world, [AMINA, BASIL]);
    });
    afterAll(() => world.close());
    const run: ResearchBed["run"] = (cypher, more) => world.run(cypher, { masked, ...more });
    const one = async (cypher: string) => (await run(cypher)).rows[0];

    it("answers every kind of value as JSON", async () => {
      expect(await one("RETURN null AS a, true AS b, 7 AS c, 1.5 AS d, 'x' AS e, [1, [2, null]] AS f, {a: {b: [1]}} AS g")).toEqual([
        ...[null, true, 7, 1.5, "x"],
        ...[[1, [2, null]], { a: { b: [1] } }],
      ]);
      expect(await one("RETURN 9007199254740993 AS large, -9223372036854775808 AS least, 9007199254740991 AS safe")).toEqual([
        ...["9007199254740993", "-9223372036854775808"],
        9007199254740991,
      ]);
      expect(await one("RETURN 0.0 / 0.0 AS nan, 1e308 * 10 AS infinite")).toEqual([null, null]);
      expect(await one("RETURN date('2026-01-02') AS day, datetime('2026-01-02T03:04:05Z') AS at, duration('P1D') AS span")).toEqual([
        ...["2026-01-02", "2026-01-02T03:04:05Z", "P1D"],
      ]);
      expect(await one("RETURN {`__proto__`: 1, constructor: 2} AS m")).toHaveLength(1);
    });

    it("answers nodes, edges and paths as what they are, also inside lists and maps, and draws them once", async () => {
      const { rows, graph } = await run(
        "MATCH x = (d:Doctor)-[t:TREATS]->(p:Patient) RETURN d AS d, t AS t, x AS x, [p] AS list, {of: p} AS map ORDER BY p.id",
      );
      const [doctor, edge, path, list, map] = rows[0] as [
        { node: GraphNode },
        { edge: object },
        { path: { nodes: object[]; edges: object[] } },
        object[],
        object,
      ];
      expect(doctor.node).toEqual({
        id: expect.any(String),
        labels: ["Doctor"],
        properties: { id: "D000001", name: "Dr Haddad", slotMinutes: 15 },
      });
      expect(edge.edge).toMatchObject({ type: "TREATS", from: doctor.node.id, properties: { since: "2026-01-01T08:00:00.000Z" } });
      expect(path.path.nodes).toHaveLength(2);
      expect(path.path.edges).toEqual([edge.edge]);
      expect(list).toEqual([{ node: path.path.nodes[1] }]);
      expect(map).toEqual({ of: { node: path.path.nodes[1] } });
      expect(graph.nodes).toHaveLength(3);
      expect(graph.edges).toHaveLength(2);
    });

    it("draws an edge only between nodes that are drawn, and no more nodes than may be", async () => {
      expect((await run("MATCH (:Doctor)-[t:TREATS]->(:Patient) RETURN t AS t")).graph).toEqual({ nodes: [], edges: [] });
      const few = await run("MATCH (n) RETURN n AS n", { maxNodes: 5 });
      expect(few.graph.nodes).toHaveLength(5);
      expect(few).toMatchObject({ graphTruncated: true, capped: false });
    });

    it("gives the columns first, the rows in order and in parts, and stops at the rows that may be kept", async () => {
      const all = await run("UNWIND range(1, 5000) AS i RETURN i AS i, -i AS j", { maxRows: 10_000 });
      expect(all.columns).toEqual(["i", "j"]);
      expect(all.rows.map(([i]) => i)).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1));
      expect(all.batches).toBeGreaterThan(2);
      expect(all.capped).toBe(false);
      const some = await run("UNWIND range(1, 5000) AS i RETURN i AS i", { maxRows: 4_999 });
      expect(some.rows).toHaveLength(4_999);
      expect(some.capped).toBe(true);
      const none = await run("MATCH (p:Patient) WHERE false RETURN p.id AS id, 1 AS one");
      expect(none).toMatchObject({ columns: ["id", "one"], rows: [], capped: false });
    });

    it("stops at the bytes that may be kept, also inside one row", async () => {
      const some = await run("UNWIND range(1, 5000) AS i RETURN 'some words of text' AS text", { maxBytes: 10_000, maxRows: 10_000 });
      expect(JSON.stringify(some.rows).length).toBeLessThan(11_000);
      expect(some.rows.length).toBeGreaterThan(300);
      expect(some.capped).toBe(true);
      const wide = await run("RETURN range(1, 100000) AS wide", { maxBytes: 10_000 });
      expect(wide).toMatchObject({ rows: [], capped: true });
    });

    it("takes parameters of every kind, and refuses what the engine reads in its own way", async () => {
      const parameters = { text: "x", list: [1, 2], map: { a: { b: true } }, nothing: null };
      const { rows } = await run("RETURN $text AS a, $list AS b, $map.a.b AS c, $nothing AS d", { parameters });
      expect(rows).toEqual([["x", [1, 2], true, null]]);
      await expect(run("RETURN $a AS a", { parameters: { a: { $date: "2026-01-01" } } })).rejects.toMatchObject({
        code: "invalid-input",
      });
      await expect(run("RETURN $a AS a")).rejects.toMatchObject({ code: "invalid-input", data: { field: "parameters" } });
    });

    it("says where a text is wrong, and what cannot be computed", async () => {
      await expect(run("MATCH (p:Patient)\nRETURN p.id AS id +")).rejects.toMatchObject({ code: "syntax", data: { line: 2 } });
      await expect(run("MATCH (p:Patient) RETURN q.id AS id")).rejects.toMatchObject({
        code: "syntax",
        message: expect.stringMatching(/['`]q['`]/),
      });
      await expect(run("RETURN 1 / 0 AS x")).rejects.toMatchObject({
        code: "invalid-input",
        message: expect.stringContaining("division by zero"),
      });
      await expect(run("RETURN 9223372036854775807 + 1 AS x")).rejects.toMatchObject({ code: "invalid-input" });
    });

    it.each([
      "CREATE (n:Patient {id: 'x'}) RETURN n.id AS id",
      "MATCH (n) DETACH DELETE n",
      "MATCH (n) SET n.x = 1 RETURN n.x AS x",
      "MERGE (n:New) RETURN n AS n",
      "MATCH (n:Patient) REMOVE n.id RETURN n.id AS id",
      "CREATE INDEX evil FOR (n:Patient) ON (n.sex)",
      "UNWIND [1] AS i CREATE (n:New) RETURN i AS i",
    ])("writes nothing even where no gate stood before it: %s", async (cypher) => {
      const before = await one("MATCH (n) RETURN count(n) AS n, sum(size(keys(n))) AS k");
      await expect(run(cypher)).rejects.toMatchObject({
        code: expect.stringMatching(/^(not-read-only|invalid-input|unsupported-construct)$/),
      });
      expect(await one("MATCH (n) RETURN count(n) AS n, sum(size(keys(n))) AS k")).toEqual(before);
    });

    it("reads no file of the machine even where no gate stood before it", async () => {
      const file = join(world.folder, "secret.csv");
      await writeFile(file, "found,it\n");
      for (const cypher of [
        `LOAD CSV FROM 'file://${file}' AS line RETURN line AS line`,
        `RETURN 'x' AS line UNION LOAD CSV FROM '${file}' AS line RETURN line AS line`,
      ]) {
        await expect(run(cypher)).rejects.toMatchObject({ code: "unsupported-construct", data: { construct: "LOAD CSV" } });
      }
    });

    it("shows its plan as a tree without being run", async () => {
      const { plan, text } = await world.engine.explain(
        "MATCH (p:Patient)-[:HAS_APPOINTMENT]->(a) WHERE a.day > $day RETURN p.id AS id ORDER BY id",
        { day: "2026" },
        masked,
        NEVER,
      );
      expect(text).toMatch(/Expand|DirectedRelationshipTypeScan/);
      const operators: string[] = [];
      for (let step: typeof plan | undefined = plan; step !== undefined; step = step.children[0]) operators.push(step.operator);
      expect(operators).toContain("Sort");
      expect(operators.at(-1)).toMatch(/Scan$/);
      await expect(world.engine.explain("MATCH (p RETURN p", {}, masked, NEVER)).rejects.toMatchObject({
        code: "syntax",
        data: { line: 1 },
      });
    });

    it("shows a node's neighbours, the edges among what is shown, and says when there are more", async () => {
      const [found] = (await one("MATCH (d:Doctor) RETURN d AS d")) as [{ node: GraphNode }];
      const all = await world.engine.expand(found.node.id, [], 100, masked, NEVER);
      expect(all.nodes.map(({ labels }) => labels[0]).sort()).toEqual([
        "Appointment",
        "Appointment",
        "Department",
        "Doctor",
        "Patient",
        "Patient",
      ]);
      expect(all.truncated).toBe(false);
      // Between a patient and an appointment that are both shown there is an edge, too.
      expect(all.edges).toHaveLength(7);
      const some = await world.engine.expand(found.node.id, [], 2, masked, NEVER);
      expect(some).toMatchObject({ truncated: true });
      expect(some.nodes).toHaveLength(3);
      const patient = all.nodes.find(({ labels }) => labels[0] === "Patient") as GraphNode;
      const further = await world.engine.expand(
        patient.id,
        all.nodes.map(({ id }) => id),
        100,
        masked,
        NEVER,
      );
      const known = new Set([...all.nodes, ...further.nodes].map(({ id }) => id));
      expect(further.edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
      for (const id of ["", "0", "1:n999999", "99:n0", `${found.node.id}x`]) {
        await expect(world.engine.expand(id, [], 10, masked, NEVER)).rejects.toMatchObject({ code: "not-found" });
      }
    });

    it("finds its schema: labels and types with counts, ends and properties, nothing of the application's own", async () => {
      const { engine, labels, relationships, snapshotAt } = await world.engine.schema(masked, false);
      expect(engine).toEqual({ name: world.engine.answering(masked), version: expect.stringMatching(/^\d+\.\d+/) });
      expect(snapshotAt).toBe(engine.name === "neo4j" ? null : "2026-03-03T08:00:00.000Z");
      const seen = ["active", "birthDate", "id", "region", "registeredAt", "sex"];
      const all = ["address", "email", "familyName", "givenName", "nationalId", "nationalKey", "phone", "phoneKey", "searchKey", "sortKey"];
      expect(labels.find(({ name }) => name === "Patient")).toEqual({
        name: "Patient",
        count: 2,
        properties: (masked ? seen : [...seen, ...all].sort()).map((property) => ({
          name: property,
          type: property === "active" ? "BOOLEAN" : "STRING",
        })),
      });
      expect(labels.find(({ name }) => name === "Observation")?.properties).toContainEqual({ name: "value", type: "FLOAT" });
      expect(labels.map(({ name }) => name)).not.toContain("Slot");
      expect(labels.map(({ name }) => name)).not.toContain("Counter");
      expect(relationships.find(({ type }) => type === "HAS_APPOINTMENT")).toEqual({
        ...{ type: "HAS_APPOINTMENT", count: 4, from: ["Doctor", "Patient"], to: ["Appointment"], properties: [] },
      });
    });

    it("is refused when the caller has gone before it begins", async () => {
      await expect(run("RETURN 1 AS one", { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
    });
  });
}
