import { type FileHandle, mkdtemp, open as openHandle, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { SqliteFile } from "@main/data/documents/sqlite-file.ts";
import type { Clock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

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
    const write = async (index: number): Promise<number> => {
      await store.collection<Note>(notes).insert(note(index));
      answered += 1;
      return flushed;
    };
    const writes = Array.from({ length: 100 }, (_, index) => write(index));
    await sleep(10);
    expect(answered).toBe(0);
    expect(Math.min(...(await Promise.all(writes)))).toBe(1);
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
