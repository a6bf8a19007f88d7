import { isSelf } from "@main/platform/care.ts";
import type { FileBytes } from "@main/platform/file-bytes.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { filesContract } from "@shared/contract/files.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { announce, type FileView, noFile, requireFile, requireFinding, viewsOf } from "./access.ts";
import { downloadName } from "./names.ts";
import type { FilesDeps } from "./needs.ts";
import { readBytes } from "./reading.ts";
import { createReadingLog } from "./reading-log.ts";
import * as store from "./store.ts";
import type { Tickets } from "./tickets.ts";

type Routes = typeof filesContract;

/** What is done with files that are there: listing, reading, linking, voiding. */
export function createFileService(deps: FilesDeps, tickets: Tickets) {
  const { graph, blobs, care } = deps;
  const readingLog = createReadingLog(deps);

  async function viewOf(fileId: string, context: RequestContext): Promise<FileView> {
    const [view] = await graph.read(async (reader) => {
      const file = await store.findFile(reader, fileId);
      return file ? viewsOf(reader, [file], isSelf(context, file.patientId)) : [];
    });
    if (!view) throw noFile();
    return view;
  }

  /** The file with its bytes: of a purged one only the record is left. */
  async function requireBytes(fileId: string, context: RequestContext): Promise<store.FileRow> {
    const file = await requireFile(deps, context, fileId);
    if (file.purgedAt !== null) throw new AppError("not-found", "The bytes of this file have been purged.", { field: "fileId" });
    return file;
  }

  return {
    async list(input: Input<Routes["listFiles"]>, context: RequestContext): Promise<FileView[]> {
      const { patientId, encounterId, observationId } = input;
      await care.require(context, patientId);
      const self = isSelf(context, patientId);
      const wanted = (view: FileView) =>
        (!encounterId || view.links.some((link) => link.encounterId === encounterId)) &&
        (!observationId || view.links.some((link) => link.observationId === observationId));
      return graph.read(async (reader) => {
        const files = await store.listPatientFiles(reader, patientId);
        const visible = files.filter(({ voidedAt }) => voidedAt === null || (input.includeVoided === true && !self));
        return (await viewsOf(reader, visible, self)).filter(wanted);
      });
    },

    async get({ fileId }: Input<Routes["getFile"]>, context: RequestContext): Promise<Output<Routes["getFile"]>> {
      const { purgedAt } = await requireFile(deps, context, fileId);
      const file = await viewOf(fileId, context);
      if (purgedAt !== null) return { file, path: null, expiresAt: null };
      const viewer = userOf(context);
      await deps.notifier.settle(viewer.userId, { kind: "file-added", subjectId: fileId }, context.clock.now());
      readingLog.note(viewer.sessionId, fileId, context.clock);
      const { ticket, expiresAt } = tickets.issue(fileId, viewer, context.clock);
      return { file, path: `/files/${fileId}?ticket=${ticket}`, expiresAt };
    },

    async readChunk(input: Input<Routes["readChunk"]>, context: RequestContext): Promise<Output<Routes["readChunk"]>> {
      const { fileId, offset, length = CHUNK_BYTES } = input;
      const { blobId, filesize: total, patientId } = await requireBytes(fileId, context);
      await readingLog.record(context, fileId, patientId);
      const pieces: Uint8Array[] = [];
      for await (const piece of readBytes(blobs, blobId, offset, Math.min(offset + length, total))) pieces.push(piece);
      return { data: Buffer.concat(pieces).toString("base64"), offset, total };
    },

    /** For the transports that carry bytes. */
    open: (async ({ fileId }, context) => {
      const { blobId, filename, filetype, filesize, sha256 } = await requireBytes(fileId, context);
      return {
        ...{ filename: downloadName(filename, filetype), filetype, filesize, sha256 },
        read: (from, to) => readBytes(blobs, blobId, from, Math.min(to, filesize)),
      };
    }) satisfies FileBytes["open"] as FileBytes["open"],

    async link({ fileId, observationId }: Input<Routes["linkFile"]>, context: RequestContext): Promise<FileView> {
      const { patientId } = await requireFile(deps, context, fileId);
      await requireFinding(deps, context, patientId, observationId);
      await graph.write(async (writer) => {
        const held = await store.holdFile(writer, fileId);
        if (!held) throw noFile();
        if (held.voidedAt !== null) throw new AppError("invalid-transition", "A voided file is linked to nothing new.");
        await store.linkFile(writer, { fileId, observationId, at: context.clock.now(), by: userOf(context).displayName });
      });
      announce(deps, patientId, fileId);
      return viewOf(fileId, context);
    },

    async unlink({ fileId, observationId }: Input<Routes["unlinkFile"]>, context: RequestContext): Promise<FileView> {
      const { patientId } = await requireFile(deps, context, fileId);
      const removed = await graph.write(async (writer) => {
        await store.holdFile(writer, fileId);
        return store.unlinkFile(writer, fileId, observationId);
      });
      if (!removed) throw new AppError("not-found", "The file has no such link.", { field: "observationId" });
      announce(deps, patientId, fileId);
      return viewOf(fileId, context);
    },

    /** The same person voiding it again with the same words is a retry. */
    async void({ fileId, reason }: Input<Routes["deleteFile"]>, context: RequestContext): Promise<FileView> {
      const { patientId } = await requireFile(deps, context, fileId);
      const by = userOf(context).displayName;
      const changed = await graph.write(async (writer) => {
        const held = await store.holdFile(writer, fileId);
        if (!held) throw noFile();
        if (held.voidedAt !== null && held.voidedBy === by && held.voidReason === reason) return false;
        if (held.voidedAt !== null) throw new AppError("invalid-transition", "The file is voided already.");
        await store.voidFile(writer, { fileId, at: context.clock.now(), by, reason });
        return true;
      });
      if (changed) announce(deps, patientId, fileId);
      return viewOf(fileId, context);
    },
  };
}
