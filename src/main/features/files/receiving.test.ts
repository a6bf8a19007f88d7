import type { RequestContext } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReceiving } from "./receiving.ts";
import type { UploadService } from "./upload-service.ts";
import type { Uploads } from "./uploads.ts";

const context = { clock: {}, signal: new AbortController().signal } as RequestContext;

/** An upload in memory that takes bytes only where it goes on, and takes its time over it. */
function upload(filesize: number, full = Number.POSITIVE_INFINITY) {
  const kept: Buffer[] = [];
  const size = () => kept.reduce((sum, part) => sum + part.length, 0);
  const append = async (_id: string, offset: number, bytes: Uint8Array) => {
    const copy = Buffer.from(bytes);
    await new Promise((resolve) => setImmediate(resolve));
    if (offset !== size()) throw new AppError("upload-incomplete", "elsewhere", { received: size() });
    if (size() + copy.length > full) throw new AppError("store-unavailable", "full");
    // The room that the bytes came in must not have been used for others meanwhile.
    expect(Buffer.from(bytes).equals(copy)).toBe(true);
    kept.push(copy);
    return size();
  };
  const receive = createReceiving({ own: async () => ({ filesize }) } as unknown as UploadService, { append } as unknown as Uploads, 30);
  return {
    bytes: () => Buffer.concat(kept),
    receive: (body: AsyncIterable<Uint8Array>, offset = 0) => receive({ uploadId: "upload", offset }, { body, length: null }, context),
  };
}

/** Of a period that no chunk has, so that no part passes for another. */
const PERIOD = Buffer.from(Array.from({ length: 251 }, (_, at) => at));
const pattern = (length: number) => Buffer.alloc(length, PERIOD);
async function* pieces(all: Buffer, sizes: readonly number[], end: "whole" | "broken" | "silent" = "whole") {
  let at = 0;
  for (const size of sizes) {
    yield all.subarray(at, at + size);
    at += size;
  }
  if (end === "broken") throw new Error("aborted");
  if (end === "silent") await new Promise(() => {});
}

describe("a stream of bytes", () => {
  it("arrives as it was sent, whatever its pieces and wherever it goes on", async () => {
    const piece = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: CHUNK_BYTES - 2, max: 6 * CHUNK_BYTES }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 5 }), fc.array(piece, { maxLength: 4 }), async (first, second) => {
        const [a, b] = [first, second].map((sizes) => sizes.reduce((sum, size) => sum + size, 0)) as [number, number];
        const all = pattern(a + b);
        const to = upload(a + b);
        expect(await to.receive(pieces(all.subarray(0, a), first))).toEqual({ received: a });
        expect(await to.receive(pieces(all.subarray(a), second), a)).toEqual({ received: a + b });
        expect(to.bytes().equals(all)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ["breaks off", "broken", "cancelled"],
    ["falls silent", "silent", "timeout"],
  ] as const)("that %s leaves its whole chunks", async (_what, end, code) => {
    const all = pattern(9 * CHUNK_BYTES);
    const to = upload(20 * CHUNK_BYTES);
    const sizes = [3 * CHUNK_BYTES, 2 * CHUNK_BYTES + 5, CHUNK_BYTES];
    await expect(to.receive(pieces(all, sizes, end))).rejects.toMatchObject({ code });
    expect(to.bytes().equals(all.subarray(0, 6 * CHUNK_BYTES))).toBe(true);
  });

  it("of more than was begun with is refused when it comes to that", async () => {
    const to = upload(1000);
    await expect(to.receive(pieces(pattern(1500), [900, 200]))).rejects.toMatchObject({ code: "too-large" });
    expect(to.bytes()).toHaveLength(0);
  });

  it("is told of a store that takes no more, also when that was the last part", async () => {
    for (const sizes of [[2 * CHUNK_BYTES], [5 * CHUNK_BYTES, 5 * CHUNK_BYTES]]) {
      const to = upload(20 * CHUNK_BYTES, CHUNK_BYTES);
      await expect(to.receive(pieces(pattern(10 * CHUNK_BYTES), sizes))).rejects.toMatchObject({ code: "store-unavailable" });
    }
  });
});
