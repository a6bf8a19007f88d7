import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "@main/app/compose.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeElectron, noted } from "./fake-electron.ts";

const pages = await mkdtemp(join(tmpdir(), "polyclinic-notices-"));
let electron: ReturnType<typeof fakeElectron>;

beforeEach(async () => {
  electron = fakeElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  const { runShell } = await import("@main/app/shell/run-shell.ts");
  const app = { close: noted(async () => {}), announce: noted(), rpc: {}, clock: {}, version: "1.2.3" };
  await runShell({
    mainFolder: join(pages, "main"),
    dataFolder: "/clinic/data",
    log: { info: () => {}, warn: () => {}, error: () => {} },
    state: { get: () => undefined, set: () => {} },
    compose: async () => app as unknown as App,
    developmentUrl: null,
  });
});
afterEach(async () => {
  vi.doUnmock("electron");
  await rm(pages, { recursive: true, force: true });
});

describe("what the window tells outside of itself", () => {
  it("marks its icon with what is unread, as the page's title says it", () => {
    const [window] = electron.record.windows;
    for (const title of ["(3) Polyclinic", "Polyclinic", "(12) Polyclinic", "Ward (4)"]) window?.emit("page-title-updated", {}, title);
    expect(electron.app.setBadgeCount.mock.calls).toEqual([[3], [0], [12], [0]]);
  });

  it.each(["notifications", "clipboard-sanitized-write"])("is allowed to our own pages and no other: %s", (permission) => {
    const asked = (url: string) => {
      let answer: boolean | null = null;
      electron.session.requestHandler?.({ getURL: () => url }, permission, (granted) => (answer = granted), {});
      return answer;
    };
    const check = electron.session.checkHandler;
    expect(asked("app://polyclinic/#/messages")).toBe(true);
    expect(check?.({ getURL: () => "app://polyclinic/#/messages" }, permission, "", {})).toBe(true);
    expect(asked("https://example.com/#/messages")).toBe(false);
    expect(check?.({ getURL: () => "https://example.com/" }, permission, "", {})).toBe(false);
    expect(check?.(null, permission, "", {})).toBe(false);
  });
});
