import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { encryptedBlobs } from "@main/data/blobs/encrypted.ts";
import type { BlobPort } from "@main/data/blobs/port.ts";
import { openSqliteBlobs, type SqliteBlobs } from "@main/data/blobs/sqlite-blobs.ts";
import { systemClock } from "@main/platform/clock.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const PLAIN = Buffer.from("the patient's own words, not to be found on any disk; ");
const chunkOf = (text: Buffer, bytes = CHUNK_BYTES) => Buffer.alloc(bytes, text);

let folder: string;
let keys: string;
let inner: SqliteBlobs | null;

beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), "polyclinic-blob-faults-"));
  [folder, keys] = [join(base, "data"), join(base, "keys")];
  await mkdir(folder);
  inner = null;
});
afterEach(async () => {
  await inner?.close();
  await rm(join(folder, ".."), { recursive: true, force: true });
});

async function start(keyFolder = keys, expected = false): Promise<BlobPort> {
  inner = await openSqliteBlobs({ folder, clock: systemClock, expected });
  return encryptedBlobs(inner, fileSecrets(keyFolder));
}
async function stop(): Promise<void> {
  await inner?.close();
  inner = null;
}
/** Changes the closed file as somebody with the disk could. */
function meddle(sql: string, ...values: (string | number | Uint8Array)[]): void {
  const db = new DatabaseSync(join(folder, "blobs.sqlite"));
  db.prepare(sql).run(...values);
  db.close();
}
const sealedOf = (id: string, index: number): Uint8Array => {
  const db = new DatabaseSync(join(folder, "blobs.sqlite"), { readOnly: true });
  const row = db.prepare("SELECT c.bytes FROM chunks c JOIN blobs b ON b.n = c.blob WHERE b.id = ? AND c.idx = ?").get(id, index);
  db.close();
  return (row as { bytes: Uint8Array }).bytes;
};

describe("sealed blobs", () => {
  it("leave nothing of their bytes in any file of the data folder", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, chunkOf(PLAIN));
    await blobs.putChunk("a", 1, chunkOf(PLAIN, 1000));
    await blobs.delete("a");
    await blobs.putChunk("b", 0, chunkOf(PLAIN));
    for (const state of ["open", "closed"]) {
      if (state === "closed") await stop();
      for (const name of await readdir(folder)) {
        expect((await readFile(join(folder, name))).includes(PLAIN.subarray(0, 20)), `${name} while ${state}`).toBe(false);
      }
    }
  });

  it("never seal the same bytes to the same text twice", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await blobs.putChunk("a", 1, PLAIN);
    await blobs.putChunk("b", 0, PLAIN);
    await stop();
    const [first, second, other] = [sealedOf("a", 0), sealedOf("a", 1), sealedOf("b", 0)].map((bytes) =>
      Buffer.from(bytes).toString("hex"),
    );
    expect(new Set([first, second, other]).size).toBe(3);
  });

  it("refuse a chunk of which a single bit was changed, anywhere in it, and still give the others", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await blobs.putChunk("a", 1, Buffer.from("the second"));
    await stop();
    const sealed = Buffer.from(sealedOf("a", 0));
    for (const at of [0, 11, 12, Math.floor(sealed.length / 2), sealed.length - 17, sealed.length - 16, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      meddle("UPDATE chunks SET bytes = ? WHERE idx = 0 AND size = ?", changed, sealed.length);
      const opened = await start();
      await expect(opened.getChunk("a", 0), `bit of byte ${at}`).rejects.toMatchObject({ code: "internal" });
      expect(Buffer.from((await opened.getChunk("a", 1)) ?? []).toString()).toBe("the second");
      await stop();
    }
  });

  it("refuse a chunk that was put in another's place: in the same blob, and in another one", async () => {
    const blobs = await start();
    for (const [id, index] of [
      ["a", 0],
      ["a", 1],
      ["b", 0],
    ] as const)
      await blobs.putChunk(id, index, Buffer.from(`${id}${index}`));
    await stop();
    const swap = "UPDATE chunks SET bytes = ? WHERE idx = ? AND blob = (SELECT n FROM blobs WHERE id = ?)";
    const [a0, a1, b0] = [sealedOf("a", 0), sealedOf("a", 1), sealedOf("b", 0)];
    meddle(swap, a1, 0, "a");
    meddle(swap, b0, 1, "a");
    meddle(swap, a0, 0, "b");
    const opened = await start();
    for (const [id, index] of [
      ["a", 0],
      ["a", 1],
      ["b", 0],
    ] as const) {
      await expect(opened.getChunk(id, index)).rejects.toMatchObject({ code: "internal" });
    }
  });

  it("refuse a chunk that was cut short, to nothing too", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await stop();
    const sealed = sealedOf("a", 0);
    for (const length of [sealed.length - 1, 28, 27, 12, 0]) {
      meddle("UPDATE chunks SET bytes = ? WHERE blob = (SELECT n FROM blobs WHERE id = 'a')", sealed.subarray(0, length));
      const opened = await start();
      await expect(opened.getChunk("a", 0), `${length} bytes`).rejects.toMatchObject({ code: "internal" });
      await stop();
    }
  });
});

describe("the key of the blobs", () => {
  it("is made once, in the key folder alone, and serves every later start", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await stop();
    const made = await readdir(keys);
    expect(made).toEqual([expect.stringMatching(/^files-[0-9a-f]{32}\.key$/)]);
    const opened = await start();
    expect(Buffer.from((await opened.getChunk("a", 0)) ?? [])).toEqual(PLAIN);
    expect(await readdir(keys)).toEqual(made);
    const key = (await readFile(join(keys, made[0] ?? ""))).toString().trim();
    for (const name of await readdir(folder)) expect((await readFile(join(folder, name))).includes(Buffer.from(key, "base64"))).toBe(false);
  });

  it("that is missing is refused, naming it and where it was looked for; nothing is made in its stead", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await stop();
    const [name] = await readdir(keys);
    const empty = join(folder, "..", "elsewhere");
    await expect(start(empty)).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringMatching(new RegExp(`${name?.slice(0, -4)}.*${empty}.*not there`)),
    });
    await expect(readdir(empty)).rejects.toThrow();
    await stop();
    await cp(keys, empty, { recursive: true });
    expect(Buffer.from((await (await start(empty)).getChunk("a", 0)) ?? [])).toEqual(PLAIN);
  });

  it("that is another one under the right name is refused", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await stop();
    const [name = ""] = await readdir(keys);
    await fileSecrets(keys).set(name.slice(0, -4), randomBytes(32));
    await expect(start()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("another key") });
  });

  it("may be new where no file would be lost by that", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await blobs.delete("a");
    await stop();
    await rm(keys, { recursive: true });
    const opened = await start();
    await opened.putChunk("b", 0, PLAIN);
    expect(Buffer.from((await opened.getChunk("b", 0)) ?? [])).toEqual(PLAIN);
  });

  it("is not guessed when the mark that names it is gone", async () => {
    const blobs = await start();
    await blobs.putChunk("a", 0, PLAIN);
    await stop();
    meddle("DELETE FROM blobs WHERE id = '!key'");
    await expect(start()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("which key") });
    expect(await readdir(keys)).toHaveLength(1);
  });
});

describe("a damaged blob store", () => {
  it("gives back the chunks that can still be read, keeps the damaged file and reports it", async () => {
    const blobs = await start();
    const kept = new Map<string, Buffer>();
    for (let n = 0; n < 24; n += 1) {
      const bytes = randomBytes(CHUNK_BYTES);
      kept.set(`blob-${String(n).padStart(2, "0")}`, bytes);
      await blobs.putChunk(`blob-${String(n).padStart(2, "0")}`, 0, bytes);
    }
    await stop();
    const path = join(folder, "blobs.sqlite");
    const { size } = await stat(path);
    const handle = await open(path, "r+");
    await handle.write(randomBytes(65_536), 0, 65_536, Math.floor(size / 2));
    await handle.close();
    const opened = await start(keys, true);
    expect(inner?.recovered).toMatchObject({ store: "blobs", report: expect.stringMatching(/damaged .* Saved: 25 blobs with 2\d chunks/) });
    expect(await readdir(inner?.recovered?.quarantine ?? "")).toContain("blobs.sqlite");
    let whole = 0;
    for (const [id, bytes] of kept) {
      const chunk = await opened.getChunk(id, 0).catch(() => null);
      if (chunk && Buffer.from(chunk).equals(bytes)) whole += 1;
    }
    expect(whole).toBeGreaterThanOrEqual(20);
    expect(whole).toBeLessThan(24);
  });

  it("that is missing from a folder in use is made anew, and that is told", async () => {
    await start(keys, true);
    expect(inner?.recovered).toMatchObject({ store: "blobs", quarantine: null, report: expect.stringContaining("missing") });
  });

  it("of a newer layout is refused with the reason", async () => {
    await start();
    await stop();
    meddle("PRAGMA user_version = 99");
    await expect(start()).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("layout 99") });
  });

  it("goes on taking out what a removed blob has left", async () => {
    const blobs = await start();
    for (let index = 0; index < 40; index += 1) await blobs.putChunk("a", index, PLAIN);
    await stop();
    // As a crash leaves it right after the line of the blob has gone.
    meddle("INSERT INTO gone (n) SELECT n FROM blobs WHERE id = 'a'");
    meddle("DELETE FROM blobs WHERE id = 'a'");
    const opened = await start();
    expect((await opened.health()).bytes).toBeLessThan(1000);
  });
});
