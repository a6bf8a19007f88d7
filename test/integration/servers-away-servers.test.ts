import { type RunningHost, startHost } from "@main/app/host-server.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { type Db, MongoClient } from "mongodb";
import neo4j from "neo4j-driver";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { givenServers } from "../servers/given.ts";
import { type Proxy, startProxy, through } from "../servers/proxy.ts";
import { dropDatabase, ownServers } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";

const LISTENS_WITHIN_MS = 3_000;
let servers: ServerSettings;
let world: World | undefined;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  servers = await ownServers();
});
afterEach(async () => {
  await world?.close();
  world = undefined;
  for (const close of closers.splice(0).reverse()) await close();
  await dropDatabase(servers);
});

/** Runs a text of the test's own on the graph's server. */
async function onGraph(text: string): Promise<void> {
  const { uri, user, password } = givenServers().neo4j;
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  try {
    await driver.executeQuery(text);
  } finally {
    await driver.close();
  }
}

/** Looks into the database of this test. */
async function onDocuments<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(servers.mongodb.uri);
  try {
    return await work(client.db(servers.mongodb.database));
  } finally {
    await client.close();
  }
}
/** How much lies in each collection, but for leases, presence and what every connection tries out. */
const kept = () =>
  onDocuments(async (db) => {
    const names = (await db.listCollections().toArray())
      .map(({ name }) => name)
      .filter((name) => !/lease|workstation|event|^pc_probe_/.test(name));
    return Promise.all(names.sort().map(async (name) => [name, await db.collection(name).countDocuments()]));
  });
const runOf = () => onDocuments(async (db) => (await db.collection<{ run: string }>("workstations").findOne()) ?? { run: "" });

const open = async (settings: ServerSettings, keyPassphrase?: string): Promise<World> => {
  world = await openWorld({ servers: settings, atOnce: true, keyPassphrase });
  return world;
};
const connection = (of: World) => of.call("system", "getConnection", {}, null);
const comesTo = (of: World) => expect.poll(() => connection(of), { timeout: 30_000, interval: 100 });

describe("servers that are away when the application starts", () => {
  it("are not waited for: the host listens, says so truthfully, and goes on by itself when they come", async () => {
    const proxies = await Promise.all([servers.neo4j.uri, servers.mongodb.uri].map((uri) => startProxy(addressOf(uri))));
    const [graph, documents] = proxies as [Proxy, Proxy];
    for (const proxy of proxies) {
      closers.push(() => proxy.close());
      proxy.down(true);
    }
    const started = performance.now();
    const away = await open({
      ...servers,
      neo4j: { ...servers.neo4j, uri: through(graph, servers.neo4j.uri) },
      mongodb: { ...servers.mongodb, uri: through(documents, servers.mongodb.uri) },
    });
    const host: RunningHost = await startHost({ app: away.app, port: 0 });
    closers.unshift(() => host.close());
    expect(performance.now() - started).toBeLessThan(LISTENS_WITHIN_MS);

    const health = await fetch(`${host.url}/health`);
    expect([health.status, await health.json()]).toEqual([
      503,
      { status: "degraded", version: away.app.version, stores: { graph: "down", documents: "down" } },
    ]);
    const post = (route: string, input: object) =>
      fetch(`${host.url}/api/${route}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
    const signIn = await post("session/signIn", { username: "admin", password: "whatever it is" });
    expect(signIn.status).toBe(503);
    expect(Number(signIn.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await signIn.json()).toMatchObject({ code: "store-unavailable", data: { retryAfterMs: expect.any(Number) } });
    await expect
      .poll(async () => (await post("system/getConnection", {})).json(), { timeout: 30_000, interval: 200 })
      .toMatchObject({
        state: "connecting",
        stores: { graph: { state: "down", cause: "address" }, documents: { state: "down", cause: "address" } },
      });

    for (const proxy of proxies) proxy.down(false);
    await away.app.ready;
    expect(await (await post("system/getConnection", {})).json()).toMatchObject({ state: "ready", retryInMs: null });
    expect((await fetch(`${host.url}/health`)).status).toBe(200);
    expect(await (await post("session/signIn", { username: "admin", password: "whatever it is" })).json()).toMatchObject({
      code: "wrong-credentials",
    });
  });
});

describe("servers that refuse", () => {
  it("for a wrong password are told with their cause, and the other one as it is", async () => {
    const wrong = await open({ ...servers, neo4j: { ...servers.neo4j, password: "not the password" } });
    await comesTo(wrong).toMatchObject({
      state: "refused",
      stores: { graph: { state: "down", cause: "credentials" }, documents: { state: "up", cause: null } },
    });
  });

  it("because a newer program has their schema are left as they are, and are used once they fit again", async () => {
    await onGraph("CREATE (:SchemaMigration {version: 9999, name: 'of tomorrow', checksum: 'x', appliedAt: '2030-01-01T00:00:00.000Z'})");
    const newer = await open(servers);
    await comesTo(newer).toMatchObject({ state: "refused", stores: { graph: { state: "down", cause: "schema" } } });
    await onGraph("MATCH (m:SchemaMigration {version: 9999}) DELETE m");
    await newer.call("system", "retryConnection", {}, null);
    await newer.app.ready;
    expect(await newer.call("setup", "getStatus", {}, null)).toMatchObject({ state: "empty" });
  });

  it("because another computer works as this workstation get nothing written, and are used once that one has gone", async () => {
    const original = await openWorld({ servers, atOnce: true });
    await original.app.ready;
    const [before, { run }] = [await kept(), await runOf()];
    const copy = await open(servers);
    await comesTo(copy).toMatchObject({ state: "refused", stores: { documents: { state: "down", cause: "workstation" } } });
    await expect(copy.call("setup", "getStatus", {}, null)).rejects.toMatchObject({ code: "store-unavailable" });
    expect(await kept()).toEqual(before);
    expect((await runOf()).run).toBe(run);
    expect(await original.call("setup", "getStatus", {}, null)).toMatchObject({ state: "empty" });
    await original.close();
    await copy.call("system", "retryConnection", {}, null);
    await copy.app.ready;
    expect(await copy.call("setup", "getStatus", {}, null)).toMatchObject({ state: "empty" });
  });

  it("after another run took this workstation's place are written to no more, until that run is gone", async () => {
    const replaced = await open(servers);
    await replaced.app.ready;
    await onDocuments((db) => db.collection("workstations").updateOne({}, { $set: { run: "another", host: "elsewhere" } }));
    await comesTo(replaced).toMatchObject({ state: "refused", stores: { documents: { state: "down", cause: "workstation" } } });
    await expect(replaced.signIn("admin", "whatever it is")).rejects.toMatchObject({ code: "store-unavailable" });
    // The other run stands still: after 5.5 s it counts as gone.
    await replaced.call("system", "retryConnection", {}, null);
    await comesTo(replaced).toMatchObject({ state: "ready" });
    await expect(replaced.signIn("admin", "whatever it is")).rejects.toMatchObject({ code: "wrong-credentials" });
  });

  it("the passphrase of the clinic's keys are told that the key is missing", async () => {
    const first = await open(servers, "the clinic's own passphrase");
    await first.app.ready;
    await first.close();
    const without = await open(servers);
    await comesTo(without).toMatchObject({ state: "refused", stores: { documents: { state: "down", cause: "key" } } });
    await without.close();
    await (await open(servers, "the clinic's own passphrase")).app.ready;
  });
});

function addressOf(uri: string): { host: string; port: number } {
  const { hostname, port } = new URL(uri.replace(/^[a-z0-9+]+:/, "http:"));
  return { host: hostname, port: Number(port) };
}
