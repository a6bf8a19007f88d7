import { createHash } from "node:crypto";
import type { Reader } from "@main/data/graph/port.ts";
import type { RequestContext } from "@main/platform/request.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { type FileView, viewsOf } from "./access.ts";
import { listPatientFiles } from "./store.ts";
import type { UploadService } from "./upload-service.ts";

/** What goes into a chart without an upload by hand. */
export interface AddedFile {
  patientId: string;
  filename: string;
  bytes: Uint8Array;
  description: string | null;
  /** Link it to this finding of the patient. */
  observationId: string | null;
  /** The same key again answers the first file. */
  key: string;
}

/** Files for the features that show or make them. */
export interface ChartFiles {
  /** Files these bytes with the checks of an upload, as this caller; refused as `files.beginUpload` and `finishUpload` refuse. */
  addFile(context: RequestContext, file: AddedFile): Promise<{ id: string }>;
  /** A patient's files that are not voided, newest first. Whether the viewer may see the patient is the caller's to ask. */
  listForChart(reader: Reader, patientId: string, viewer: { self: boolean }): Promise<FileView[]>;
}

export function createChartFiles(service: UploadService): ChartFiles {
  return {
    async addFile(context, { bytes, ...file }) {
      const parsed = file as Omit<AddedFile, "bytes"> & Record<"patientId" | "observationId", never>;
      const begun = await service.begin(
        { ...parsed, observationId: parsed.observationId ?? undefined, filesize: bytes.byteLength },
        context,
      );
      if (begun.file) return { id: begun.file.id };
      const uploadId = begun.uploadId as never;
      for (let at = begun.received; at < bytes.byteLength; at += CHUNK_BYTES) {
        const data = Buffer.from(bytes.subarray(at, at + CHUNK_BYTES)).toString("base64");
        await service.addChunk({ uploadId, offset: at, data }, context);
      }
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const { id } = await service.finish({ uploadId, sha256 }, context);
      return { id };
    },
    async listForChart(reader, patientId, { self }) {
      const files = await listPatientFiles(reader, patientId);
      return viewsOf(
        reader,
        files.filter(({ voidedAt }) => voidedAt === null),
        self,
      );
    },
  };
}
