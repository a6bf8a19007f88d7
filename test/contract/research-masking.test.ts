import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AMINA, BASIL, bytesBelow, openResearchWorld, type ResearchWorld, researchFiles, seedPeople } from "./research-clinic.ts";
import { SNEAKY, secretsOf, shown } from "./research-sneaky.ts";

describe("a masked snapshot", { timeout: 120_000 }, () => {
  let first: ResearchWorld;
  let second: ResearchWorld;
  beforeAll(async () => {
    [first, second] = await Promise.all([openResearchWorld(), openResearchWorld()]);
    // The same clinic but for who its patients are.
    await seedPeople(first, [AMINA, BASIL]);
    await seedPeople(second, [BASIL, AMINA]);
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  it(`answers ${SNEAKY.length} sneaky queries, their plans, every expansion and the schema the same whoever the patients are`, async () => {
    const [one, other] = [await shown(first), await shown(second)];
    for (const [question, answer] of one) expect([question, other.get(question)]).toEqual([question, answer]);
  });

  it("is what makes them the same: on a clear snapshot most of these queries tell the patients apart", async () => {
    const [one, other] = [await shown(first, false), await shown(second, false)];
    const telling = SNEAKY.filter((cypher) => one.get(cypher) !== other.get(cypher));
    expect(telling.length).toBeGreaterThan(45);
  });

  it("says nothing of them that the query does not say itself", async () => {
    const secrets = [...secretsOf(AMINA), ...secretsOf(BASIL)];
    for (const [question, answer] of await shown(first)) {
      const said = secrets.filter((secret) => answer.toLowerCase().includes(secret) && !question.toLowerCase().includes(secret));
      expect([question, said]).toEqual([question, []]);
    }
  });

  it("has nothing of them in its files, while the graph's own have", async () => {
    const { folder, run, close, ...world } = await openResearchWorld();
    try {
      await seedPeople(world, [AMINA, BASIL]);
      await run("RETURN 1 AS one");
      await expect.poll(async () => (await researchFiles(folder)).filter((name) => name.includes("copy"))).toEqual([]);
      const masked = (await bytesBelow(join(folder, "research"))).toLowerCase();
      const stored = (await bytesBelow(folder)).toLowerCase();
      // What is in the prepared file can be read in its bytes.
      expect(masked.includes("haddad")).toBe(true);
      for (const value of [...Object.values(AMINA), ...Object.values(BASIL)].map((text) => text.toLowerCase())) {
        expect([value, stored.includes(value), masked.includes(value)]).toEqual([value, true, false]);
      }
    } finally {
      await close();
    }
  });

  it("knows a patient by one pseudonym wherever the id stands, in every snapshot of the installation", async () => {
    const joined = "MATCH (e:Encounter), (p:Patient {id: e.patientId}) RETURN p.id AS id, p.birthDate AS born, p.registeredAt AS since";
    const before = await first.run(joined);
    expect(before.rows).toHaveLength(2);
    for (const row of before.rows) expect(row).toEqual([expect.stringMatching(/^P-[0-9a-f]{10}$/), "1997", "2026"]);
    await first.engine.schema(true, true);
    expect((await first.run(joined)).rows).toEqual(before.rows);
  });

  it("has what research asks for: links, codes, kinds, values, days, and the names of doctors", async () => {
    const { rows } = await first.run(
      "MATCH (d:Doctor)-[:TREATS]->(p:Patient)-[:HAS_APPOINTMENT]->(a)-[:HAS_ENCOUNTER]->(e)-[:HAS_OBSERVATION]->(o)-[:HAS_DIAGNOSIS]->(g)-[:OF]->(c:Condition) MATCH (p)-[l:ALLERGIC_TO]->(s) RETURN d.name AS doctor, p.sex AS sex, p.region AS region, a.day AS day, e.doctorName AS by, o.kind AS kind, o.value AS value, g.certainty AS certainty, c.code AS code, l.severity AS severity, s.name AS substance ORDER BY value",
    );
    const same = ["Dr Haddad", "female", "Amman", "2026-01-05", "Dr Haddad", "8310-5"];
    const rest = ["confirmed", "J45", "severe", "Penicillin"];
    expect(rows).toEqual([37.5, 38.5].map((value) => [...same, value, ...rest]));
  });

  it("leaves names to those who may see them, in a snapshot of its own", async () => {
    const { rows } = await first.run("MATCH (p:Patient) RETURN p.id AS id, p.givenName AS name, p.birthDate AS born ORDER BY id", {
      masked: false,
    });
    expect(rows).toEqual([
      ["P000001", "Zubaydah", "1997-04-23"],
      ["P000002", "Wolfgang", "1997-11-02"],
    ]);
    expect((await first.run("MATCH (p:Patient) WHERE p.givenName IS NOT NULL RETURN p AS p")).rows).toEqual([]);
  });
});
