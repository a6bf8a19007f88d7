import { spawn } from "node:child_process";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { splitMongoUri } from "@main/platform/config-mongo-uri.ts";
import type { UserViewer } from "@main/platform/request.ts";
import type { ConnectionReport } from "@shared/contract/servers.ts";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { givenServers, ownDatabase } from "../servers/given.ts";
import { keysOf } from "../world/keys-of.ts";
import type { World } from "../world/open-world.ts";
import { freshAdmin, openClinic, refused } from "./identity-world.ts";

const { neo4j, mongodb } = givenServers();
const { uri: documentsUri, user, password } = splitMongoUri(mongodb.uri, "MONGODB_URI");
const account = user === null || password === null ? {} : { user, password };
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let world: World & { admin: UserViewer };
let admin: UserViewer;
/** Something that answers and is no server of ours. */
let stranger: Server;
let strangerPort: number;
beforeAll(async () => {
  world = await openClinic();
  admin = await freshAdmin(world);
  stranger = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const address = stranger.address();
  strangerPort = typeof address === "object" && address ? address.port : 0;
});
afterAll(async () => {
  stranger.close();
  await world.close();
});

const graph = (change: Partial<typeof neo4j & { database: string }> = {}) =>
  world.call("system", "testConnection", { store: "graph", neo4j: { ...neo4j, ...change } }, admin);
const documents = (uri: string, change: object = {}) =>
  world.call("system", "testConnection", { store: "documents", mongodb: { uri, ...account, database: ownDatabase(), ...change } }, admin);

/** The steps before it are well, it is not, the ones after it were not tried. */
function expectFailed(report: ConnectionReport, failed: ConnectionReport["steps"][number]["step"]): void {
  const at = report.steps.findIndex(({ step }) => step === failed);
  const states = report.steps.map(({ state }) => state);
  expect(report.ok).toBe(false);
  expect(states[at]).toBe("failed");
  for (const state of states.slice(0, at)) expect(["ok", "not-used"]).toContain(state);
  for (const state of states.slice(at + 1)) expect(state).toBe("not-tried");
  expect(report.steps[at]?.detail).not.toBe("");
}

describe("trying a Neo4j", () => {
  it("says that all is well, and which version it is", async () => {
    const report = await graph();
    expect(report).toMatchObject({ ok: true, server: { name: "Neo4j", version: expect.stringMatching(/^\d+\.\d+/) } });
    expect(report.steps.map(({ state }) => state)).toEqual(["ok", expect.stringMatching(/^(ok|not-used)$/), "ok", "ok", "ok"]);
  });

  it("says the address where a stranger answers", async () => {
    expectFailed(await graph({ uri: `bolt://127.0.0.1:${strangerPort}` }), "address");
  });

  it("says TLS where the server has none", async () => {
    expectFailed(await graph({ uri: neo4j.uri.replace(/^(bolt|neo4j)(\+ssc|\+s)?:/, "bolt+s:") }), "tls");
  });

  it("says the credentials for a wrong password, and repeats it nowhere", async () => {
    const report = await graph({ password: "wrong-secret-77" });
    expectFailed(report, "credentials");
    expect(JSON.stringify(report)).not.toContain("wrong-secret-77");
  });

  it("says the rights for a database that is not there", async () => {
    const { ok, steps } = await graph({ database: "not-there" });
    expect(ok).toBe(false);
    expect(steps).toContainEqual({ step: "credentials", state: "ok", detail: expect.any(String) });
    expect(steps).toContainEqual({ step: "rights", state: "failed", detail: expect.stringContaining("not-there") });
  });
});

describe("trying a MongoDB", () => {
  it("says that all is well, and leaves nothing in the database", async () => {
    const database = ownDatabase();
    const report = await documents(documentsUri, { database });
    expect(report).toMatchObject({ ok: true, server: { name: expect.stringContaining("Mongo") } });
    const client = await MongoClient.connect(mongodb.uri);
    expect(await client.db(database).listCollections().toArray()).toEqual([]);
    await client.close();
  });

  it("says the address where a stranger answers", async () => {
    expectFailed(await documents(`mongodb://127.0.0.1:${strangerPort}`), "address");
  });

  it("says TLS where the server has none", async () => {
    expectFailed(await documents(`${documentsUri}${documentsUri.includes("?") ? "&" : "/?"}tls=true`), "tls");
  });
});

describe("the password of a server that is kept", () => {
  it("is used for its own address when it is left out, and for no other", async () => {
    const { password: _, ...without } = neo4j;
    await world.call(
      "system",
      "setConfiguration",
      { mode: "servers", servers: { neo4j, mongodb: { uri: documentsUri, ...account } } },
      admin,
    );
    const kept = await world.call("system", "testConnection", { store: "graph", neo4j: without }, admin);
    expect(kept).toMatchObject({ ok: true });
    const elsewhere = { ...without, uri: `bolt://127.0.0.1:${strangerPort}` };
    const attempt = world.call("system", "testConnection", { store: "graph", neo4j: elsewhere }, admin);
    await expect(attempt).rejects.toMatchObject(refused("invalid-input", "neo4j.password"));
  });
});

describe("npm run doctor on servers", () => {
  const doctor = async (environment: Record<string, string>) => {
    const child = spawn(process.execPath, ["src/main/cli/doctor.ts", "--data", world.folder], {
      cwd: ROOT,
      env: { ...process.env, POLYCLINIC_MODE: "servers", POLYCLINIC_KEYS: keysOf(world.folder), ...environment },
    });
    let said = "";
    for (const output of [child.stdout, child.stderr]) output.on("data", (chunk) => (said += chunk));
    const code = await new Promise((resolve) => child.once("close", resolve));
    return { code, said };
  };
  const given = { NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, MONGODB_URI: mongodb.uri, MONGODB_DATABASE: ownDatabase() };

  it("says of each server what is well, what is used of it, and who else is there: also while the application runs", async () => {
    const { code, said } = await doctor({ ...given, NEO4J_PASSWORD: neo4j.password });
    expect(said).toMatch(/ok\s+Mode\s+servers/);
    expect(said).toMatch(/ok\s+Setting\s+NEO4J_URI is given in the environment/);
    expect(said).toMatch(/NEO4J_PASSWORD is given in the environment \(secret, not shown\)/);
    for (const server of ["Neo4j", "MongoDB"]) {
      for (const step of ["address", "user and password", "version", "rights"]) expect(said).toMatch(RegExp(`ok\\s+${server} ${step}`));
    }
    expect(said).toMatch(/MongoDB feature\s+change-streams: (used|done without)/);
    expect(said).toMatch(/ok\s+Workstations\s+none is here now/);
    expect(said).not.toContain(neo4j.password);
    expect(code).toBe(0);
  });

  it("says which step of which server is wrong, and fails", async () => {
    const { code, said } = await doctor({ ...given, NEO4J_PASSWORD: "wrong-secret-77" });
    expect(said).toMatch(/ok\s+Neo4j address/);
    expect(said).toMatch(/BAD\s+Neo4j user and password/);
    expect(said).not.toMatch(/Neo4j version/);
    expect(said).not.toContain("wrong-secret-77");
    expect(code).toBe(1);
  });
});
