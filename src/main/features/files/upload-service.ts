import type { UploadDocument } from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import { shift } from "@main/platform/clock.ts";
import { diskState } from "@main/platform/disk.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { filesContract } from "@shared/contract/files.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { requireFinding } from "./access.ts";
import type { Finishing } from "./finish-service.ts";
import type { createLimits } from "./limits.ts";
import { cleanName } from "./names.ts";
import type { FilesDeps } from "./needs.ts";
import { noUpload, type Uploads } from "./uploads.ts";

type Routes = typeof filesContract;

/** How long an upload may rest before it is given up, and how long a filed one's key is remembered. */
export const UPLOAD_SECONDS = 24 * 3600;
/** Uploads that one person may have open. */
const MOST_OPEN = 50;

/** The beginning, the parts and the giving up of an upload. */
export function createUploadService(deps: FilesDeps, uploads: Uploads, limits: ReturnType<typeof createLimits>, finishing: Finishing) {
  async function begin(input: Input<Routes["beginUpload"]>, context: RequestContext): Promise<Output<Routes["beginUpload"]>> {
    const { patientId, filesize, observationId = null } = input;
    await deps.care.require(context, patientId);
    if (observationId) await requireFinding(deps, context, patientId, observationId);
    const before = await findBefore(input, context);
    if (before) return answer(before, context);
    const { maxBytes } = await limits.get();
    if (filesize > maxBytes) throw new AppError("too-large", "The file is larger than this clinic takes.", { field: "filesize" });
    await roomFor(filesize, context);
    const upload = newUpload(input, context);
    try {
      await uploads.kept.insert(upload);
      return await answer(upload, context);
    } catch (error) {
      // Two calls with the same key at the same moment: the other one has begun it.
      if (!(error instanceof DuplicateDocument)) throw error;
      const other = await findBefore(input, context);
      if (!other) throw error;
      return answer(other, context);
    }
  }

  /** The upload that this key began; one that has rested too long is given up for a new one. */
  async function findBefore(input: Input<Routes["beginUpload"]>, context: RequestContext): Promise<UploadDocument | null> {
    const before = await uploads.kept.findOne({ key: keyOf(input.key, context) });
    if (!before) return null;
    if (before.state === "receiving" && before.expiresAt <= context.clock.now()) {
      await uploads.inLane(before.id, () => uploads.remove(before.id));
      return null;
    }
    const same =
      before.patientId === input.patientId && before.filesize === input.filesize && before.filename === cleanName(input.filename);
    if (!same) throw new AppError("conflict", "This key was used for another file.", { field: "key" });
    return before;
  }

  async function roomFor(filesize: number, context: RequestContext): Promise<void> {
    const { userId } = userOf(context);
    const open = await uploads.kept.count({ userId, state: "receiving", expiresAt: { gt: context.clock.now() } });
    if (open >= MOST_OPEN) throw new AppError("conflict", "Too many uploads are open. Finish or cancel one first.");
    const free = await deps.diskFreeBytes();
    if (free !== null && diskState(free - filesize) === "read-only") {
      throw new AppError("store-unavailable", "The disk is too full for this file.");
    }
  }

  function newUpload(input: Input<Routes["beginUpload"]>, context: RequestContext): UploadDocument {
    const { userId, sessionId } = userOf(context);
    const now = context.clock.now();
    return {
      id: deps.ids.uuid(),
      key: keyOf(input.key, context),
      ...{ userId, sessionId, patientId: input.patientId },
      ...{ filename: cleanName(input.filename), filesize: input.filesize },
      ...{ description: input.description ?? null, observationId: input.observationId ?? null },
      ...{ state: "receiving", sha256: null, filetype: null, width: null, height: null, fileId: null },
      ...{ createdAt: now, expiresAt: shift(now, UPLOAD_SECONDS) },
    };
  }

  async function answer(upload: UploadDocument, context: RequestContext): Promise<Output<Routes["beginUpload"]>> {
    const { id: uploadId, fileId, expiresAt, state } = upload;
    const received = state === "receiving" ? await uploads.received(upload) : upload.filesize;
    return {
      uploadId,
      received,
      chunkBytes: CHUNK_BYTES,
      expiresAt,
      file: fileId === null ? null : await finishing.fileView(fileId, context),
    };
  }

  /** An upload of this person that still lasts. Throws `not-found`. */
  async function own(uploadId: string, context: RequestContext): Promise<UploadDocument> {
    const upload = await uploads.kept.get(uploadId);
    if (upload?.userId !== userOf(context).userId) throw noUpload();
    context.about({ patientId: upload.patientId });
    if (upload.state === "receiving" && upload.expiresAt <= context.clock.now()) throw noUpload();
    return upload;
  }

  return {
    begin,
    own,
    async addChunk({ uploadId, offset, data }: Input<Routes["uploadChunk"]>, context: RequestContext): Promise<{ received: number }> {
      await own(uploadId, context);
      return { received: await uploads.append(uploadId, offset, Buffer.from(data, "base64"), context.clock) };
    },
    async finish({ uploadId, sha256 }: Input<Routes["finishUpload"]>, context: RequestContext): Promise<Output<Routes["finishUpload"]>> {
      return finishing.finish(await own(uploadId, context), sha256, context);
    },
    async cancel({ uploadId }: Input<Routes["cancelUpload"]>, context: RequestContext): Promise<void> {
      await own(uploadId, context);
      await uploads.inLane(uploadId, async () => {
        await uploads.stillReceiving(uploadId);
        await uploads.remove(uploadId);
      });
    },
  };
}

/** How a command's key is stored: two people's keys never meet. */
const keyOf = (key: string, context: RequestContext) => `${userOf(context).userId}|${key}`;

export type UploadService = ReturnType<typeof createUploadService>;
