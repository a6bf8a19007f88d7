import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HostProcess, startHostProcess } from "./host-process.ts";
import { CLINIC } from "./identity-world.ts";

// The first of them may have to wait for a build.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SECRETS = ["graph-pw-7d1f", "documents-pw-52ab", "passphrase-c903", "uri-pw-88e0"];
const AWAY = { NEO4J_URI: "bolt://127.0.0.1:1", MONGODB_URI: "mongodb://clinic:uri-pw-88e0@127.0.0.1:1/records?connectTimeoutMS=500" };

let root: string;
let data: string;
let host: HostProcess | null;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "polyclinic-host-config-"));
  data = join(root, "data");
  await mkdir(data);
  host = null;
});
afterEach(async () => {
  host?.child.kill("SIGKILL");
  await host?.ended;
  await rm(root, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}, ...args: string[]) {
  host = startHostProcess(["--data", data, "--port", "0", ...args], environment);
  return { host, ...(await host.ready) };
}

async function call(url: string, route: string, input: object, token?: string) {
  const response = await fetch(`${url}/api/${route}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.text() };
}

/** Asks until the host, which is starting anew, answers so. */
async function eventually(ask: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 30_000;
  while (!(await ask().catch(() => false))) {
    if (performance.now() > until) throw new Error(`it did not come: ${host?.complaints()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Every file under a folder, but those of the secret store and of the test's own making, with what is in it. */
async function filesUnder(folder: string, except: RegExp): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.filter((path) => !except.test(path)).map(async (path) => [path, await readFile(path, "latin1")] as [string, string]),
  );
}

describe("secrets given to the host", () => {
  it("are in no output, answer, argument or file but those they were given in", async () => {
    await writeFile(join(root, "neo4j.secret"), "graph-pw-7d1f\n");
    await writeFile(join(data, "polyclinic.env"), "POLYCLINIC_KEY_PASSPHRASE=passphrase-c903\n");
    const given = { ...AWAY, NEO4J_PASSWORD_FILE: join(root, "neo4j.secret"), MONGODB_PASSWORD: "documents-pw-52ab" };
    const { host: running, url, pid } = await start(given, "--log-level", "debug");
    const state = await call(url, "system/retryConnection", {});
    expect(JSON.parse(state.body)).toMatchObject({
      mode: "servers",
      stores: { graph: { cause: "address" }, documents: { cause: "address" } },
    });
    const refusal = await call(url, "system/getConfiguration", {}, "no-token");
    expect(refusal.status).toBe(503);
    const doctor = await promisify(execFile)(process.execPath, ["src/main/cli/doctor.ts", "--data", data], {
      cwd: ROOT,
      env: { ...process.env, ...given, POLYCLINIC_KEYS: join(root, "keys") },
    }).catch((error: { code: number; stdout: string; stderr: string }) => error);
    expect("code" in doctor ? doctor.code : 0).toBe(1);
    expect(doctor.stdout).toMatch(/BAD\s+Neo4j address/);
    const command = process.platform === "linux" ? await readFile(`/proc/${pid}/cmdline`, "latin1") : "";
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
    const files = await filesUnder(root, /neo4j\.secret$|polyclinic\.env$/);
    const said = {
      state,
      refusal,
      doctor: `${doctor.stdout}${doctor.stderr}`,
      command,
      printed: running.printed,
      log: running.complaints(),
      files,
    };
    for (const secret of SECRETS) expect(JSON.stringify(said)).not.toContain(secret);
    expect(running.complaints()).toContain('"cause":"address"');
  });
});

describe("a host with a configuration that cannot be", () => {
  it.each([
    ["configuration.json", '{"neo4j":{"uri":5}}', "configuration.json: neo4j.uri:"],
    ["configuration.json", "{", "configuration.json is damaged"],
    ["polyclinic.env", "NEO4J_URI=bolt://g\n", "MONGODB_URI (--mongodb-uri) must be given"],
    ["polyclinic.env", "POLYCLINIC_CLIENT_URL=https://c.example\n", "POLYCLINIC_MODE is client"],
  ])("ends with 2 and says what is wrong (%s: %j)", async (name, content, words) => {
    await writeFile(join(data, name), content);
    host = startHostProcess(["--data", data, "--port", "0"]);
    expect(await host.ended).toBe(2);
    expect(host.complaints()).toContain(words);
    expect(await readFile(join(data, name), "utf8")).toBe(content);
  });
});

describe("starting anew", () => {
  it("serves at the same address with what was saved, for an administrator who asks", async () => {
    const { host: running, url } = await start();
    const { username, password } = CLINIC.admin;
    expect((await call(url, "setup/createClinic", CLINIC)).status).toBe(200);
    const signIn = await call(url, "session/signIn", { username, password });
    const { token } = JSON.parse(signIn.body) as { token: string };
    expect((await call(url, "system/restart", {}, token)).status).toBe(403);
    await call(url, "session/reauthenticate", { password }, token);
    const neo4j = { uri: AWAY.NEO4J_URI, user: "clinic", password: "graph-pw-7d1f" };
    const saved = await call(
      url,
      "system/setConfiguration",
      { mode: "servers", servers: { neo4j, mongodb: { uri: "mongodb://127.0.0.1:1" } } },
      token,
    );
    expect(JSON.parse(saved.body)).toEqual({ restartRequired: true });
    expect((await call(url, "system/restart", {}, token)).status).toBe(200);
    await eventually(async () => JSON.parse((await call(url, "system/getConnection", {})).body).mode === "servers");
    await writeFile(join(data, "configuration.json"), "{}");
    expect(running.printed).toHaveLength(1);
    const files = await filesUnder(root, /neo4j-password\.key$/);
    expect(JSON.stringify([files, running.complaints()])).not.toContain("graph-pw-7d1f");
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
  });

  it("follows by itself when a workstation without a clinic has joined servers", async () => {
    const { host: running, url } = await start();
    const servers = {
      neo4j: { uri: AWAY.NEO4J_URI, user: "clinic", password: "graph-pw-7d1f" },
      mongodb: { uri: "mongodb://127.0.0.1:1" },
    };
    const joined = await call(url, "setup/joinServers", servers);
    expect(JSON.parse(joined.body)).toEqual({ restartRequired: false });
    await eventually(async () => JSON.parse((await call(url, "system/getConnection", {})).body).mode === "servers");
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
  });
});
