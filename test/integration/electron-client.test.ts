import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeWindow, fakeElectron } from "./fake-electron.ts";

const HOST = "https://clinic.example:7420";
let electron: ReturnType<typeof fakeElectron>;
beforeEach(() => {
  electron = fakeElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
});
afterEach(() => {
  vi.doUnmock("electron");
});

async function run(authority: X509Certificate | null = null): Promise<FakeWindow> {
  const { runClient } = await import("@main/app/shell/run-client.ts");
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const files = { dataFolder: "/clinic/data", configurationFile: "/clinic/data/configuration.json" };
  await runClient({ url: HOST, authority, ...files, log, state: { get: () => undefined, set: () => {} } });
  return electron.record.windows.at(-1) as FakeWindow;
}

function prevented(window: FakeWindow, event: string, url: string): boolean {
  let stopped = false;
  window.webContents.emit(event, { url, preventDefault: () => (stopped = true) });
  return stopped;
}

const requested = (url: string) => {
  let cancelled: boolean | undefined;
  electron.session.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
  return !cancelled;
};

describe("the window of a client", () => {
  it("shows the clinic's host, sandboxed, and hands the page nothing of this computer", async () => {
    const window = await run();
    expect(window.loadURL).toHaveBeenCalledWith(`${HOST}/`);
    expect(window.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: false });
    expect(window.options.webPreferences).not.toHaveProperty("preload");
    expect(electron.module.ipcMain.eventNames()).toEqual([]);
    expect(electron.module.utilityProcess.fork).not.toHaveBeenCalled();
  });

  it("stays at that origin: no other page, no other request, no new window", async () => {
    const window = await run();
    for (const event of ["will-navigate", "will-frame-navigate", "will-redirect"]) {
      for (const url of ["https://clinic.example/", "http://clinic.example:7420/", "https://evil.example:7420/", "file:///etc/passwd"]) {
        expect(prevented(window, event, url)).toBe(true);
      }
      expect(prevented(window, event, `${HOST}/#/day`)).toBe(false);
    }
    expect(window.webContents.openHandler?.({ url: HOST })).toEqual({ action: "deny" });
    expect([`${HOST}/api/session/whoAmI`, "wss://clinic.example:7420/ws"].map(requested)).toEqual([true, true]);
    expect(["https://evil.example/", "ws://clinic.example:7420/ws", "http://clinic.example:7420/"].map(requested)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each([
    [-105, "address"],
    [-202, "certificate"],
    [-324, "other"],
  ] as const)("says that the host cannot be shown (%i) and tries again by itself, without a script", async (code, cause) => {
    const window = await run();
    window.webContents.emit("did-fail-load", {}, code, "ERR", `${HOST}/`, true);
    const url = `app://polyclinic/away?cause=${cause}`;
    expect(window.loadURL).toHaveBeenLastCalledWith(url);
    expect(prevented(window, "will-navigate", url)).toBe(false);
    const answer = await electron.record.handlers.get("app")?.({ url });
    const page = (await answer?.text()) ?? "";
    expect(answer?.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page).toContain(`<meta http-equiv="refresh" content="10;url=${HOST}/">`);
    expect(page).toContain(`<a href="${HOST}/">`);
    expect(page).toContain("/clinic/data/configuration.json");
    expect(page).not.toContain("<script");
    expect((await electron.record.handlers.get("app")?.({ url: "app://polyclinic/index.html" }))?.status).toBe(404);
  });

  it("does not take a part of the page, or a load that another one replaced, for the host being away", async () => {
    const window = await run();
    window.webContents.emit("did-fail-load", {}, -105, "ERR", `${HOST}/frame`, false);
    window.webContents.emit("did-fail-load", {}, -3, "ERR_ABORTED", `${HOST}/`, true);
    expect(window.loadURL).toHaveBeenCalledTimes(1);
  });

  it("is a new one after the computer slept or was locked, so that it asks who is there", async () => {
    const first = await run();
    electron.module.powerMonitor.emit("lock-screen");
    expect(electron.record.windows).toHaveLength(2);
    expect(first.destroy).toHaveBeenCalledOnce();
    expect(electron.record.windows[1]?.loadURL).toHaveBeenCalledWith(`${HOST}/`);
  });
});

describe("the certificate of the host", () => {
  const AUTHORITY_INVALID = -202;
  const [GOOD, AS_FOUND] = [0, -3];
  let folder: string;
  const certificates = new Map<string, string>();
  const openssl = (...args: string[]) => promisify(execFile)("openssl", args, { cwd: folder });
  const read = async (name: string) => certificates.set(name, await readFile(join(folder, `${name}.pem`), "utf8"));
  const authority = (name: string) =>
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "3",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.pem`,
      "-subj",
      `/CN=${name}`,
    );
  async function issue(name: string, by: string, names: string) {
    await openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      "/CN=host",
      "-addext",
      `subjectAltName=${names}`,
    );
    const signed = ["-CA", `${by}.pem`, "-CAkey", `${by}.key`, "-CAcreateserial", "-days", "2", "-copy_extensions", "copy"];
    await openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.pem`, ...signed);
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "polyclinic-authority-"));
    await Promise.all([authority("clinic"), authority("stranger")]);
    await issue("host", "clinic", "DNS:clinic.example,IP:192.0.2.7");
    await issue("foreign", "stranger", "DNS:clinic.example");
    for (const name of ["clinic", "stranger", "host", "foreign"]) await read(name);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function judged(name: string, { hostname = "clinic.example", errorCode = AUTHORITY_INVALID, at = new Date(), pinned = true } = {}) {
    const { judgeBy } = await import("@main/app/shell/pinned-authority.ts");
    const ca = pinned ? new X509Certificate(certificates.get("clinic") ?? "") : null;
    return judgeBy(ca, () => at)({ hostname, errorCode, certificate: { data: certificates.get(name) ?? "" } });
  }

  it("is good when IT's authority has issued it for that name", async () => {
    expect(await judged("host")).toBe(GOOD);
    expect(await judged("host", { hostname: "192.0.2.7" })).toBe(GOOD);
    const electronAsks = vi.fn<(found: number) => void>();
    await run(new X509Certificate(certificates.get("clinic") ?? ""));
    electron.session.judge?.(
      { hostname: "clinic.example", errorCode: AUTHORITY_INVALID, certificate: { data: certificates.get("host") ?? "" } },
      electronAsks,
    );
    expect(electronAsks).toHaveBeenCalledWith(GOOD);
  });

  it.each([
    ["another authority's", "foreign", {}],
    ["for another name", "host", { hostname: "evil.example" }],
    ["out of date", "host", { at: new Date(Date.now() + 9 * 86_400_000) }],
    ["revoked, or wrong in any other way that Chromium finds", "host", { errorCode: -206 }],
    ["of an authority that nobody pinned", "host", { pinned: false }],
  ] as const)("is left to Chromium's judgement when it is %s", async (_what, name, options) => {
    expect(await judged(name, options)).toBe(AS_FOUND);
  });
});
