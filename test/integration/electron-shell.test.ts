import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "@main/app/compose.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeWindow, fakeElectron, noted } from "./fake-electron.ts";

const pages = await mkdtemp(join(tmpdir(), "polyclinic-shell-"));
let electron: ReturnType<typeof fakeElectron>;
let lines: string[];

beforeEach(async () => {
  electron = fakeElectron();
  lines = [];
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  await mkdir(join(pages, "renderer"), { recursive: true });
  await writeFile(join(pages, "renderer", "index.html"), "<!doctype html><title>Polyclinic</title>");
  await writeFile(join(pages, "secret.txt"), "outside the pages");
});
afterEach(async () => {
  vi.doUnmock("electron");
  await rm(pages, { recursive: true, force: true });
});

/** An app that only counts what the shell asks of it; the routes behind the port have their own tests. */
function fakeApp() {
  return { close: noted(async () => {}), announce: noted(), rpc: {}, clock: {}, version: "1.2.3" };
}

async function run(options: { compose?: () => Promise<App>; stored?: unknown; developmentUrl?: string } = {}) {
  const app = fakeApp();
  const kept = new Map<string, unknown>([["window", options.stored]]);
  const log = {
    info: () => {},
    warn: (_fields: object, message: string) => lines.push(message),
    error: (_fields: object, message: string) => lines.push(message),
  };
  const { runShell } = await import("@main/app/shell/run-shell.ts");
  await runShell({
    mainFolder: join(pages, "main"),
    dataFolder: "/clinic/data",
    log,
    state: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    compose: options.compose ?? (async () => app as unknown as App),
    developmentUrl: options.developmentUrl ?? null,
  });
  const [window] = electron.record.windows;
  return { app, kept, window: window as FakeWindow };
}

describe("the window", () => {
  it("is sandboxed, isolated and without Node", async () => {
    const { window } = await run();
    expect(electron.app.enableSandbox).toHaveBeenCalledOnce();
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
      spellcheck: true,
    });
  });

  it("loads our own pages only", async () => {
    const { window } = await run();
    expect(window.loadURL).toHaveBeenCalledWith("app://polyclinic/");
    for (const event of ["will-navigate", "will-frame-navigate", "will-redirect"]) {
      expect(prevented(window, event, "https://example.com/")).toBe(true);
      expect(prevented(window, event, "app://other/")).toBe(true);
      expect(prevented(window, event, "file:///etc/passwd")).toBe(true);
      expect(prevented(window, event, "app://polyclinic/index.html#/day")).toBe(false);
    }
    expect(prevented(window, "will-attach-webview", "app://polyclinic/")).toBe(true);
    expect(window.webContents.openHandler?.({ url: "app://polyclinic/" })).toEqual({ action: "deny" });
  });

  it("opens where it was, and on a screen when that one is gone", async () => {
    const remembered = { bounds: { x: 100, y: 50, width: 1200, height: 800 }, maximized: false, zoomLevel: 1.5 };
    expect((await run({ stored: remembered })).window.options).toMatchObject(remembered.bounds);
    electron.record.windows.length = 0;
    const elsewhere = await run({ stored: { ...remembered, bounds: { x: 5000, y: 50, width: 1200, height: 800 } } });
    expect(elsewhere.window.options.x).toBeUndefined();
    electron.record.windows.length = 0;
    const garbled = await run({ stored: { bounds: { x: "left" }, zoomLevel: "big" } });
    expect(garbled.window.options).toMatchObject({ width: 1360, height: 860 });
  });

  it("keeps bounds and zoom", async () => {
    const { window, kept } = await run({ stored: { bounds: null, maximized: false, zoomLevel: 1 } });
    window.webContents.emit("did-finish-load");
    expect(window.webContents.zoom).toBe(1);
    window.webContents.emit("zoom-changed", {}, "in");
    window.emit("close");
    expect(kept.get("window")).toEqual({ bounds: window.bounds, maximized: false, zoomLevel: 1.5 });
  });

  it("reloads a page that crashed, but not one that keeps crashing", async () => {
    const { window } = await run();
    for (let crash = 0; crash < 6; crash += 1) window.webContents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 11 });
    expect(window.webContents.reload).toHaveBeenCalledTimes(3);
  });
});

describe("permissions and requests", () => {
  const asked = (permission: string, url: string, details: object) => {
    let answer: boolean | null = null;
    electron.session.requestHandler?.({ getURL: () => url }, permission, (granted) => (answer = granted), details);
    return answer;
  };

  it("are denied, but for the camera on the screens that take photos", async () => {
    await run();
    const video = { mediaTypes: ["video"] };
    for (const screen of ["kiosk", "today?patient=P000001&panel=files", "portal?tab=record"]) {
      expect(asked("media", `app://polyclinic/#/${screen}`, video)).toBe(true);
    }
    expect(asked("media", "app://polyclinic/#/portal-of-somebody", video)).toBe(false);
    expect(asked("media", "app://polyclinic/#/day", video)).toBe(false);
    expect(asked("media", "https://example.com/#/kiosk", video)).toBe(false);
    expect(asked("media", "app://polyclinic/#/kiosk", { mediaTypes: ["video", "audio"] })).toBe(false);
    for (const permission of ["geolocation", "clipboard-read", "openExternal", "usb", "fullscreen"]) {
      expect(asked(permission, "app://polyclinic/#/kiosk", {})).toBe(false);
    }
    const check = electron.session.checkHandler;
    expect(check?.({ getURL: () => "app://polyclinic/#/kiosk" }, "media", "", { mediaType: "video" })).toBe(true);
    expect(check?.({ getURL: () => "app://polyclinic/#/kiosk" }, "media", "", { mediaType: "audio" })).toBe(false);
    expect(check?.(null, "media", "", { mediaType: "video" })).toBe(false);
    expect(electron.session.deviceHandler?.({})).toBe(false);
  });

  it("let no request leave our pages", async () => {
    await run();
    const cancelled = (url: string) => {
      let cancel: boolean | null = null;
      electron.session.beforeRequest?.({ url }, (response) => (cancel = response.cancel));
      return cancel;
    };
    expect(cancelled("app://polyclinic/assets/index.js")).toBe(false);
    expect(cancelled("https://example.com/x.js")).toBe(true);
    expect(cancelled("http://127.0.0.1:9/")).toBe(true);
    expect(cancelled("file:///etc/passwd")).toBe(true);
    expect(electron.session.dictionaries).toMatch(/^app:\/\/polyclinic\//);
  });
});

describe("the pages' protocol", () => {
  const page = async (url: string) => {
    const handler = electron.record.handlers.get("app");
    if (!handler) throw new Error("nothing serves app://");
    return handler({ url });
  };

  it("is standard and secure, and answers with the content security policy", async () => {
    await run();
    expect(electron.record.schemes).toEqual([{ scheme: "app", privileges: expect.objectContaining({ standard: true, secure: true }) }]);
    const answer = await page("app://polyclinic/");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
  });

  it.each([
    "app://polyclinic/../secret.txt",
    "app://polyclinic/%2e%2e/secret.txt",
    "app://polyclinic/..%2fsecret.txt",
    "app://polyclinic/..%5csecret.txt",
    "app://polyclinic/%00",
    "app://polyclinic/%E0%A4%A",
    "app://elsewhere/index.html",
  ])("gives nothing for %s", async (url) => {
    await run();
    const answer = await page(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("outside");
  });
});

describe("the port", () => {
  it("goes to the main frame of our own page, and a new one hangs up on the one before", async () => {
    const { window } = await run();
    const { mainFrame } = window.webContents;
    electron.module.ipcMain.emit("polyclinic:connect", { sender: window.webContents, senderFrame: mainFrame });
    expect(mainFrame.postMessage).toHaveBeenCalledWith("polyclinic:connect", null, [expect.anything()]);
    const [first] = electron.module.MessageChannelMain.mock.results;
    electron.module.ipcMain.emit("polyclinic:connect", { sender: window.webContents, senderFrame: mainFrame });
    expect(first?.value.port1.close).toHaveBeenCalled();
  });

  it("goes to nobody else", async () => {
    const { window } = await run();
    const { mainFrame } = window.webContents;
    const frame = (url: string) => ({ url, postMessage: noted() });
    const others = [
      { sender: window.webContents, senderFrame: frame("app://polyclinic/") },
      { sender: window.webContents, senderFrame: null },
      { sender: { id: 2 }, senderFrame: mainFrame },
    ];
    for (const event of others) electron.module.ipcMain.emit("polyclinic:connect", event);
    mainFrame.url = "https://example.com/";
    electron.module.ipcMain.emit("polyclinic:connect", { sender: window.webContents, senderFrame: mainFrame });
    expect(electron.module.MessageChannelMain).not.toHaveBeenCalled();
    expect(lines).toHaveLength(4);
  });
});

describe("the application", () => {
  it("runs once: a second start ends, and the first comes to the front", async () => {
    electron.record.isFirst = false;
    await run();
    expect(electron.app.quit).toHaveBeenCalledOnce();
    expect(electron.record.windows).toHaveLength(0);
    electron.record.isFirst = true;
    const { window } = await run();
    window.minimized = true;
    electron.app.emit("second-instance");
    expect(window.restore).toHaveBeenCalled();
    expect(window.focus).toHaveBeenCalled();
  });

  it("says why the clinic's data cannot be opened, and ends", async () => {
    const { AppError } = await import("@shared/define.ts");
    await run({ compose: async () => Promise.reject(new AppError("conflict", "The data folder is in use.")) });
    expect(electron.record.errors).toEqual(["The data folder is in use."]);
    expect(electron.app.exit).toHaveBeenCalledWith(1);
    expect(electron.record.windows).toHaveLength(0);
  });

  it("waits for the stores to close before it ends, once", async () => {
    const { app } = await run();
    let closed = () => {};
    app.close.mockImplementation(
      () =>
        new Promise<void>((resolve) => {
          closed = resolve;
        }),
    );
    const event = { preventDefault: noted() };
    electron.app.emit("before-quit", event);
    electron.app.emit("before-quit", event);
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
    expect(electron.app.exit).not.toHaveBeenCalled();
    closed();
    await expect.poll(() => electron.app.exit.mock.calls).toEqual([[0]]);
    expect(app.close).toHaveBeenCalledOnce();
  });

  it("locks on suspend, on the system's lock and from the menu", async () => {
    const { app } = await run();
    electron.module.powerMonitor.emit("suspend");
    electron.module.powerMonitor.emit("lock-screen");
    const items = (electron.record.menu ?? []).flatMap((entry) => (entry.submenu ?? []) as { accelerator?: string; click?: () => void }[]);
    items.find((item) => item.accelerator === "CommandOrControl+L")?.click?.();
    expect(app.announce.mock.calls).toEqual([
      [{ type: "session.lockRequested" }],
      [{ type: "session.lockRequested" }],
      [{ type: "session.lockRequested" }],
    ]);
  });

  it("has its menu in Arabic where the system is", async () => {
    const { menuTemplate } = await import("@main/app/shell/menu.ts");
    const actions = { lock: () => {}, openDataFolder: () => {}, about: () => {} };
    expect(menuTemplate("ar-SA", "linux", actions).map((entry) => entry.label)).toEqual(["ملف", "تحرير", "عرض", "نافذة", "مساعدة"]);
    expect(menuTemplate("en", "darwin", actions)[0]?.label).toBe("Polyclinic");
  });

  it("offers the spelling's suggestions", async () => {
    const { contextMenuItems } = await import("@main/app/shell/context-menu.ts");
    const replaced: string[] = [];
    const params = { isEditable: true, selectionText: "", dictionarySuggestions: ["diabetes"] } as unknown as Electron.ContextMenuParams;
    const items = contextMenuItems(params, (word) => replaced.push(word));
    (items[0]?.click as (() => void) | undefined)?.();
    expect(replaced).toEqual(["diabetes"]);
    expect(items.map((item) => item.role).filter(Boolean)).toEqual(["cut", "copy", "paste", "selectAll"]);
  });
});

function prevented(window: FakeWindow, event: string, url: string): boolean {
  let stopped = false;
  window.webContents.emit(event, { url, preventDefault: () => (stopped = true) });
  return stopped;
}
