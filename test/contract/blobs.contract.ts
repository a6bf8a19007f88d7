import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BlobPort } from "@main/data/blobs/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** An engine under test: opens (or opens again) the blobs of a folder. */
export interface BlobEngine {
  name: string;
  open(folder: string, clock: Clock): Promise<BlobPort>;
}

const AT = "2026-03-03T08:00:00.000Z";
const clock: Clock = { now: () => AT, monotonic: () => performance.now() };

/** What every blob engine must do, whatever it is. */
export function blobsContract(engine: BlobEngine): void {
  describe(`blobs on ${engine.name}`, () => {
    let folder: string;
    let blobs: BlobPort;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "polyclinic-blobs-"));
      blobs = await engine.open(folder, clock);
    });
    afterEach(async () => {
      await blobs.close();
      await rm(folder, { recursive: true, force: true });
    });
    const reopen = async () => {
      await blobs.close();
      blobs = await engine.open(folder, clock);
    };

    it("gives back every chunk as it went in, also after it was opened again", async () => {
      const chunks = [randomBytes(CHUNK_BYTES), randomBytes(CHUNK_BYTES), randomBytes(1)];
      for (const [index, bytes] of chunks.entries()) await blobs.putChunk("a", index, bytes);
      await reopen();
      for (const [index, bytes] of chunks.entries()) expect(Buffer.from((await blobs.getChunk("a", index)) ?? [])).toEqual(bytes);
      expect(await blobs.getChunk("a", 3)).toBeNull();
      expect(await blobs.getChunk("b", 0)).toBeNull();
    });

    it("tells the bytes and chunks up to the first gap, and when the first was stored", async () => {
      expect(await blobs.stat("a")).toBeNull();
      await blobs.putChunk("a", 0, randomBytes(10));
      await blobs.putChunk("a", 2, randomBytes(10));
      expect(await blobs.stat("a")).toEqual({ id: "a", bytes: 10, chunks: 1, createdAt: AT });
      await blobs.putChunk("a", 1, randomBytes(5));
      expect(await blobs.stat("a")).toEqual({ id: "a", bytes: 25, chunks: 3, createdAt: AT });
    });

    it("replaces a chunk of the same index", async () => {
      await blobs.putChunk("a", 0, Buffer.from("first"));
      await blobs.putChunk("a", 0, Buffer.from("second try"));
      expect(Buffer.from((await blobs.getChunk("a", 0)) ?? []).toString()).toBe("second try");
      expect(await blobs.stat("a")).toMatchObject({ bytes: 10, chunks: 1 });
    });

    it("removes all of a blob and nothing of another; removing what is not there is fine", async () => {
      for (let index = 0; index < 40; index += 1) await blobs.putChunk("a", index, randomBytes(100));
      await blobs.putChunk("b", 0, Buffer.from("stays"));
      await blobs.delete("a");
      await blobs.delete("nobody");
      expect(await blobs.stat("a")).toBeNull();
      expect(await blobs.getChunk("a", 17)).toBeNull();
      expect(Buffer.from((await blobs.getChunk("b", 0)) ?? []).toString()).toBe("stays");
      await blobs.putChunk("a", 0, Buffer.from("anew"));
      expect(await blobs.stat("a")).toMatchObject({ bytes: 4, chunks: 1 });
    });

    it("lists blobs in the order of their ids, page by page", async () => {
      for (const id of ["c", "a", "d", "b", "e"]) await blobs.putChunk(id, 0, Buffer.from(id));
      const ids = async (after: string | null) => (await blobs.list(after, 2)).map(({ id }) => id);
      expect([await ids(null), await ids("b"), await ids("d"), await ids("e")]).toEqual([["a", "b"], ["c", "d"], ["e"], []]);
    });

    it("is empty after it was cleared, and takes new blobs", async () => {
      for (const id of ["a", "b"]) await blobs.putChunk(id, 0, randomBytes(1000));
      await blobs.clear();
      expect(await blobs.list(null, 10)).toEqual([]);
      expect((await blobs.health()).bytes).toBeLessThan(1000);
      await blobs.putChunk("a", 0, Buffer.from("anew"));
      await reopen();
      expect(Buffer.from((await blobs.getChunk("a", 0)) ?? []).toString()).toBe("anew");
    });

    it("tells that it is up and how many bytes it keeps", async () => {
      await blobs.putChunk("a", 0, randomBytes(5000));
      const { state, bytes } = await blobs.health();
      expect(state).toBe("up");
      expect(bytes).toBeGreaterThanOrEqual(5000);
      expect(bytes).toBeLessThan(6000);
    });

    it("takes chunks of many blobs at once and mixes nothing up", async () => {
      const wanted = Array.from({ length: 64 }, (_, n) => ({
        id: `blob-${n % 8}`,
        index: Math.floor(n / 8),
        bytes: randomBytes(2000 + n),
      }));
      await Promise.all(wanted.map(({ id, index, bytes }) => blobs.putChunk(id, index, bytes)));
      for (const { id, index, bytes } of wanted) expect(Buffer.from((await blobs.getChunk(id, index)) ?? [])).toEqual(bytes);
    });

    it("does what a map of maps does, whatever the order of puts, removals and reopenings", async () => {
      const id = fc.constantFrom("a", "b", "c");
      const act = fc.oneof(
        fc.record({ kind: fc.constant("put" as const), id, index: fc.nat(4), bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }) }),
        fc.record({ kind: fc.constant("delete" as const), id }),
        fc.record({ kind: fc.constant("reopen" as const) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
          await blobs.clear();
          const model = new Map<string, Map<number, Uint8Array>>();
          for (const step of acts) {
            if (step.kind === "reopen") await reopen();
            else if (step.kind === "delete") {
              await blobs.delete(step.id);
              model.delete(step.id);
            } else {
              await blobs.putChunk(step.id, step.index, step.bytes);
              model.set(step.id, (model.get(step.id) ?? new Map()).set(step.index, step.bytes));
            }
          }
          expect((await blobs.list(null, 10)).map((info) => info.id)).toEqual([...model.keys()].sort());
          for (const [known, chunks] of model) {
            for (const [index, bytes] of chunks)
              expect(Buffer.from((await blobs.getChunk(known, index)) ?? [])).toEqual(Buffer.from(bytes));
          }
        }),
        { numRuns: 30 },
      );
    });

    it("answers store-unavailable once it is closed", async () => {
      await blobs.close();
      await expect(blobs.putChunk("a", 0, Buffer.from("x"))).rejects.toMatchObject({ code: "store-unavailable" });
      await expect(blobs.getChunk("a", 0)).rejects.toMatchObject({ code: "store-unavailable" });
      blobs = await engine.open(folder, clock);
    });
  });
}
