import { setImmediate as nextTurn } from "node:timers/promises";
import type { BlobPort } from "@main/data/blobs/port.ts";
import { createSpentBytes } from "@main/platform/spent-bytes.ts";
import { AppError } from "@shared/define.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";

/**
 * The bytes of a blob from `from` up to, not with, `to`: one chunk at a time, and others get their turn between two of them. Throws
 * `internal` where bytes that should be there are not.
 */
export async function* readBytes(blobs: BlobPort, blobId: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  const spent = createSpentBytes();
  for (let at = from; at < to; ) {
    const index = Math.floor(at / CHUNK_BYTES);
    const chunk = await blobs.getChunk(blobId, index);
    const start = at - index * CHUNK_BYTES;
    const end = Math.min(to - index * CHUNK_BYTES, CHUNK_BYTES);
    if (!chunk || chunk.byteLength < end) throw new AppError("internal", "Bytes of a file are missing.");
    yield chunk.subarray(start, end);
    spent(end - start);
    at = index * CHUNK_BYTES + end;
    await nextTurn();
  }
}
