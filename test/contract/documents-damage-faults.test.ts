import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteDocuments, type SqliteDocuments } from "@main/data/documents/sqlite.ts";
import type { Clock } from "@main/platform/clock.ts";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

interface Note {
  id: string;
  slug: string;
  text: string;
}
const notes = { name: "notes", unique: ["slug"], indexes: [["text"]] } as const;
const tokens = { name: "tokens", expires: "expiresAt" } as const;
const specs = [notes, tokens];
const clock: Clock = { now: () => "2026-03-01T08:00:00.000Z", monotonic: () => performance.now() };
const note = (index: number): Note => ({ id: `n${index}`, slug: `slug-${index}`, text: `${index} ${"text ".repeat(60)}` });
const open = (folder: string, expected = false) => openSqliteDocuments({ folder, specs, clock, expected });
const fileOf = (folder: string) => join(folder, "documents.sqlite");

describe("a document file that is damaged", () => {
  const COUNT = 300;
  let original: string;
  let size: number;
  let folder: string;
  let store: SqliteDocuments | null;

  beforeAll(async () => {
    original = await mkdtemp(join(tmpdir(), "documents-original-"));
    const made = await open(original);
    await Promise.all(Array.from({ length: COUNT }, (_, index) => made.collection<Note>(notes).insert(note(index))));
    await made.close();
    size = (await stat(fileOf(original))).size;
  });
  afterAll(() => rm(original, { recursive: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "documents-damaged-"));
    await cp(original, folder, { recursive: true });
    store = null;
  });
  afterEach(async () => {
    await store?.close();
    await rm(folder, { recursive: true });
  });

  const damage = async (change: (bytes: Buffer) => void) => {
    const bytes = await readFile(fileOf(folder));
    change(bytes);
    await writeFile(fileOf(folder), bytes);
  };
  /** Opens, and asserts that every document that is there is one that was stored. */
  const openAndRead = async (): Promise<Note[]> => {
    store = await open(folder, true);
    const found = await store.collection<Note>(notes).find({});
    for (const each of found) expect(each).toEqual(note(Number(each.id.slice(1))));
    return found;
  };

  it("opens a sound file without a word", async () => {
    expect(await openAndRead()).toHaveLength(COUNT);
    expect(store?.recovered).toBeNull();
    expect(existsSync(join(folder, "quarantine"))).toBe(false);
  });

  it("loses only the documents of a page that cannot be read, and keeps the damaged file aside as it was", async () => {
    await damage((bytes) => {
      const page = Math.floor(bytes.indexOf('"id":"n150"') / 4096);
      bytes.fill(0xa5, page * 4096, (page + 1) * 4096);
    });
    const damaged = await readFile(fileOf(folder));
    const found = await openAndRead();
    expect(found.length).toBeGreaterThan(COUNT - 20);
    expect(found.length).toBeLessThan(COUNT);
    expect(store?.recovered).toMatchObject({ store: "documents", report: expect.stringContaining(`notes ${found.length}`) });
    expect(await readFile(join(store?.recovered?.quarantine ?? "", "documents.sqlite"))).toEqual(damaged);
  });

  it("recovers once: the next opening finds a sound file", async () => {
    await damage((bytes) => bytes.fill(0, 8192, 16_384));
    await openAndRead();
    await store?.close();
    await openAndRead();
    expect(store?.recovered).toBeNull();
    expect(await readdir(join(folder, "quarantine"))).toHaveLength(1);
  });

  it("saves the front of a file that was cut off", async () => {
    await truncate(fileOf(folder), Math.floor(size / 2));
    expect((await openAndRead()).length).toBeGreaterThan(50);
    expect(store?.recovered).not.toBeNull();
  });

  describe.each([
    ["garbage", (bytes: Buffer) => bytes.fill("garbage ")],
    ["zeros", (bytes: Buffer) => bytes.fill(0)],
    ["a garbled header", (bytes: Buffer) => bytes.fill(0xff, 0, 100)],
  ])("that is %s", (_, change) => {
    it("is refused with the cause where it was in use, and left as it is however often it is tried", async () => {
      await damage(change);
      const before = await readFile(fileOf(folder));
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(open(folder, true)).rejects.toMatchObject({
          code: "store-unavailable",
          message: expect.stringContaining("nothing in it can be read"),
        });
      }
      expect(await readFile(fileOf(folder))).toEqual(before);
      expect(await readdir(join(folder, "quarantine"))).toEqual([]);
    });

    it("is set aside where it never was in use", async () => {
      await damage(change);
      store = await open(folder);
      expect(store.recovered).toMatchObject({ report: expect.stringContaining("damaged") });
      await store.collection<Note>(notes).insert(note(1));
    });
  });

  it("is refused when it was emptied, and when it is missing, where it was in use", async () => {
    await truncate(fileOf(folder), 0);
    await expect(open(folder, true)).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("empty") });
    await rm(fileOf(folder));
    await expect(open(folder, true)).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("missing") });
    expect(existsSync(fileOf(folder))).toBe(false);
  });

  it("opens after any damage anywhere, and never hands out a document that was not stored", async () => {
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        await rm(folder, { recursive: true });
        await cp(original, folder, { recursive: true });
        await damage((bytes) => {
          for (const { at, bytes: garbage } of changes) bytes.set(garbage, Math.floor(at * (bytes.length - garbage.length)));
        });
        store = await open(folder);
        const found = await store.collection<Note>(notes).find({});
        for (const each of found) expect(each).toEqual(note(Number(each.id.slice(1))));
        await store.collection<Note>(notes).put(note(1));
        await store.close();
        store = await open(folder);
        expect(await store.collection<Note>(notes).get("n1")).toEqual(note(1));
        await store.close();
        store = null;
      }),
      { numRuns: 30 },
    );
  });

  it("opens when the log of a crash is torn at its end, with what came before", async () => {
    store = await open(folder);
    await store.collection<Note>(notes).insert(note(COUNT));
    const crashed = await mkdtemp(join(tmpdir(), "documents-crashed-"));
    await cp(folder, crashed, { recursive: true });
    const log = `${fileOf(crashed)}-wal`;
    await writeFile(log, Buffer.concat([await readFile(log), Buffer.alloc(3000, 0x5a)]));
    const reopened = await open(crashed);
    expect(await reopened.collection<Note>(notes).get(`n${COUNT}`)).toEqual(note(COUNT));
    expect(reopened.recovered).toBeNull();
    await reopened.close();
    await rm(crashed, { recursive: true });
  });

  it("fails with the cause on damage met while running, and repairs at the next opening", async () => {
    store = await open(folder);
    const bytes = await readFile(fileOf(folder));
    const page = Math.floor(bytes.indexOf('"id":"n150"') / 4096) * 4096;
    await writeFile(fileOf(folder), bytes.fill(0xa5, page, page + 4096));
    await expect(store.collection<Note>(notes).find({})).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("damaged"),
    });
    expect(existsSync(`${fileOf(folder)}.damaged`)).toBe(true);
    await store.close();
    await openAndRead();
    expect(store?.recovered).not.toBeNull();
    expect(existsSync(`${fileOf(folder)}.damaged`)).toBe(false);
  });
});
