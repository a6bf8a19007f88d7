import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { probeNeo4j } from "@main/data/graph/neo4j-probe.ts";
import type { Neo4jSettings } from "@main/platform/server-settings.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { type StartedNeo4j, startNeo4j } from "../servers/start.ts";
import { countProbes, reading, writing } from "./graph-statements.ts";
import { neo4jGraph, settingsOf } from "./neo4j-under-test.ts";

const run = promisify(execFile);
const servers: Server[] = [];
const sockets: Socket[] = [];

beforeAll(() => emptyNeo4j());
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server.on("connection", (socket: Socket) => sockets.push(socket)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What `connect` says is wrong, after which the graph is as unreachable as before. */
async function causeOf(settings: Partial<Neo4jSettings>): Promise<string> {
  const graph = neo4jGraph({ settings: { ...settingsOf(), ...settings } });
  try {
    await graph.connect();
    return "none";
  } catch (error) {
    await expect(graph.read((r) => r.query(countProbes))).rejects.toMatchObject({ code: "store-unavailable" });
    const { problem } = error as { problem: { cause: string; store: string; message: string } };
    expect(problem.store).toBe("graph");
    expect(problem.message).not.toContain(settings.password ?? settingsOf().password);
    return problem.cause;
  } finally {
    await graph.close();
  }
}

/** The step of a probe that failed, or `ok`; nothing secret in it, and within its time. */
async function failing(settings: Partial<Neo4jSettings>): Promise<string> {
  const startedAt = performance.now();
  const given = { ...settingsOf(), ...settings };
  const report = await probeNeo4j(given);
  expect(performance.now() - startedAt).toBeLessThan(8_000);
  expect(JSON.stringify(report)).not.toContain(given.password);
  expect(report.steps.map(({ step }) => step)).toEqual(["address", "tls", "credentials", "version", "rights"]);
  const failed = report.steps.filter(({ state }) => state === "failed");
  expect(report.ok).toBe(failed.length === 0);
  const at = report.steps.findIndex(({ state }) => state === "failed");
  if (at >= 0) expect(report.steps.slice(at + 1).every(({ state }) => state === "not-tried")).toBe(true);
  return failed[0]?.step ?? "ok";
}

describe("a Neo4j", () => {
  it("that suits is told with its version, and is not reachable before", async () => {
    const graph = neo4jGraph();
    await expect(graph.write((w) => w.execute(writing("CREATE (n:Probe) RETURN 1 AS one")))).rejects.toMatchObject({
      code: "store-unavailable",
    });
    expect(await graph.health()).toEqual({ state: "down", engine: "Neo4j", nodes: 0 });
    const { version } = await graph.connect();
    expect(version).toMatch(/^\d+\.\d+/);
    expect(await graph.health()).toEqual({ state: "up", engine: `Neo4j ${version}`, nodes: 0 });
    expect(graph.features()).toMatchObject([{ store: "graph", name: "full-text-index", state: "used" }]);
    await graph.connect();
    expect(await graph.read((r) => r.query(countProbes))).toEqual([{ probes: 0 }]);
    await graph.close();
  });

  it("is probed step by step and left as it was", async () => {
    const report = await probeNeo4j(settingsOf());
    expect(report.steps.map(({ state }) => state)).toEqual(["ok", "not-used", "ok", "ok", "ok"]);
    expect(report).toMatchObject({ ok: true, server: { name: "Neo4j", version: expect.stringMatching(/^\d+\.\d+/) } });
    const graph = neo4jGraph();
    await graph.connect();
    const probes = reading("MATCH (p:WriteMark) WHERE p.id IS NULL RETURN count(p) AS nodes");
    expect(await graph.read((r) => r.query(probes))).toEqual([{ nodes: 0 }]);
    const indexes = await graph.run("read", (t) => t.run<{ name: string }>("SHOW INDEXES YIELD name"));
    expect(indexes.map(({ name }) => name)).not.toContain("polyclinic_probe");
    await graph.close();
  });

  it.each([
    ["a wrong password", "credentials", { password: "not the password" }],
    ["a wrong user", "credentials", { user: "nobody" }],
    ["a port where nothing listens", "address", { uri: "bolt://127.0.0.1:1" }],
    ["a name that nobody knows", "address", { uri: "bolt://graph.clinic.invalid:7687" }],
    ["an address that is none", "address", { uri: "bolt://" }],
    ["TLS where the server has none", "tls", { uri: settingsOfUri("bolt+s") }],
    ["a database that is not there", "rights", { database: "elsewhere" }],
  ])("behind %s is told by that cause: %s", async (_, cause, settings) => {
    expect(await failing(settings)).toBe(cause);
    expect(await causeOf(settings)).toBe(cause);
  });

  it("is told from another server and from one that says nothing", async () => {
    const web = await listen(createHttp((_, response) => response.end("hello")));
    expect([await failing({ uri: web }), await causeOf({ uri: web })]).toEqual(["address", "address"]);
    const silent = await listen(createServer((socket) => void socket.on("error", () => undefined)));
    expect(await failing({ uri: silent })).not.toBe("ok");
    expect(await causeOf({ uri: silent })).toBe("address");
  });
});

function settingsOfUri(scheme: string): string {
  return settingsOf().uri.replace(/^\w+/, scheme);
}

/** A server of its own starts and answers in this time, also on a machine with other work. */
const OWN_SERVER_MS = 300_000;

describe("a Neo4j with TLS", { timeout: OWN_SERVER_MS }, () => {
  let folder: string;
  let server: StartedNeo4j;
  let own: Neo4jSettings;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "polyclinic-tls-"));
    const [key, certificate] = [join(folder, "private.key"), join(folder, "public.crt")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    await run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate, ...subject]);
    server = await startNeo4j({
      settings: {
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": folder,
        "dbms.ssl.policy.bolt.private_key": key,
        "dbms.ssl.policy.bolt.public_certificate": certificate,
        "dbms.ssl.policy.bolt.client_auth": "NONE",
        "server.bolt.tls_level": "REQUIRED",
      },
    });
    own = { ...settingsOf(server), uri: `bolt+s://localhost:${server.port}`, caFile: certificate };
    // A server that has just started is slow at its first statements, which is not what is tried here.
    for (let turn = 0; turn < 20 && !(await probeNeo4j(own)).ok; turn += 1);
  }, OWN_SERVER_MS);
  afterAll(async () => {
    await server?.remove();
    await rm(folder, { recursive: true, force: true });
  }, OWN_SERVER_MS);

  it("is trusted by the file of its authority, or where any certificate will do", async () => {
    for (const settings of [own, { ...own, uri: own.uri.replace("bolt+s", "bolt+ssc"), caFile: null }]) {
      const graph = neo4jGraph({ settings });
      await graph.connect();
      expect(await failing(settings)).toBe("ok");
      expect(await graph.read((r) => r.query(countProbes))).toEqual([{ probes: 0 }]);
      await graph.close();
    }
    // A single server answers `neo4j://` too: as a cluster of one.
    const graph = neo4jGraph({ settings: { ...own, uri: own.uri.replace("bolt", "neo4j") } });
    await expect(graph.connect()).resolves.toMatchObject({ version: expect.any(String) });
    expect(await graph.write((w) => w.execute(writing("CREATE (p:Probe {name: 'routed'}) RETURN p.name AS name")))).toEqual([
      { name: "routed" },
    ]);
    expect(await graph.read((r) => r.query(countProbes))).toEqual([{ probes: 1 }]);
    await graph.close();
  });

  it.each([
    ["nobody vouches for it", { caFile: null }],
    ["the file of the authority is missing", { caFile: "/nowhere/ca.pem" }],
    ["the connection is not encrypted", { uri: "plain" }],
  ])("is refused when %s", async (_, change) => {
    const settings = { ...own, ...change };
    if (settings.uri === "plain") settings.uri = `bolt://localhost:${server.port}`;
    expect(await failing(settings)).toBe("tls");
    expect(await causeOf(settings)).toBe("tls");
  });
});
