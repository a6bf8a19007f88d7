import { existsSync } from "node:fs";
import { cp, type FileHandle, mkdtemp, open as openHandle, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { openSqliteDocuments, type SqliteDocuments } from "@main/data/documents/sqlite.ts";
import { SqliteFile } from "@main/data/documents/sqlite-file.ts";
import type { Clock } from "@main/platform/clock.ts";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

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

  it.each([
    ["garbage", (bytes: Buffer) => bytes.fill("garbage ")],
    ["zeros", (bytes: Buffer) => bytes.fill(0)],
    ["a garbled header", (bytes: Buffer) => bytes.fill(0xff, 0, 100)],
  ])("opens empty and reports when the file is %s", async (_, change) => {
    await damage(change);
    expect(await openAndRead()).toEqual([]);
    expect(store?.recovered).toMatchObject({ report: expect.stringContaining("damaged") });
    await store?.collection<Note>(notes).insert(note(1));
  });

  it("reports a file that was emptied, and one that is missing", async () => {
    await truncate(fileOf(folder), 0);
    expect(await openAndRead()).toEqual([]);
    expect(store?.recovered).toMatchObject({ report: expect.stringContaining("empty") });
    await store?.close();
    await rm(fileOf(folder));
    expect(await openAndRead()).toEqual([]);
    expect(store?.recovered).toMatchObject({ quarantine: null, report: expect.stringContaining("missing") });
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
    for (let page = 2; page < size / 4096; page += 1) bytes.fill(0xa5, page * 4096, (page + 1) * 4096);
    await writeFile(fileOf(folder), bytes);
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

describe("a document file in trouble", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "documents-"));
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(folder, { recursive: true });
  });

  it("refuses a layout that a newer version wrote, with the reason, and leaves the file alone", async () => {
    await (await open(folder)).close();
    const db = new DatabaseSync(fileOf(folder));
    db.exec("PRAGMA user_version = 7");
    db.close();
    const before = await readFile(fileOf(folder));
    await expect(open(folder)).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("layout 7") });
    expect(await readFile(fileOf(folder))).toEqual(before);
  });

  it("takes up a new index on documents that are there, and drops one no longer declared", async () => {
    const before = await open(folder);
    await before.collection<Note>(notes).insert(note(1));
    await before.close();
    const changed = { name: "notes", unique: ["text"] } as const;
    const after = await openSqliteDocuments({ folder, specs: [changed], clock });
    const collection = after.collection<Note>(changed);
    await expect(collection.insert({ ...note(2), text: note(1).text })).rejects.toMatchObject({ field: "text" });
    await collection.insert({ ...note(3), slug: note(1).slug });
    expect(await collection.find({ text: note(1).text })).toHaveLength(1);
    await after.close();
  });

  it("answers store-unavailable while the disk is full, keeps what it had, and goes on when there is room", async () => {
    const file = new SqliteFile(join(folder, "full.sqlite"), "document");
    file.db.exec("CREATE TABLE t (body TEXT); PRAGMA max_page_count = 20");
    const write = (text: string) => file.write(() => file.prepare("INSERT INTO t VALUES (?)").run(text));
    await write("first");
    const results = await Promise.allSettled([write("a".repeat(500_000)), write("b".repeat(500_000))]);
    for (const result of results) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: { code: "store-unavailable", message: expect.stringContaining("disk is full") },
      });
    }
    file.db.exec("PRAGMA max_page_count = 100000");
    await write("after");
    const bodies = await file.read(() => file.prepare("SELECT body FROM t").all());
    expect(bodies.map((row) => row.body)).toEqual(["first", "after"]);
    await file.close();
  });

  /** Stands in for the flush of every file handle. */
  const flushBy = async (flush: (real: () => Promise<void>) => Promise<void>) => {
    const handle = await openHandle(folder, "r");
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const real = prototype.datasync;
    return vi.spyOn(prototype, "datasync").mockImplementation(function (this: FileHandle) {
      return flush(() => real.call(this));
    });
  };

  it("answers a write only after its flush, one flush for all that wait, and never blocks on it", async () => {
    const store = await open(folder);
    let flushed = 0;
    const flush = await flushBy(async (real) => {
      await sleep(30);
      await real();
      flushed += 1;
    });
    let answered = 0;
    const writes = Array.from({ length: 100 }, (_, index) =>
      store
        .collection<Note>(notes)
        .insert(note(index))
        .then(() => {
          expect(flushed).toBeGreaterThan(0);
          answered += 1;
        }),
    );
    await sleep(10);
    expect(answered).toBe(0);
    await Promise.all(writes);
    expect(flush).toHaveBeenCalledTimes(1);
    flush.mockRestore();
    await store.close();
  });

  it("takes no more writes once a flush has failed, and says that it is down, until it is opened again", async () => {
    const store = await open(folder);
    const collection = store.collection<Note>(notes);
    await collection.insert(note(1));
    const flush = await flushBy(() => Promise.reject(Object.assign(new Error("i/o error"), { code: "EIO" })));
    await expect(collection.insert(note(2))).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("flush"),
    });
    flush.mockRestore();
    await expect(collection.insert(note(3))).rejects.toMatchObject({ code: "store-unavailable" });
    expect(await store.health()).toMatchObject({ state: "down" });
    expect(await collection.get("n1")).toEqual(note(1));
    await store.close();
    const again = await open(folder);
    await again.collection<Note>(notes).insert(note(3));
    await again.close();
  });

  it("sweeps what has expired and nothing else", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const store = await open(folder);
    const collection = store.collection<{ id: string; expiresAt: string | null }>(tokens);
    await collection.insert({ id: "past", expiresAt: "2026-03-01T07:59:59.999Z" });
    await collection.insert({ id: "now", expiresAt: "2026-03-01T08:00:00.000Z" });
    await collection.insert({ id: "never", expiresAt: null });
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(async () => expect((await collection.find({})).map((found) => found.id)).toEqual(["never", "now"]));
    await store.close();
  });

  it("names the cause when its folder is gone", async () => {
    await expect(open(join(folder, "missing"))).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("cannot be opened"),
    });
  });

  it("finds by unique and indexed fields through their index, not by reading every document", async () => {
    await (await open(folder)).close();
    const db = new DatabaseSync(fileOf(folder));
    const plan = (where: string) =>
      JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN SELECT body FROM notes WHERE ${where} ORDER BY id`).all("x"));
    expect(plan('"f_slug" = ?')).toContain("SEARCH notes USING INDEX notes_slug_unique");
    expect(plan('"f_text" = ?')).toContain("SEARCH notes USING INDEX notes_text");
    db.close();
  });
});
