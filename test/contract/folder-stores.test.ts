import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settings, users } from "@main/data/documents/collections.ts";
import { type OpenStoresOptions, openStores } from "@main/data/open-stores.ts";
import type { Stores } from "@main/data/stores.ts";
import { systemClock } from "@main/platform/clock.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import { forkProcess } from "@main/platform/process-launcher.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LAUNCHERS } from "../world/launchers.ts";

describe("a data folder", () => {
  let base: string;
  let folder: string;
  let stores: Stores | null;
  const open = async (more: Partial<OpenStoresOptions> = {}): Promise<Stores> => {
    stores = await openStores({
      folder,
      launchers: LAUNCHERS,
      log: createLog({ level: "silent" }),
      clock: systemClock,
      secrets: fileSecrets(join(folder, "keys")),
      ...more,
    });
    return stores;
  };
  const close = async () => {
    await stores?.close();
    stores = null;
  };

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "folder-"));
    folder = join(base, "made", "by us");
    stores = null;
  });
  afterEach(async () => {
    await close();
    await rm(base, { recursive: true });
  });

  it("is made for its owner alone, opens with every store up, and opens again after it was closed", async () => {
    for (let round = 0; round < 2; round += 1) {
      const { graph, documents, audit, recovered } = await open();
      expect((await graph.health()).state).toBe("up");
      expect((await documents.health()).state).toBe("up");
      expect(await audit.verify()).toMatchObject({ ok: true });
      expect(recovered).toEqual([]);
      await close();
    }
    if (process.platform !== "win32") expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("refuses a second instance, which harms nothing, and is free once the first has closed", async () => {
    const { documents } = await open();
    await expect(
      openStores({
        folder,
        launchers: LAUNCHERS,
        log: createLog({ level: "silent" }),
        clock: systemClock,
        secrets: fileSecrets(join(folder, "keys")),
      }),
    ).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(String(process.pid)),
    });
    expect(await documents.collection(users).count({})).toBe(0);
    await close();
    await open();
  });

  it("anchors the audit trail where it is told to", async () => {
    const anchorFile = join(base, "elsewhere", "head.json");
    await open({ anchorFile });
    expect(existsSync(anchorFile)).toBe(true);
    expect(existsSync(join(folder, "anchor"))).toBe(false);
  });

  it("refuses a folder of a newer format with the reason, before it touches a store", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "clinic.json"), '{"application":"polyclinic","format":4}');
    await expect(open()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("format 4") });
    expect(existsSync(join(folder, "documents.sqlite"))).toBe(false);
  });

  it("opens although its marker was cut off, and writes it again", async () => {
    await open();
    await close();
    await truncate(join(folder, "clinic.json"), 9);
    await open();
    expect(JSON.parse(await readFile(join(folder, "clinic.json"), "utf8"))).toEqual({ application: "polyclinic", format: 3 });
  });

  it("opens a folder of the format before, which had no series, and misses them from then on", async () => {
    await open();
    await close();
    await rm(join(folder, "series.sqlite"));
    await writeFile(join(folder, "clinic.json"), '{"application":"polyclinic","format":2}');
    const { recovered, series } = await open();
    expect(recovered).toEqual([]);
    expect(await series.page(null, 10)).toEqual([]);
    await close();
    await rm(join(folder, "series.sqlite"));
    expect((await open()).recovered.map((file) => file.store)).toEqual(["series"]);
  });

  it("names the cause when the path leads through a file", async () => {
    await writeFile(join(base, "file"), "");
    folder = join(base, "file", "data");
    await expect(open()).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("a part of its path is a file"),
    });
  });

  it("names the cause when it may not be written", async () => {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o500);
    // Permissions do not bind root, a read-only file system does.
    if (process.getuid?.() === 0) folder = "/sys/polyclinic";
    await expect(open()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringMatching(/no permission|read-only/) });
    await chmod(join(base, "made", "by us"), 0o700);
  });

  it("closes what it opened when a later store fails, so that the folder is free", async () => {
    const broken = forkProcess(join(base, "no-such-engine.ts"));
    await expect(open({ launchers: { ...LAUNCHERS, graph: broken } })).rejects.toMatchObject({ code: "store-unavailable" });
    await open();
  });

  it("reports a damaged store that was saved in part, and puts it on record in the trail", async () => {
    const { documents } = await open();
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => documents.collection(settings).put({ id: `s${index}`, value: { n: index } })),
    );
    await close();
    const path = join(folder, "documents.sqlite");
    const bytes = await readFile(path);
    const page = Math.floor(bytes.indexOf('"id":"s100"') / 4096) * 4096;
    await writeFile(path, bytes.fill(0x5a, page, page + 4096));
    const { recovered, audit } = await open();
    expect(recovered.map((file) => file.store)).toEqual(["documents"]);
    expect(await audit.list({ action: "system.storeRecovered", limit: 10 })).toMatchObject([{ subject: { store: "documents" } }]);
    await close();
    expect((await open()).recovered).toEqual([]);
  });

  it.each(["documents.sqlite", "graph.grafeo"])("is refused without its %s, which is not made anew, and is free again", async (name) => {
    await open();
    await close();
    await rename(join(folder, name), join(base, name));
    await expect(open()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining(name) });
    expect(existsSync(join(folder, name))).toBe(false);
    await rename(join(base, name), join(folder, name));
    await open();
  });

  it("opens when the trail is damaged, says so, and verification finds it", async () => {
    const { audit } = await open();
    const entry = { requestId: "r", actorId: null, actorName: null, roles: [], subject: {}, outcome: null, reason: null };
    await audit.append({ ...entry, phase: "event", action: "test.event" });
    await close();
    await writeFile(join(folder, "audit.sqlite"), Buffer.alloc(20_000, 7));
    const again = await open();
    expect(again.recovered.map((file) => file.store)).toEqual(["audit"]);
    expect(await again.audit.verify()).toMatchObject({ ok: false, firstBad: 1 });
  });

  it("opens beside leftovers of a crash: half-written markers, drafts and a rebuilt file", async () => {
    await open();
    await close();
    for (const name of ["clinic.json.tmp", "documents.sqlite.rebuilt", "lock.holder", "anchor/audit-head.json.tmp"]) {
      await writeFile(join(folder, name), "half");
    }
    const { recovered, audit } = await open();
    expect(recovered).toEqual([]);
    expect(await audit.verify()).toMatchObject({ ok: true });
  });
});
