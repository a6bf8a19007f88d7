import { z } from "zod";
import { command, query } from "../define.ts";
import { CHUNK_BYTES, FILE_BYTES_CEILING, FILE_TYPES } from "../model/file-types.ts";
import { EncounterId, MedicalFileId, ObservationId, PatientId, UploadId } from "../model/ids.ts";
import { CommandKey, line, Reason } from "../model/text.ts";
import { Instant } from "../model/time.ts";

const CARE = ["doctor", "nurse"] as const;
const care = ["care-edge-required"] as const;
/** SHA-256 in lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");
/** Base64 of at most one chunk. */
const ChunkText = z.base64().max(Math.ceil(CHUNK_BYTES / 3) * 4);

export const MedicalFile = z.object({
  id: MedicalFileId,
  patientId: PatientId,
  /** As the uploader named it, without a path. */
  filename: z.string(),
  /** The type by content. */
  filetype: z.enum(FILE_TYPES),
  /** Bytes. */
  filesize: z.int(),
  sha256: Sha256,
  uploaddate: Instant,
  uploadedBy: z.string(),
  description: z.string().nullable(),
  /** Pixels, where it is an image that tells them. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** The findings it is linked to, with their visits. */
  links: z.array(z.object({ observationId: ObservationId, encounterId: EncounterId })),
  voided: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  /** The bytes are gone by rule; the record of the file stays. */
  purgedAt: Instant.nullable(),
});
export type MedicalFile = z.infer<typeof MedicalFile>;

export const FileLimits = z.object({
  /** Bytes a file may have. */
  maxBytes: z.int().min(1024).max(FILE_BYTES_CEILING),
  types: z.array(z.enum(FILE_TYPES)).min(1).max(FILE_TYPES.length),
  /** Days after which the bytes of a voided file are purged. */
  purgeAfterDays: z.int().min(1).max(36_500),
});

export const filesContract = {
  getLimits: query({
    summary: "What may be uploaded: bytes, types, and when voided files are purged",
    allow: ["patient", "admin", ...CARE],
    input: z.object({}),
    output: FileLimits,
  }),
  setLimits: command({
    summary: "Set what may be uploaded",
    allow: ["admin"],
    input: FileLimits,
    output: FileLimits,
  }),
  beginUpload: command({
    summary:
      "Begin an upload, or find the one begun with this key to go on with it; send the bytes with uploadChunk or PUT /files/<uploadId>",
    allow: ["patient", ...CARE],
    errors: care,
    input: z.object({
      patientId: PatientId,
      filename: line(200),
      /** Bytes. */
      filesize: z.int().min(1).max(FILE_BYTES_CEILING),
      description: line(500).nullable().optional(),
      /** Link it to this finding when it is finished. */
      observationId: ObservationId.optional(),
      key: CommandKey,
    }),
    output: z.object({
      uploadId: UploadId,
      /** Bytes that have arrived: go on from here. */
      received: z.int(),
      chunkBytes: z.int(),
      expiresAt: Instant,
      /** The file, when this key's upload was finished before. */
      file: MedicalFile.nullable(),
    }),
  }),
  uploadChunk: command({
    summary: "Send the bytes from `offset` on, which must be what has been received; answers upload-incomplete with `received` otherwise",
    allow: ["patient", ...CARE],
    errors: ["upload-incomplete"],
    perMinute: 60_000,
    input: z.object({ uploadId: UploadId, offset: z.int().min(0), data: ChunkText }),
    output: z.object({ received: z.int() }),
  }),
  finishUpload: command({
    summary: "Check size, type and SHA-256 of what arrived and file it; the same call again answers the same file",
    allow: ["patient", ...CARE],
    errors: [...care, "upload-incomplete", "checksum-mismatch", "unsupported-type"],
    input: z.object({ uploadId: UploadId, sha256: Sha256 }),
    output: MedicalFile,
  }),
  cancelUpload: command({
    summary: "Give up an upload of mine; its bytes are removed",
    allow: ["patient", ...CARE],
    input: z.object({ uploadId: UploadId }),
    output: z.object({}),
  }),
  listFiles: query({
    summary: "A patient's files, newest first; voided ones only to clinicians who ask",
    allow: ["patient", ...CARE],
    audit: true,
    errors: care,
    input: z.object({
      patientId: PatientId,
      encounterId: EncounterId.optional(),
      observationId: ObservationId.optional(),
      includeVoided: z.boolean().optional(),
    }),
    output: z.object({ items: z.array(MedicalFile) }),
  }),
  getFile: query({
    summary: "What is known of a file, and a path for GET that is good for two minutes without a header",
    allow: ["patient", ...CARE],
    audit: true,
    errors: care,
    input: z.object({ fileId: MedicalFileId }),
    output: z.object({ file: MedicalFile, path: z.string().nullable(), expiresAt: Instant.nullable() }),
  }),
  readChunk: query({
    summary: "Bytes of a file from `offset`, one chunk at most",
    allow: ["patient", ...CARE],
    errors: care,
    perMinute: 60_000,
    input: z.object({ fileId: MedicalFileId, offset: z.int().min(0), length: z.int().min(1).max(CHUNK_BYTES).optional() }),
    output: z.object({ data: z.string(), offset: z.int(), total: z.int() }),
  }),
  linkFile: command({
    summary: "Link a file to a finding of the same patient",
    allow: CARE,
    errors: care,
    input: z.object({ fileId: MedicalFileId, observationId: ObservationId }),
    output: MedicalFile,
  }),
  unlinkFile: command({
    summary: "Take a file's link to a finding away",
    allow: CARE,
    why: "reason",
    errors: care,
    input: z.object({ fileId: MedicalFileId, observationId: ObservationId, reason: Reason }),
    output: MedicalFile,
  }),
  deleteFile: command({
    summary: "Void a file with a reason; its bytes are purged later by rule",
    allow: CARE,
    why: "reason",
    errors: care,
    input: z.object({ fileId: MedicalFileId, reason: Reason }),
    output: MedicalFile,
  }),
};

/**
 * Bytes past the envelope, for the transports: `GET /files/<fileId>` and `PUT /files/<uploadId>?offset=`. They have policy, audit and errors as
 * every route has, but are called by no name.
 */
export const fileBytesContract = {
  download: query({
    summary: "The bytes of a file",
    allow: ["patient", ...CARE],
    audit: true,
    errors: care,
    perMinute: 1200,
    input: z.object({ fileId: MedicalFileId }),
    output: z.custom<object>((opened) => typeof opened === "object" && opened !== null),
  }),
  upload: command({
    summary: "Bytes of an upload from `offset` on, of any length",
    allow: ["patient", ...CARE],
    errors: ["upload-incomplete", "unsupported-type", "cancelled"],
    perMinute: 1200,
    input: z.object({ uploadId: UploadId, offset: z.int().min(0) }),
    output: z.object({ received: z.int() }),
  }),
};
