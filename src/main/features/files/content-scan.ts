import { createHash } from "node:crypto";
import type { BlobPort } from "@main/data/blobs/port.ts";
import { type Content, HEAD_BYTES, TAIL_BYTES } from "./content-rules.ts";
import { readBytes } from "./reading.ts";

/** Reads a blob once, as it lies on the disk: its SHA-256, its first bytes and its last. */
export async function scan(blobs: BlobPort, blobId: string, size: number): Promise<Content & { sha256: string }> {
  const hash = createHash("sha256");
  const head: Uint8Array[] = [];
  let tail = Buffer.alloc(0);
  let seen = 0;
  for await (const piece of readBytes(blobs, blobId, 0, size)) {
    hash.update(piece);
    if (seen < HEAD_BYTES) head.push(piece.subarray(0, HEAD_BYTES - seen));
    // Only what lies near the end is put together.
    if (seen + piece.byteLength > size - TAIL_BYTES) tail = Buffer.concat([tail, piece]).subarray(-TAIL_BYTES);
    seen += piece.byteLength;
  }
  return { sha256: hash.digest("hex"), head: Buffer.concat(head), tail, size };
}
