import { createServer, type Server } from "node:net";
import { type MongoServer, openMongo } from "@main/data/documents/mongo.ts";
import { probeMongo } from "@main/data/documents/mongo-probe.ts";
import { StoreNotReady } from "@main/data/stores.ts";
import type { MongoSettings } from "@main/platform/server-settings.ts";
import { ConnectionReport } from "@shared/contract/servers.ts";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownDatabase } from "../servers/given.ts";
import { startMongo } from "../servers/start.ts";
import { olderVersion } from "./mongo-older-version.ts";
import { connectedMongo, dropDatabase, mongoSettings, silent } from "./mongo-store.ts";

const settings = mongoSettings(ownDatabase());
const PASSWORD = "Geheim-9f2c";
let closing: Server;
let older: Awaited<ReturnType<typeof olderVersion>>;

beforeAll(async () => {
  older = await olderVersion(settings);
  closing = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => closing.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await older?.close();
  closing?.close();
  await dropDatabase(settings);
});

const withTls = (uri: string) => {
  const url = new URL(uri);
  if (url.pathname === "") url.pathname = "/";
  url.searchParams.set("tls", "true");
  return url.href;
};

/** What is wrong → how to bring it about, and the cause and step by which it must be told. */
const WRONG: [string, () => Partial<MongoSettings>, string][] = [
  ["nothing listens there", () => ({ uri: "mongodb://127.0.0.1:1" }), "address"],
  ["no such host", () => ({ uri: "mongodb://nowhere.invalid:27017" }), "address"],
  ["a connection string that is none", () => ({ uri: "postgres://127.0.0.1" }), "address"],
  ["something else listens there", () => ({ uri: `mongodb://127.0.0.1:${(closing.address() as { port: number }).port}` }), "address"],
  ["TLS where there is none", () => ({ uri: withTls(settings.uri) }), "tls"],
  ["a CA file that is not there", () => ({ caFile: "/nowhere/ca.pem" }), "tls"],
  ["a user that the server does not know", () => ({ user: "nobody", password: PASSWORD }), "credentials"],
  ["a server that is too old", () => ({ uri: older.uri }), "version"],
];

describe.each(WRONG)("a MongoDB that cannot be used: %s", (_, more, cause) => {
  const wrong = (): MongoSettings => ({ ...settings, ...more() });

  it("is refused with its cause and without a secret", async () => {
    const server = openMongo({ settings: wrong(), log: silent });
    const error = await server.connect().catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(StoreNotReady);
    expect((error as StoreNotReady).problem).toMatchObject({ store: "documents", cause });
    expect((error as StoreNotReady).message).not.toContain(PASSWORD);
    expect(server.state).toBe("down");
    await server.close();
  });

  it("is told by the step that fails, in under 5 s, and what comes after is not tried", async () => {
    const began = performance.now();
    const report = ConnectionReport.parse(await probeMongo(wrong()));
    expect(performance.now() - began).toBeLessThan(5_000);
    const failed = report.steps.findIndex((step) => step.state === "failed");
    expect(report.steps[failed]?.step).toBe(cause);
    expect(report.steps.slice(failed + 1).every((step) => step.state === "not-tried")).toBe(true);
    expect(report.ok).toBe(false);
    expect(JSON.stringify(report)).not.toContain(PASSWORD);
  });
});

describe("a MongoDB that can be used", () => {
  it("is found good step by step, and nothing is left of the trial", async () => {
    const report = await probeMongo(settings);
    expect(report).toMatchObject({ ok: true, server: { name: "MongoDB" } });
    expect(report.steps.map(({ step, state }) => [step, state])).toContainEqual(["rights", "ok"]);
    const server = await connectedMongo(settings);
    const names = (await server.db().listCollections().toArray()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("pc_probe"))).toEqual([]);
    await server.close();
  });

  it("may be reached for again and again, also at once", async () => {
    const server = await connectedMongo(settings);
    const [first, second] = await Promise.all([server.connect(), server.connect()]);
    expect(first).toEqual(second);
    expect(server.state).toBe("up");
    await server.close();
    await expect(server.run(async () => 1)).rejects.toMatchObject({ code: "store-unavailable" });
  });
});

describe("what a MongoDB has", () => {
  const flags = ["retryableWrites", "transactions", "changeStreams", "timeSeries", "ttl"] as const;

  it("agrees with what its driver says, and each thing has its note", async () => {
    const server = await connectedMongo(settings);
    const features = server.features();
    const raw = new MongoClient(settings.uri);
    const hello = await raw.db("admin").command({ isMaster: 1 });
    await raw.close();
    expect(features.replicaSet).toBe(hello.setName !== undefined || hello.msg === "isdbgrid");
    expect(features.sessions).toBe(hello.logicalSessionTimeoutMinutes !== undefined);
    const used = (name: string) => features.notes.find((note) => note.name === name)?.state === "used";
    expect(flags.map((flag) => features[flag])).toEqual(
      ["retryable-writes", "transactions", "change-streams", "time-series", "ttl"].map(used),
    );
    for (const note of features.notes) expect(note.note.length).toBeGreaterThan(5);
    await server.close();
  });

  it("differs with the server: change streams with an oplog only", async () => {
    const servers = await Promise.all([startMongo({ changeStreams: true }), startMongo({ changeStreams: false })]);
    const found: boolean[] = [];
    for (const { uri } of servers) {
      const server: MongoServer = await connectedMongo({ ...settings, uri });
      found.push(server.features().changeStreams);
      await server.close();
    }
    await Promise.all(servers.map((server) => server.stop()));
    expect(found).toEqual([true, false]);
  });
});
