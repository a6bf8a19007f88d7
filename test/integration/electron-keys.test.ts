import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeElectron } from "./fake-electron.ts";

let base: string;
let electron: ReturnType<typeof fakeElectron>;
const platform = process.platform;
const onSystem = (name: NodeJS.Platform) => Object.defineProperty(process, "platform", { value: name });

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "polyclinic-keys-"));
  electron = fakeElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
});
afterEach(async () => {
  onSystem(platform);
  vi.doUnmock("electron");
  await rm(base, { recursive: true, force: true });
});

async function secrets() {
  const { osSecrets } = await import("@main/app/shell/os-secrets.ts");
  return osSecrets(join(base, "sealed"), join(base, "files"));
}

describe("the window's keys", () => {
  it("are sealed by the system's key store: the key itself is in no file", async () => {
    const key = randomBytes(32);
    const store = await secrets();
    await store.set("files-a", key);
    expect(store.kind).toBe("system-key-store");
    expect(await (await secrets()).get("files-a")).toEqual(key);
    expect(await readdir(base)).toEqual(["sealed"]);
    expect(await readFile(join(base, "sealed", "files-a.sealed"), "latin1")).not.toContain(key.toString("base64"));
  });

  it("that the host has kept in a file are found too", async () => {
    const key = randomBytes(32);
    await fileSecrets(join(base, "files")).set("files-a", key);
    expect(await (await secrets()).get("files-a")).toEqual(key);
    expect(await (await secrets()).get("files-b")).toBeNull();
  });

  it("are files where the system offers no key store", async () => {
    electron.keyStore.available = false;
    const store = await secrets();
    await store.set("files-a", randomBytes(32));
    expect(store.kind).toBe("file");
    expect(await readdir(join(base, "files"))).toEqual(["files-a.key"]);
  });

  it("are files on a Linux whose key store is Electron's well-known password, and only there", async () => {
    electron.keyStore.backend = "basic_text";
    onSystem("linux");
    expect((await secrets()).kind).toBe("file");
    onSystem("darwin");
    expect((await secrets()).kind).toBe("system-key-store");
  });

  it("that another user has sealed are refused in plain words", async () => {
    await (await secrets()).set("files-a", randomBytes(32));
    electron.keyStore.user = "somebody else";
    await expect((await secrets()).get("files-a")).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("Sign in as the user who made it"),
    });
  });
});
