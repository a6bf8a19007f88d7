import { SCHEMA_VERSION } from "@main/data/migrations/graph-migrations.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { MongoClient } from "mongodb";
import neo4j, { type Driver } from "neo4j-driver";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { type Direction, startProxy, through } from "../servers/proxy.ts";
import { dropDatabase, ownServers, sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { outcomeOf } from "./as-client.ts";
import { faultTable } from "./fault-table.ts";

// Steps of the schema that fail, or that a newer program has taken.
const tell = faultTable("schema");
let servers: ServerSettings;
let driver: Driver;
const worlds: World[] = [];

beforeEach(async () => {
  servers = await ownServers();
  driver = neo4j.driver(servers.neo4j.uri, neo4j.auth.basic(servers.neo4j.user, servers.neo4j.password));
}, 120_000);
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  await driver.close();
  await dropDatabase(servers);
}, 120_000);

const onGraph = async (text: string) => (await driver.executeQuery(text)).records.map((record) => record.toObject());
async function open(settings: ServerSettings): Promise<World> {
  const world = await openWorld({ servers: settings, atOnce: true });
  worlds.push(world);
  return world;
}
const connection = (world: World) => world.call("system", "getConnection", {}, null);
const refused = (world: World) => expect.poll(() => connection(world), { timeout: 60_000, interval: 100 });
const versions = async () =>
  (await onGraph("MATCH (m:SchemaMigration) RETURN m.version AS version ORDER BY version")).map(({ version }) => Number(version));
const ALL = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1);
const constraints = async () => (await onGraph("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name")).map(({ name }) => String(name));

/** IT has mended it: the application is told to try now. Answers how long it took until it was ready. */
async function mended(world: World): Promise<number> {
  const began = performance.now();
  await world.call("system", "retryConnection", {}, null);
  await world.app.ready;
  return performance.now() - began;
}

describe("a step of the schema", () => {
  it("that fails half way is refused with its store, and is taken again from there once that is mended", async () => {
    // The third step's constraint cannot be made over these two: the steps before it are taken, and the first half of it.
    await onGraph("UNWIND [1, 2] AS n CREATE (:Encounter {id: 'E000001', n: n})");
    const world = await open(servers);
    await refused(world).toMatchObject({
      state: "refused",
      stores: { graph: { state: "down", cause: "schema" }, documents: { state: "up" } },
    });
    expect(await outcomeOf(world.call("setup", "getStatus", {}, null))).toMatchObject({ code: "store-unavailable" });
    const half = await versions();
    expect(half.length).toBeGreaterThan(0);
    expect(half.length).toBeLessThan(SCHEMA_VERSION);
    await onGraph("MATCH (e:Encounter) DELETE e");
    const recoveryMs = await mended(world);
    expect(await versions()).toEqual(ALL);
    expect(await world.call("setup", "getStatus", {}, null)).toMatchObject({ state: "empty" });
    tell({
      fault: "a step fails half way",
      times: 1,
      recoveryMs,
      also: `${half.length} of ${SCHEMA_VERSION} steps were kept, the rest taken after`,
    });
  }, 180_000);

  it("that the connection is cut in is taken again by itself, wherever it is cut", async () => {
    const whole = await open(servers);
    await whole.app.ready;
    const wanted = await constraints();
    const places: { direction: Direction; piece: number; when: "before" | "after" }[] = [5, 25].flatMap((piece) => [
      { direction: "to-server" as const, piece, when: "after" as const },
      { direction: "to-client" as const, piece, when: "before" as const },
    ]);
    let cuts = 0;
    let recoveryMs = 0;
    for (const place of places) {
      await emptyNeo4j();
      const { hostname, port } = new URL(servers.neo4j.uri.replace(/^[a-z0-9+]+:/, "http:"));
      const proxy = await startProxy({ host: hostname, port: Number(port) });
      proxy.arm(place);
      const began = performance.now();
      const another = sameAs({ servers });
      const world = await open({ ...another, neo4j: { ...another.neo4j, uri: through(proxy, servers.neo4j.uri) } });
      await world.app.ready;
      recoveryMs = Math.max(recoveryMs, performance.now() - began);
      if (proxy.cut) cuts += 1;
      expect({ place, versions: await versions(), constraints: await constraints() }).toEqual({
        place,
        versions: ALL,
        constraints: wanted,
      });
      await world.close();
      worlds.splice(worlds.indexOf(world), 1);
      await proxy.close();
    }
    expect(cuts).toBeGreaterThan(0);
    tell({ fault: "the connection is cut in a migration", times: cuts, partial: 0, recoveryMs });
  }, 300_000);
});

describe("documents of a newer program", () => {
  it("are refused with their store and left as they are; the application goes on once they fit again", async () => {
    const first = await open(servers);
    await first.app.ready;
    const client = new MongoClient(servers.mongodb.uri);
    const layouts = client.db(servers.mongodb.database).collection<{ _id: string; version: number }>("schemaVersions");
    const known = await layouts.findOne({ _id: "documents" });
    await layouts.updateOne({ _id: "documents" }, { $set: { version: 99 } });
    const second = await open(sameAs({ servers }));
    await refused(second).toMatchObject({
      state: "refused",
      stores: { graph: { state: "up" }, documents: { state: "down", cause: "schema" } },
    });
    expect(await outcomeOf(second.call("setup", "getStatus", {}, null))).toMatchObject({ code: "store-unavailable" });
    expect(await layouts.findOne({ _id: "documents" })).toMatchObject({ version: 99 });
    await layouts.updateOne({ _id: "documents" }, { $set: { version: known?.version ?? 0 } });
    await client.close();
    tell({ fault: "documents of a newer program", times: 1, recoveryMs: await mended(second), also: "refused: schema" });
  }, 180_000);
});
