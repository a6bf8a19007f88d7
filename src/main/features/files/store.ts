import fileUploadText from "@cypher/files/file-upload.cypher?raw";
import findFileText from "@cypher/files/find-file.cypher?raw";
import findFiledText from "@cypher/files/find-filed.cypher?raw";
import findFindingText from "@cypher/files/find-finding.cypher?raw";
import holdFileText from "@cypher/files/hold-file.cypher?raw";
import linkFileText from "@cypher/files/link-file.cypher?raw";
import listCaringDoctorsText from "@cypher/files/list-caring-doctors.cypher?raw";
import listKeptText from "@cypher/files/list-kept.cypher?raw";
import listLinksText from "@cypher/files/list-links.cypher?raw";
import listPatientFilesText from "@cypher/files/list-patient-files.cypher?raw";
import listPurgeableText from "@cypher/files/list-purgeable.cypher?raw";
import markPurgedText from "@cypher/files/mark-purged.cypher?raw";
import unlinkFileText from "@cypher/files/unlink-file.cypher?raw";
import voidFileText from "@cypher/files/void-file.cypher?raw";
import type { Params, Reader, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { FileType } from "@shared/model/file-types.ts";

const statements = {
  fileUpload: statement("files/file-upload", fileUploadText),
  findFile: statement("files/find-file", findFileText),
  findFiled: statement("files/find-filed", findFiledText),
  findFinding: statement("files/find-finding", findFindingText),
  holdFile: statement("files/hold-file", holdFileText),
  linkFile: statement("files/link-file", linkFileText),
  listCaringDoctors: statement("files/list-caring-doctors", listCaringDoctorsText),
  listKept: statement("files/list-kept", listKeptText),
  listLinks: statement("files/list-links", listLinksText),
  listPatientFiles: statement("files/list-patient-files", listPatientFilesText),
  listPurgeable: statement("files/list-purgeable", listPurgeableText),
  markPurged: statement("files/mark-purged", markPurgedText),
  unlinkFile: statement("files/unlink-file", unlinkFileText),
  voidFile: statement("files/void-file", voidFileText),
};

/** What a file has been through. */
export type FileState = {
  id: string;
  blobId: string;
  voidedAt: string | null;
  voidedBy: string | null;
  voidReason: string | null;
  purgedAt: string | null;
};

/** A file as the graph keeps it. */
export type FileRow = FileState & {
  patientId: string;
  filename: string;
  filetype: FileType;
  filesize: number;
  sha256: string;
  uploaddate: string;
  uploadedBy: string;
  description: string | null;
  width: number | null;
  height: number | null;
};

export type LinkRow = { fileId: string; observationId: string; encounterId: string; encounterStatus: string; linkedAt: string };
export type FindingRow = { id: string; encounterId: string; patientId: string; encounterStatus: string };

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function findFile(reader: Reader, fileId: string): Promise<FileRow | null> {
  const [row] = await reader.query<FileRow>(statements.findFile, { fileId });
  return row ?? null;
}

export const listPatientFiles = (reader: Reader, patientId: string) => reader.query<FileRow>(statements.listPatientFiles, { patientId });

export async function listLinks(reader: Reader, ids: string[]): Promise<LinkRow[]> {
  return ids.length === 0 ? [] : reader.query<LinkRow>(statements.listLinks, { ids });
}

export async function findFinding(reader: Reader, observationId: string): Promise<FindingRow | null> {
  const [row] = await reader.query<FindingRow>(statements.findFinding, { observationId });
  return row ?? null;
}

export async function findFiled(reader: Reader, key: string): Promise<string | null> {
  const [row] = await reader.query<{ id: string }>(statements.findFiled, { key });
  return row?.id ?? null;
}

export async function listCaringDoctors(reader: Reader, patientId: string): Promise<string[]> {
  return (await reader.query<{ id: string }>(statements.listCaringDoctors, { patientId })).map(({ id }) => id);
}

/** Of these uploads, those whose bytes a file still needs. */
export async function listKept(reader: Reader, keys: string[]): Promise<Set<string>> {
  const rows = keys.length === 0 ? [] : await reader.query<{ key: string }>(statements.listKept, { keys });
  return new Set(rows.map(({ key }) => key));
}

export const listPurgeable = (reader: Reader, before: string, limit: number) =>
  reader.query<{ id: string; patientId: string; blobId: string }>(statements.listPurgeable, { before, limit });

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Answers false where there is no such patient. */
export async function fileUpload(writer: Writer, patientId: string, file: Params): Promise<boolean> {
  return (await writer.execute(statements.fileUpload, { patientId, file })).length > 0;
}

/** Takes the file's lock; null where there is none. */
export async function holdFile(writer: Writer, fileId: string): Promise<FileState | null> {
  const [row] = await writer.execute<FileState>(statements.holdFile, { fileId });
  return row ?? null;
}

export async function linkFile(writer: Writer, link: { fileId: string; observationId: string; at: string; by: string }): Promise<void> {
  await writer.execute(statements.linkFile, link);
}

/** Answers whether there was such a link. */
export async function unlinkFile(writer: Writer, fileId: string, observationId: string): Promise<boolean> {
  const [row] = await writer.execute<{ removed: number }>(statements.unlinkFile, { fileId, observationId });
  return (row?.removed ?? 0) > 0;
}

export async function voidFile(writer: Writer, voided: { fileId: string; at: string; by: string; reason: string }): Promise<void> {
  await writer.execute(statements.voidFile, voided);
}

export async function markPurged(writer: Writer, fileId: string, at: string): Promise<void> {
  await writer.execute(statements.markPurged, { fileId, at });
}
