import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { noted } from "./fake-electron.ts";

const renderer = Object.assign(new EventEmitter(), { send: noted() });
const child = Object.assign(new EventEmitter(), { pid: 4711 as number | undefined, postMessage: noted() });
const fork = noted(() => child);

beforeEach(() => {
  vi.resetModules();
  vi.doMock("electron", () => ({ ipcRenderer: renderer, utilityProcess: { fork } }));
});
afterEach(() => {
  vi.doUnmock("electron");
  vi.unstubAllGlobals();
  renderer.removeAllListeners();
  child.removeAllListeners();
  for (const note of [renderer.send, child.postMessage, fork]) note.mockClear();
});

describe("the preload", () => {
  async function page() {
    const window = Object.assign(new EventTarget(), { postMessage: noted(), location: { origin: "app://polyclinic" } });
    vi.stubGlobal("window", window);
    await import("../../src/preload/index.ts");
    const say = (data: unknown, source: unknown = window) => {
      window.dispatchEvent(Object.assign(new Event("message"), { data, source }));
    };
    return { window, say };
  }

  it("puts nothing on the page's window", async () => {
    const { window } = await page();
    expect(Object.keys(window).sort()).toEqual(["location", "postMessage"]);
  });

  it("asks for a port only when its own page asks", async () => {
    const { say } = await page();
    say("polyclinic:connect", { another: "window" });
    say("something else");
    expect(renderer.send).not.toHaveBeenCalled();
    say("polyclinic:connect");
    expect(renderer.send.mock.calls).toEqual([["polyclinic:connect"]]);
  });

  it("passes the port on to this page's origin only", async () => {
    const { window } = await page();
    const port = { a: "port" };
    renderer.emit("polyclinic:connect", { ports: [port] });
    expect(window.postMessage.mock.calls).toEqual([["polyclinic:connected", "app://polyclinic", [port]]]);
  });
});

describe("the graph engine's utility process", () => {
  it("is started without a terminal, spoken to, and heard", async () => {
    const { utilityLauncher } = await import("@main/app/utility-process.ts");
    const engine = utilityLauncher("/app/embedded-process.js", "Polyclinic graph")();
    expect(fork).toHaveBeenCalledWith(
      "/app/embedded-process.js",
      [],
      expect.objectContaining({ stdio: "ignore", serviceName: "Polyclinic graph" }),
    );
    const heard: unknown[] = [];
    const exits: string[] = [];
    engine.onMessage((message) => heard.push(message));
    engine.onExit((reason) => exits.push(reason));
    engine.send({ id: 1 });
    child.emit("message", { id: 1, ok: true });
    expect([child.postMessage.mock.calls, heard]).toEqual([[[{ id: 1 }]], [{ id: 1, ok: true }]]);
    child.emit("exit", 139);
    engine.send({ id: 2 });
    expect([exits, child.postMessage.mock.calls.length]).toEqual([["code 139"], 1]);
  });

  it("is killed outright, as one that hangs must be", async () => {
    const { utilityLauncher } = await import("@main/app/utility-process.ts");
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    utilityLauncher("/app/embedded-process.js", "Polyclinic graph")().kill();
    expect(kill.mock.calls).toEqual([[4711, "SIGKILL"]]);
    kill.mockRestore();
  });
});
