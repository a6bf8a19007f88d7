import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "@shared/contract/index.ts";
import { COMMON_ERRORS } from "@shared/define.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostProcess, startHostProcess } from "./host-process.ts";

let folder: string;
let host: HostProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-host-"));
  host = startHostProcess(["--data", folder, "--port", "0"]);
  ({ url } = await host.ready);
}, 120_000);
afterAll(async () => {
  if (host.child.exitCode === null) host.child.kill("SIGKILL");
  await host.ended;
  await rm(folder, { recursive: true, force: true });
});

const post = (path: string, input: object, token?: string) =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(input),
  });

describe("npm run host", { timeout: 60_000 }, () => {
  it("prints one line of JSON, whose pid is the one to signal", async () => {
    const ready = await host.ready;
    expect(ready).toEqual({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), version: expect.any(String), pid: host.child.pid });
    expect(host.printed).toHaveLength(1);
  });

  it("tells its health and serves the pages with a strict policy", async () => {
    const health = await fetch(`${url}/health`);
    expect(await health.json()).toEqual({ status: "ok", version: (await host.ready).version, stores: { graph: "up", documents: "up" } });
    const page = await fetch(`${url}/`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await fetch(`${url}/../package.json`)).status).toBe(404);
  });

  it("describes every route of the contract with its policy", async () => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, { post: Record<string, unknown> & { responses?: object } }>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const declared = Object.entries(contract).flatMap(([domain, routes]) =>
      Object.entries(routes).map(([route, { "~orpc": definition }]) => [`/api/${domain}/${route}`, definition.meta] as const),
    );
    expect(Object.keys(document.paths).sort()).toEqual(declared.map(([path]) => path).sort());
    const described = (path: string) => document.paths[path]?.post ?? {};
    expect(declared.map(([path]) => [path, policyOf(described(path))])).toEqual(
      declared.map(([path, { allow, audit, fresh, errors }]) => [path, { allow, audit, fresh, errors: [...COMMON_ERRORS, ...errors] }]),
    );
    expect(declared.filter(([path]) => !Object.hasOwn(described(path).responses ?? {}, "200"))).toEqual([]);
  });

  it("takes a clinic from nothing to a signed-in administrator, who alone may read the docs", async () => {
    expect(await (await post("/api/setup/getStatus", {})).json()).toMatchObject({ state: "empty", sample: false });
    const admin = { username: "amal", displayName: "Amal", password: "winter lamp orchard seven" };
    const founded = await post("/api/setup/createClinic", {
      name: "Host",
      timeZone: "Asia/Riyadh",
      currency: "SAR",
      languages: ["en"],
      admin,
    });
    expect(founded.status).toBe(200);
    const signedIn = (await (await post("/api/session/signIn", { username: "amal", password: admin.password })).json()) as {
      token: string;
    };
    const docs = (token?: string) => fetch(`${url}/docs`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    expect((await docs()).status).toBe(401);
    const page = await docs(signedIn.token);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await page.text()).toContain("/api/scheduling/bookAppointment");
    expect((await post("/api/session/signOut", {}, signedIn.token)).status).toBe(200);
    expect((await docs(signedIn.token)).status).toBe(401);
    expect((await post("/api/session/whoAmI", {}, signedIn.token)).status).toBe(401);
  });

  it("refuses a second host on the same folder, and says which process holds it", async () => {
    const second = startHostProcess(["--data", folder, "--port", "0"]);
    expect(await second.ended).toBe(1);
    expect(second.complaints()).toContain(`process ${host.child.pid}`);
    expect(second.printed).toEqual([]);
  });

  it("refuses options it does not know, an address beyond this computer, and a port that is taken", async () => {
    const [unknown, beyond] = [startHostProcess(["--colour", "red"]), startHostProcess(["--data", folder, "--host", "0.0.0.0"])];
    expect(await unknown.ended).toBe(2);
    expect(unknown.complaints()).toContain("--colour");
    expect(await beyond.ended).toBe(2);
    expect(beyond.complaints()).toContain("--host");
    const other = await mkdtemp(join(tmpdir(), "polyclinic-host-"));
    const taken = startHostProcess(["--data", other, "--port", new URL(url).port]);
    expect(await taken.ended).toBe(3);
    await rm(other, { recursive: true, force: true });
  });

  it("ends with 0 on SIGTERM, and what was written is there on the next start", async () => {
    host.child.kill("SIGTERM");
    expect(await host.ended).toBe(0);
    expect(host.printed).toHaveLength(1);
    host = startHostProcess(["--data", folder, "--port", "0"]);
    ({ url } = await host.ready);
    expect(await (await post("/api/setup/getStatus", {})).json()).toMatchObject({ state: "ready", clinicName: "Host" });
    host.child.kill("SIGINT");
    expect(await host.ended).toBe(0);
  });
});

function policyOf(operation: Record<string, unknown>) {
  return {
    allow: operation["x-roles"],
    audit: operation["x-audit"],
    fresh: operation["x-fresh"],
    errors: operation["x-errors"],
  };
}
