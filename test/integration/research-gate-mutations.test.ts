import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedGraph, openEmbeddedGraph } from "@main/data/graph/embedded.ts";
import { statement } from "@main/data/graph/statement.ts";
import { createGate } from "@main/features/research/gate/index.ts";
import type { ProcessLauncher } from "@main/platform/process-launcher.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENGINE_ENTRY, silentLog } from "../contract/embedded-graph.ts";
import { tckQueries } from "../world/shared-data.ts";
import { HARMLESS } from "./research-gate-bombs.ts";
import { createMutator } from "./research-gate-mutator.ts";
import { HOSTILE } from "./research-gate-texts.ts";

const MUTATIONS = 20_000;
const SEED = Number(process.env["GATE_SEED"] ?? 20_261_122);
const SECRET = "canary-7f3a-do-not-read";

const gate = createGate();
let root: string;
let graph: EmbeddedGraph;
let server: Server;
let visits = 0;
const pids: number[] = [];

/** The engine with a working directory, a home and a temporary folder of its own, where nothing else writes. */
const launcher: ProcessLauncher = () => {
  const home = join(root, "home");
  const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: home, XDG_CONFIG_HOME: home };
  const child = fork(ENGINE_ENTRY, [], {
    execArgv: [],
    serialization: "advanced",
    cwd: home,
    env,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  if (child.pid !== undefined) pids.push(child.pid);
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => child.once("exit", (code, signal) => listener(signal ?? `code ${code}`)),
    kill: () => child.kill("SIGKILL"),
  };
};

const GROUND = `// Makes a small clinic to be destroyed.
// writes
CREATE (d:Doctor {id: 'D1', name: 'Ada', num: 1})-[:TREATS {since: 2020}]->(p:Patient:Person {id: 'P1', name: 'Layla', age: 44, num: 2}),
  (p)-[:KNOWS]->(q:Person {name: 'b', num: 3, list: [1, 2, 3]})-[:KNOWS]->(r:A {name: 'c', num: 4})-[:T]->(:B {num: 5})-[:REL]->(d),
  (:A {name: 'a', num: 6, b: true})-[:LOOP]->(:C {id: 0, x: 1.5}), (:X)-[:R]->(:Y)`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "polyclinic-gate-"));
  for (const folder of ["home", "data"]) await mkdir(join(root, folder));
  await writeFile(join(root, "home", "secret.csv"), `${SECRET}\n`);
  server = createServer((_, response) => {
    visits += 1;
    response.end("a,b\n1,2\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  graph = await openEmbeddedGraph({ folder: join(root, "data"), engine: launcher, log: silentLog });
  await graph.write((writer) => writer.execute(statement("ground", GROUND)));
});
afterAll(async () => {
  await gate.close();
  await graph.close();
  server.close();
  await rm(root, { recursive: true, force: true });
});

const rowsOf = (text: string) => graph.read((reader) => reader.query(statement("watch", `// Watches.\n${text}`)));

/** Everything in the graph, as one number. */
async function digest(): Promise<string> {
  const nodes = await rowsOf("MATCH (n) RETURN id(n) AS id, labels(n) AS labels, properties(n) AS all ORDER BY id");
  const edges = await rowsOf(
    "MATCH (a)-[r]->(b) RETURN id(r) AS id, type(r) AS type, properties(r) AS all, id(a) AS a, id(b) AS b ORDER BY id",
  );
  const indexes = await rowsOf("CALL db.labels() YIELD label RETURN label ORDER BY label");
  return createHash("sha256")
    .update(JSON.stringify([nodes, edges, indexes]))
    .digest("hex");
}

/** Every file below a folder with its size, time and content. */
async function filesUnder(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true });
  return Promise.all(
    found.toSorted().map(async (name) => {
      const { mtimeMs, size } = await lstat(join(folder, name));
      const content = await readFile(join(folder, name)).catch(() => "");
      return `${name} ${size} ${mtimeMs} ${createHash("sha256").update(content).digest("hex")}`;
    }),
  );
}

/** Network sockets that a process holds: its descriptors among the sockets that the kernel lists as TCP or UDP. */
async function networkSockets(pid: number): Promise<string[]> {
  const tables = await Promise.all(
    ["tcp", "tcp6", "udp", "udp6"].map((name) => readFile(`/proc/${pid}/net/${name}`, "utf8").catch(() => "")),
  );
  const network = new Set(
    tables
      .join("\n")
      .split("\n")
      .map((line) => line.trim().split(/\s+/)[9]),
  );
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(descriptors.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => "")));
  return links.filter((link) => network.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? "none"));
}

type Outcome = "answered" | "failed" | "engine lost" | "took too long";

/** Runs a text as if it were allowed to write: what keeps the graph as it is, is the gate alone. */
async function execute(text: string, seen: { leaks: string[] }): Promise<Outcome> {
  try {
    const rows = await graph.write((writer) =>
      writer.execute({ name: "mutation", text, writes: true }, { label: "Evil", since: "2020", id: "P1" }),
    );
    if (JSON.stringify(rows).includes(SECRET)) seen.leaks.push(text);
    return "answered";
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "store-unavailable") return "engine lost";
    return code === "timeout" ? "took too long" : "failed";
  }
}

describe("mutations of the TCK's and of hostile queries", () => {
  it(`are refused or harmless: ${MUTATIONS} of them, executed on a graph that could be written`, { timeout: 900_000 }, async () => {
    const tck = tckQueries();
    const { port } = server.address() as AddressInfo;
    const own = Object.values(HOSTILE).flat();
    const urls = [
      ...["RETURN file()", "LOAD CSV FROM 'secret.csv' AS l RETURN l", `LOAD CSV FROM 'http://127.0.0.1:${port}/x' AS l RETURN l`],
      ...[`LOAD CSV FROM 'file://${root}/home/secret.csv' AS l RETURN l`, `CALL apoc.load.csv('http://127.0.0.1:${port}/y')`],
    ];
    const sources = [...(tck ?? []).map(({ cypher }) => cypher), ...own, ...HARMLESS, ...urls].filter((text) => text.length < 2_000);
    const mutator = createMutator(SEED, sources, urls);
    const tally = { tried: 0, refused: 0, accepted: 0 };
    const outcomes: Record<Outcome, number> = { answered: 0, failed: 0, "engine lost": 0, "took too long": 0 };
    const seen = { leaks: [] as string[] };
    const before = { graph: await digest(), files: await filesUnder(join(root, "home")) };
    const sockets = await networkSockets(pids.at(-1) ?? 0);

    for (let batch = 0; batch < MUTATIONS / 500; batch += 1) {
      const texts = Array.from({ length: 500 }, () => mutator.next());
      const verdicts = await Promise.all(texts.map((text) => gate.check(text, "embedded")));
      const accepted = texts.filter((_, index) => verdicts[index]?.ok);
      tally.tried += texts.length;
      tally.accepted += accepted.length;
      for (const text of accepted) outcomes[await execute(text, seen)] += 1;
      if ((await digest()) !== before.graph) throw new Error(`seed ${SEED}: one of these changed the graph:\n${accepted.join("\n---\n")}`);
    }
    tally.refused = tally.tried - tally.accepted;
    console.info(`mutations, seed ${SEED}: ${JSON.stringify(tally)}; executed: ${JSON.stringify(outcomes)}; engines used: ${pids.length}`);

    expect(tally.tried).toBe(MUTATIONS);
    // Most of what is accepted comes of the TCK.
    expect(tally.accepted).toBeGreaterThan(tck === null ? 300 : 1_000);
    expect(outcomes.answered).toBeGreaterThan(tck === null ? 150 : 500);
    expect(seen.leaks).toEqual([]);
    expect(await filesUnder(join(root, "home"))).toEqual(before.files);
    expect(visits).toBe(0);
    expect(await networkSockets(pids.at(-1) ?? 0)).toEqual(sockets);
    expect(sockets).toEqual([]);
  });

  it("would be seen: the watchers notice a write, a file that is read, and a visit", async () => {
    const { port } = server.address() as AddressInfo;
    const before = await digest();
    const seen = { leaks: [] as string[] };
    expect(await execute("LOAD CSV FROM 'secret.csv' AS line RETURN line", seen)).toBe("answered");
    expect(seen.leaks).toHaveLength(1);
    expect(await execute("CREATE (:Evil)", seen)).toBe("answered");
    expect(await digest()).not.toBe(before);
    await fetch(`http://127.0.0.1:${port}/`);
    expect(visits).toBe(1);
  });
});
