import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { UserViewer } from "@main/platform/request.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keysOf } from "../world/keys-of.ts";
import type { World } from "../world/open-world.ts";
import { freshAdmin, openClinic, refused } from "./identity-world.ts";

const NEO4J = { uri: "bolt://graph.invalid:7687", user: "clinic", password: "graph-secret-1" };
const MONGODB = { uri: "mongodb://documents.invalid:27017", user: "clinic", password: "documents-secret-1" };
const SERVERS = { neo4j: NEO4J, mongodb: MONGODB };

let world: World & { admin: UserViewer };
let admin: UserViewer;
beforeEach(async () => {
  world = await openClinic();
  admin = await freshAdmin(world);
});
afterEach(() => world.close());

const configuration = () => world.call("system", "getConfiguration", {}, admin);
const save = (input: Parameters<typeof world.call<"system", "setConfiguration">>[2]) =>
  world.call("system", "setConfiguration", input, admin);
const fileText = () => readFile(join(world.folder, "configuration.json"), "utf8").catch(() => null);
const file = async () => JSON.parse((await fileText()) ?? "null");
const keys = async () => (await readdir(keysOf(world.folder))).filter((name) => name.includes("password"));
/** What a refusal must leave as it was. */
const everything = async () => ({ file: await fileText(), keys: await keys(), shown: await configuration() });

describe("the configuration", () => {
  it("is of this folder until somebody says otherwise", async () => {
    expect(await configuration()).toEqual({
      ...{ mode: "embedded", neo4j: null, mongodb: null, url: null, passwords: { neo4j: false, mongodb: false } },
      ...{ source: "default", file: join(world.folder, "configuration.json"), keptBy: "file", restartRequired: false },
    });
  });

  it("is kept for the next start, its passwords apart from it and shown to nobody", async () => {
    expect(await save({ mode: "servers", servers: SERVERS })).toEqual({ restartRequired: true });
    const shown = await configuration();
    expect(shown).toMatchObject({
      ...{ mode: "servers", source: "file", restartRequired: true, passwords: { neo4j: true, mongodb: true } },
      neo4j: { uri: NEO4J.uri, user: "clinic", database: "neo4j", caFile: null },
      mongodb: { uri: MONGODB.uri, user: "clinic", database: "polyclinic", caFile: null },
    });
    expect(`${JSON.stringify(shown)}${await fileText()}`).not.toContain("secret");
    expect(await keys()).toEqual(["mongodb-password.key", "neo4j-password.key"]);
    expect((await stat(join(world.folder, "configuration.json"))).mode & 0o777).toBe(0o600);
  });

  it("keeps what else stands in the file, and forgets servers that are left", async () => {
    await writeFile(join(world.folder, "configuration.json"), JSON.stringify({ port: 7999, workstation: "Desk 2" }));
    await save({ mode: "servers", servers: SERVERS });
    expect(await file()).toMatchObject({ port: 7999, workstation: "Desk 2", mode: "servers", neo4j: { uri: NEO4J.uri } });
    expect(await save({ mode: "embedded" })).toEqual({ restartRequired: false });
    expect(await file()).toEqual({ port: 7999, workstation: "Desk 2", mode: "embedded" });
  });

  it("keeps a password for its own address and user only", async () => {
    await save({ mode: "servers", servers: SERVERS });
    const { password: _, ...neo4j } = NEO4J;
    await save({ mode: "servers", servers: { neo4j: { ...neo4j, database: "ward" }, mongodb: MONGODB } });
    expect(await configuration()).toMatchObject({ neo4j: { database: "ward" }, passwords: { neo4j: true, mongodb: true } });
    const before = await everything();
    for (const other of [{ uri: "bolt://elsewhere.invalid" }, { user: "somebody" }, { uri: "neo4j://graph.invalid:7687" }]) {
      const attempt = save({ mode: "servers", servers: { neo4j: { ...neo4j, ...other }, mongodb: MONGODB } });
      await expect(attempt).rejects.toMatchObject(refused("invalid-input", "servers.neo4j.password"));
    }
    expect(await everything()).toEqual(before);
    // Who redirects the file gets no password by it.
    await writeFile(
      join(world.folder, "configuration.json"),
      JSON.stringify({ ...(await file()), neo4j: { uri: "bolt://elsewhere.invalid" } }),
    );
    expect((await configuration()).passwords).toEqual({ neo4j: false, mongodb: true });
  });

  it.each([
    ["a password without a user", { ...SERVERS, mongodb: { uri: MONGODB.uri, password: "x" } }, "servers.mongodb.user"],
    ["a user without a password", { ...SERVERS, mongodb: { uri: MONGODB.uri, user: "clinic" } }, "servers.mongodb.password"],
    ["a secret among the options", { ...SERVERS, mongodb: { ...MONGODB, uri: `${MONGODB.uri}/?proxyPassword=x` } }, "servers.mongodb.uri"],
    ["the database in the address", { ...SERVERS, mongodb: { ...MONGODB, uri: `${MONGODB.uri}/ward` } }, "servers.mongodb.uri"],
    ["an authority's file that is not there", { ...SERVERS, neo4j: { ...NEO4J, caFile: "none.pem" } }, "servers.neo4j.caFile"],
    ["an address with a password", { ...SERVERS, neo4j: { ...NEO4J, uri: "bolt://a:b@c" } }, "servers.neo4j.uri"],
  ])("refuses %s and changes nothing", async (_name, servers, field) => {
    const before = await everything();
    await expect(save({ mode: "servers", servers })).rejects.toMatchObject(refused("invalid-input", field));
    expect(await everything()).toEqual(before);
  });

  it("refuses what this process cannot be", async () => {
    const attempt = save({ mode: "client", url: "https://clinic.example:7420" });
    await expect(attempt).rejects.toMatchObject(refused("invalid-input", "mode"));
    expect(await fileText()).toBeNull();
  });

  it("needs a fresh proof of the administrator's password", async () => {
    for (const route of [
      () => world.call("system", "setConfiguration", { mode: "embedded" }, { ...admin, reauthenticatedAt: null }),
      () => world.call("system", "restart", {}, { ...admin, reauthenticatedAt: null }),
    ]) {
      await expect(route()).rejects.toMatchObject(refused("reauthentication-required"));
    }
    expect(await fileText()).toBeNull();
  });

  it("tells which file is damaged and where, and does not write over it", async () => {
    const damaged = '{"neo4j":{"uri":1}}';
    await writeFile(join(world.folder, "configuration.json"), damaged);
    for (const attempt of [configuration, () => save({ mode: "embedded" })]) {
      await expect(attempt()).rejects.toMatchObject(refused("invalid-input", "configuration.json: neo4j.uri"));
    }
    expect(await fileText()).toBe(damaged);
  });

  it.each([
    ["NEO4J_USER", "NEO4J_USER=somebody"],
    ["NEO4J_PASSWORD", "NEO4J_PASSWORD=another"],
    ["POLYCLINIC_MODE", "POLYCLINIC_MODE=embedded"],
  ])("is refused where %s says otherwise at the next start, and nothing is kept", async (variable, line) => {
    await writeFile(join(world.folder, "polyclinic.env"), `${line}\n`);
    const attempt = save({ mode: "servers", servers: SERVERS });
    await expect(attempt).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(variable) });
    expect([await fileText(), await keys()]).toEqual([null, []]);
  });

  it("is not in the way of a variable that says the same or nothing of it", async () => {
    await writeFile(join(world.folder, "polyclinic.env"), "NEO4J_USER=clinic\n");
    expect((await configuration()).source).toBe("default");
    expect(await save({ mode: "servers", servers: SERVERS })).toEqual({ restartRequired: true });
    expect((await configuration()).source).toBe("env-file");
  });

  it("puts passwords back when the file cannot be written", async () => {
    await save({ mode: "servers", servers: SERVERS });
    const stored = () =>
      Promise.all(["neo4j", "mongodb"].map((name) => readFile(join(keysOf(world.folder), `${name}-password.key`), "utf8")));
    const before = await stored();
    // A folder in the file's place: its rename fails, whoever runs this.
    await rm(join(world.folder, "configuration.json"));
    await mkdir(join(world.folder, "configuration.json", "in-the-way"), { recursive: true });
    const attempt = save({ mode: "servers", servers: { neo4j: { ...NEO4J, password: "another" }, mongodb: MONGODB } });
    await expect(attempt).rejects.toMatchObject(refused("store-unavailable"));
    expect(await stored()).toEqual(before);
    expect((await readdir(world.folder)).filter((name) => name.startsWith("configuration.json."))).toEqual([]);
  });
});

describe("trying a server", () => {
  const graphAt = (uri: string, password?: string) =>
    world.call("system", "testConnection", { store: "graph", neo4j: { uri, user: "clinic", ...(password ? { password } : {}) } }, admin);

  it("names the address where nothing listens, and repeats no password", async () => {
    const port = await closedPort();
    const graph = await graphAt(`bolt://127.0.0.1:${port}`, "graph-secret-1");
    const mongodb = { uri: `mongodb://127.0.0.1:${port}`, user: "clinic", password: "documents-secret-1" };
    const documents = await world.call("system", "testConnection", { store: "documents", mongodb }, admin);
    for (const report of [graph, documents]) {
      expect(report).toMatchObject({ ok: false, server: null, steps: [{ step: "address", state: "failed" }, {}, {}, {}, {}] });
      expect(report.steps.slice(1).map(({ state }) => state)).not.toContain("ok");
      expect(JSON.stringify(report)).not.toContain("secret");
    }
  });

  it("sends no kept password to another address", async () => {
    await save({ mode: "servers", servers: SERVERS });
    await expect(graphAt("bolt://127.0.0.1:1")).rejects.toMatchObject(refused("invalid-input", "neo4j.password"));
    const mongodb = { uri: "mongodb://127.0.0.1:1", user: "clinic" };
    const attempt = world.call("system", "testConnection", { store: "documents", mongodb }, admin);
    await expect(attempt).rejects.toMatchObject(refused("invalid-input", "mongodb.password"));
    // To its own address it goes: the report comes from a try.
    expect(await graphAt(NEO4J.uri)).toMatchObject({ ok: false });
  });
});

describe("the stores in this folder", () => {
  it("are connected for everyone, and trying again changes nothing", async () => {
    const up = { state: "up", cause: null };
    const ready = { mode: "embedded", state: "ready", stores: { graph: up, documents: up }, retryInMs: null };
    expect(await world.call("system", "getConnection", {}, null)).toEqual(ready);
    expect(await world.call("system", "retryConnection", {}, null)).toEqual(ready);
  });

  it("share no servers, so no workstation and no feature of one is told", async () => {
    expect(await world.call("system", "getHealth", {}, admin)).toMatchObject({ mode: "embedded", features: [], workstations: [] });
  });

  it("are not started anew by a process that cannot", async () => {
    await expect(world.call("system", "restart", {}, admin)).rejects.toMatchObject(refused("conflict"));
  });
});

/** A port that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
