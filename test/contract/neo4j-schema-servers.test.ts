import scanPatients from "@cypher/patients/scan-patients.cypher?raw";
import scanPatientsByIndex from "@cypher/patients/scan-patients.neo4j.cypher?raw";
import type { Neo4jGraph } from "@main/data/graph/neo4j.ts";
import { statement } from "@main/data/graph/statement.ts";
import { migrateGraph, SCHEMA_VERSION } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { formatId } from "@shared/model/ids.ts";
import { searchKey, sortKey } from "@shared/model/search-key.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { givenServers } from "../servers/given.ts";
import { startProxy } from "../servers/proxy.ts";
import { manyNames } from "../world/many-names.ts";
import { writing } from "./graph-statements.ts";
import { neo4jGraph, settingsOf } from "./neo4j-under-test.ts";

/** To connect takes more messages than this each way. */
const PIECES = 10;

let graph: Neo4jGraph;
beforeAll(async () => {
  await emptyNeo4j();
  graph = neo4jGraph();
});
afterAll(() => graph?.close());

const names = async (what: string) =>
  (await graph.run("read", (t) => t.run<{ name: string }>(`SHOW ${what} YIELD name`))).map(({ name }) => name);

describe("the schema on an empty Neo4j", () => {
  it("is taken by workstations that connect and take it at the same time, whole and without the other engine's indexes", async () => {
    const others = Array.from({ length: 2 }, () => neo4jGraph());
    await Promise.all([graph, ...others].map((one) => one.connect()));
    const taken = await Promise.all([graph, ...others].map((one) => migrateGraph(one, systemClock)));
    expect(taken.map(({ version }) => version)).toEqual([SCHEMA_VERSION, SCHEMA_VERSION, SCHEMA_VERSION]);
    await Promise.all(others.map((one) => one.close()));

    const steps = await graph.run("read", (t) => t.run("MATCH (m:SchemaMigration) RETURN m.version AS version ORDER BY version"));
    expect(steps).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, index) => ({ version: index + 1 })));
    const constraints = await names("CONSTRAINTS");
    expect(constraints).toEqual(expect.arrayContaining(["slot_key", "patient_id", "write_mark_id", "schema_migration_version"]));
    const indexes = await names("INDEXES");
    expect(indexes).toEqual(expect.arrayContaining(["patient_birth_date", "appointment_day", "patient_search"]));
    expect(indexes.filter((name) => name.endsWith("_lookup"))).toEqual([]);
    const pending = await graph.run("read", (t) => t.run("SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name"));
    expect(pending).toEqual([]);
    expect(await migrateGraph(graph, systemClock)).toEqual({ version: SCHEMA_VERSION, applied: 0 });
  }, 180_000);

  it("is whole wherever the connection was cut while it was made, and what was left half made is in nobody's way", async () => {
    const { hostname, port } = new URL(givenServers().neo4j.uri.replace(/^[\w+]+:/, "http:"));
    const proxy = await startProxy({ host: hostname, port: Number(port) });
    let longest = 0;
    for (let piece = 1; piece <= PIECES; piece += 1) {
      for (const direction of ["to-server", "to-client"] as const) {
        await emptyNeo4j();
        proxy.arm({ direction, piece, when: direction === "to-server" ? "after" : "before" });
        const began = performance.now();
        const cut = neo4jGraph({ settings: { ...settingsOf(), uri: `bolt://127.0.0.1:${proxy.port}` } });
        await vi.waitFor(() => cut.connect(), { timeout: 20_000, interval: 100 });
        longest = Math.max(longest, performance.now() - began);
        expect(proxy.cut).toBe(true);
        expect({ piece, direction, made: (await names("CONSTRAINTS")).toSorted() }).toEqual({
          ...{ piece, direction },
          made: ["schema_migration_version", "write_mark_id"],
        });
        await cut.close();
      }
    }
    await proxy.close();
    expect(longest).toBeLessThan(15_000);
    await emptyNeo4j();
    await graph.connect();
    await migrateGraph(graph, systemClock);
  }, 180_000);

  it("is not part of what the clinic counts, nor is what the adapter writes for itself", async () => {
    const { nodes } = await graph.health();
    expect(nodes).toBe(SCHEMA_VERSION);
    await graph.write((w) => w.execute(writing("CREATE (c:FileChunk)<-[:HAS_CHUNK]-(b:Blob) RETURN 1 AS one")));
    expect((await graph.health()).nodes).toBe(SCHEMA_VERSION);
  });
});

describe("the search by the full-text index", () => {
  const byScan = statement("patients/scan-patients", scanPatients);
  const byIndex = statement("patients/scan-patients", scanPatients, { neo4j: scanPatientsByIndex });
  const patients: { id: string; searchKey: string; sortKey: string }[] = [];
  beforeAll(async () => {
    for (const [index, { givenName, familyName }] of manyNames(400).entries()) {
      const person = { givenName, familyName, phone: `+966 5${String(index * 7_919).padStart(8, "0")}`, nationalId: `N${index}-7` };
      const id = formatId("Patient", index + 1);
      patients.push({ id, searchKey: searchKey(person), sortKey: sortKey({ ...person, id }) });
    }
    await graph.write((w) => w.execute(writing("UNWIND $patients AS p CREATE (n:Patient) SET n += p RETURN count(n) AS n"), { patients }));
  });

  it("answers what a look at every patient answers, whatever part of whatever words is typed", async () => {
    const part = fc
      .tuple(fc.constantFrom(...patients), fc.nat(), fc.nat(), fc.boolean())
      .map(([patient, from, length, byId]) => {
        const words = byId ? [patient.id.toLowerCase()] : patient.searchKey.split(" ");
        const word = words[from % words.length] ?? "";
        return word.slice(from % word.length).slice(0, 1 + (length % 6));
      })
      .filter((text) => text !== "");
    const found = { some: 0, none: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (words) => {
        const params = { words, limit: 1_000 };
        const [scanned, searched] = await graph.read((r) => Promise.all([r.query(byScan, params), r.query(byIndex, params)]));
        expect(searched).toEqual(scanned);
        found[scanned.length > 0 ? "some" : "none"] += 1;
      }),
      { numRuns: 150 },
    );
    expect(found.some).toBeGreaterThan(20);
  });

  it("runs by the index: a patient who is only there is found", async () => {
    const plan = await graph.run("read", (t) => t.run<{ id: string }>(scanPatientsByIndex, { words: ["p000001"], limit: 5 }));
    expect(plan).toMatchObject([{ id: "P000001" }]);
    await graph.write((w) =>
      w.execute(writing("CREATE (p:Patient {id: 'P900001', searchKey: 'just registered', sortKey: 'x'}) RETURN p.id AS id")),
    );
    expect(await graph.read((r) => r.query(byIndex, { words: ["egist"], limit: 5 }))).toMatchObject([{ id: "P900001" }]);
  });
});
