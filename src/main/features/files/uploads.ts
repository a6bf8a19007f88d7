import { type UploadDocument, uploads as uploadsSpec } from "@main/data/documents/collections.ts";
import type { Clock } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import { AppError } from "@shared/define.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import type { FilesDeps } from "./needs.ts";

/** Between two tidings of an upload's progress, in milliseconds. */
const TELL_EVERY_MS = 200;

/** Leases are kept by their names, so that uploads share so many of them. */
const LANES = 256;

/** Uploads on their way: their documents, their bytes, and what this process remembers of both. */
export function createUploads({ documents, blobs, events, leases, host }: FilesDeps) {
  const kept = documents.collection(uploadsSpec);
  /** Bytes there, so that not every chunk counts all before it; and when its progress was last told. */
  const known = new Map<string, { received: number; toldAt: number }>();

  /** What is done to one upload is done one after the other, also when its sender has moved on to another workstation. */
  function inLane<T>(id: string, work: () => Promise<T>): Promise<T> {
    const lane = Number.parseInt(sha256(id).slice(0, 8), 16) % LANES;
    return leases.hold(`upload-${lane}`, () => work());
  }

  async function received({ id, host: last }: UploadDocument): Promise<number> {
    if (last !== host) known.delete(id);
    return known.get(id)?.received ?? (await blobs.stat(id))?.bytes ?? 0;
  }

  /** Bytes first: a crash between the two leaves a document that the sweep finds. */
  async function remove(id: string): Promise<void> {
    known.delete(id);
    await blobs.delete(id);
    await kept.delete({ id });
  }

  async function stillReceiving(id: string): Promise<UploadDocument> {
    const upload = await kept.get(id);
    if (!upload) throw noUpload();
    if (upload.state !== "receiving") throw new AppError("invalid-transition", "This upload is finished.");
    return upload;
  }

  function tell(upload: UploadDocument, now: number, clock: Clock): void {
    const at = clock.monotonic();
    const toldAt = known.get(upload.id)?.toldAt ?? Number.NEGATIVE_INFINITY;
    const due = now === upload.filesize || at - toldAt >= TELL_EVERY_MS;
    known.set(upload.id, { received: now, toldAt: due ? at : toldAt });
    if (!due) return;
    const { id: uploadId, userId, filesize: total } = upload;
    events.publish({ type: "files.progress", uploadId, received: now, total }, { userIds: [userId] });
  }

  return {
    kept,
    inLane,
    received,
    remove,
    stillReceiving,
    /** The counted bytes are taken anew from the store. */
    forget: (id: string) => void known.delete(id),

    /** Appends at exactly what has been received. Throws `upload-incomplete` with how much that is, `too-large` beyond the size begun with. */
    append: (id: string, offset: number, bytes: Uint8Array, clock: Clock): Promise<number> =>
      inLane(id, async () => {
        const upload = await stillReceiving(id);
        const before = await received(upload);
        if (offset !== before) throw incomplete(before);
        if (before + bytes.byteLength > upload.filesize) throw tooLong();
        if (bytes.byteLength === 0) return before;
        if (upload.host !== host) await kept.update(id, { host });
        try {
          await putAt(id, before, bytes);
        } catch (error) {
          known.delete(id);
          throw error;
        }
        tell(upload, before + bytes.byteLength, clock);
        return before + bytes.byteLength;
      }),
  };

  /** The last chunk grows until it is whole. All that is put here shares one flush, in this order: a crash leaves no gap. */
  async function putAt(id: string, offset: number, bytes: Uint8Array): Promise<void> {
    const index = Math.floor(offset / CHUNK_BYTES);
    const filled = offset % CHUNK_BYTES;
    const before = filled === 0 ? null : await blobs.getChunk(id, index);
    if (filled > 0 && before?.byteLength !== filled) throw new AppError("internal", "Bytes of an upload are missing.");
    const first = bytes.subarray(0, CHUNK_BYTES - filled);
    const puts = [blobs.putChunk(id, index, before ? Buffer.concat([before, first]) : first)];
    for (let at = first.byteLength; at < bytes.byteLength; at += CHUNK_BYTES) {
      puts.push(blobs.putChunk(id, Math.floor((offset + at) / CHUNK_BYTES), bytes.subarray(at, at + CHUNK_BYTES)));
    }
    await Promise.all(puts);
  }
}

export type Uploads = ReturnType<typeof createUploads>;

export const noUpload = () => new AppError("not-found", "There is no such upload.", { field: "uploadId" });
export const incomplete = (received: number) =>
  new AppError("upload-incomplete", "Go on from what has been received.", { field: "offset", received });
export const tooLong = () => new AppError("too-large", "There are more bytes than this upload was begun with.");
