import type { EmbeddedGraph } from "@main/data/graph/embedded.ts";
import { type GraphPort, UniqueViolation } from "@main/data/graph/port.ts";
import { migrateGraph, readSteps, SCHEMA_VERSION } from "@main/data/migrations/graph-migrations.ts";
import type { Clock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { graphFolder, openGraphIn } from "./embedded-graph.ts";
import { reading, writing } from "./graph-statements.ts";

const clock: Clock = { now: () => "2026-11-22T08:00:00.000Z", monotonic: () => 0 };
const constraint = (name: string, label: string) => `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.key IS UNIQUE;`;
const oneStep = { "a/0001-first.cypher": `// The first.\n${constraint("first_key", "First")}` };
const twoSteps = { ...oneStep, "a/0002-second.cypher": constraint("second_key", "Second") };
const broken = { ...oneStep, "a/0002-second.cypher": `${constraint("second_key", "Second")}\nCREATE NONSENSE;` };
const findSteps = reading(
  "MATCH (m:SchemaMigration) RETURN m.version AS version, m.name AS name, m.appliedAt AS appliedAt ORDER BY version",
);

let folder: string;
let remove: () => Promise<void>;
let graph: EmbeddedGraph;
beforeEach(async () => {
  ({ folder, remove } = await graphFolder());
  graph = await openGraphIn(folder);
});
afterEach(async () => {
  await graph.close();
  await remove();
});

const steps = (on: GraphPort = graph) => on.read((r) => r.query(findSteps));
const addKeyed = (label: string) => graph.write((w) => w.execute(writing(`CREATE (n:${label} {key: 'same'}) RETURN n.key AS key`)));

describe("the schema", () => {
  it("of the clinic is taken once, step by step, and stays over a restart", async () => {
    expect(await migrateGraph(graph, clock)).toEqual({ version: SCHEMA_VERSION, applied: SCHEMA_VERSION });
    expect(await migrateGraph(graph, clock)).toEqual({ version: SCHEMA_VERSION, applied: 0 });
    const taken = await steps();
    expect(taken).toHaveLength(SCHEMA_VERSION);
    expect(taken[0]).toEqual({ version: 1, name: "people", appliedAt: clock.now() });
    await graph.close();
    graph = await openGraphIn(folder);
    expect(await migrateGraph(graph, clock)).toEqual({ version: SCHEMA_VERSION, applied: 0 });
    await addKeyed("Slot");
    await expect(addKeyed("Slot")).rejects.toBeInstanceOf(UniqueViolation);
  });

  it("gets only the steps that it lacks", async () => {
    await migrateGraph(graph, clock, readSteps(oneStep));
    expect(await migrateGraph(graph, clock, readSteps(twoSteps))).toEqual({ version: 2, applied: 1 });
    await addKeyed("Second");
    await expect(addKeyed("Second")).rejects.toBeInstanceOf(UniqueViolation);
  });

  it("of a newer program is refused, with both versions named, and left alone", async () => {
    await migrateGraph(graph, clock, readSteps(twoSteps));
    const older = migrateGraph(graph, clock, readSteps(oneStep));
    await expect(older).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringMatching(/schema 2.*only 1/) });
    expect(await steps()).toHaveLength(2);
  });

  it("whose step fails keeps the steps before it, names the statement, and takes the step again once it is mended", async () => {
    await expect(migrateGraph(graph, clock, readSteps(broken))).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("schema/second statement 2"),
    });
    expect(await steps()).toMatchObject([{ version: 1 }]);
    expect(await migrateGraph(graph, clock, readSteps(twoSteps))).toEqual({ version: 2, applied: 1 });
    expect(await steps()).toMatchObject([{ version: 1 }, { version: 2, name: "second" }]);
  });

  it("takes a step again whose statements have changed", async () => {
    await migrateGraph(graph, clock, readSteps(oneStep));
    const changed = readSteps({ "a/0001-first.cypher": `${constraint("first_key", "First")}\n${constraint("more_key", "More")}` });
    expect(await migrateGraph(graph, clock, changed)).toEqual({ version: 1, applied: 1 });
    await addKeyed("More");
    await expect(addKeyed("More")).rejects.toBeInstanceOf(UniqueViolation);
    expect(await steps()).toHaveLength(1);
  });
});

describe("the schema's files", () => {
  it("are read in the order of their numbers, without comments", () => {
    const read = readSteps({
      "x/0010-late.cypher": "// Late.\nRETURN 10;\n",
      "x/0002-early.cypher": "RETURN 1;\n// between; them\nRETURN 2;",
    });
    expect(read.map(({ version, name, statements }) => ({ version, name, statements }))).toEqual([
      { version: 2, name: "early", statements: ["RETURN 1", "RETURN 2"] },
      { version: 10, name: "late", statements: ["RETURN 10"] },
    ]);
  });

  it("have one checksum whatever their comments say", () => {
    const checksum = (text: string) => readSteps({ "0001-a.cypher": text })[0]?.checksum;
    expect(checksum("// One.\nRETURN 1;")).toBe(checksum("// Another.\nRETURN 1;"));
    expect(checksum("RETURN 1;")).not.toBe(checksum("RETURN 2;"));
  });

  it("may not claim one number twice", () => {
    expect(() => readSteps({ "0001-a.cypher": "RETURN 1;", "0001-b.cypher": "RETURN 2;" })).toThrow("version 1");
  });
});
