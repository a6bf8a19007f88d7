import type { Reader } from "@main/data/graph/port.ts";
import { isSelf } from "@main/platform/care.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { MedicalFile } from "@shared/contract/files.ts";
import { AppError } from "@shared/define.ts";
import type { z } from "zod";
import type { FilesDeps } from "./needs.ts";
import { type FileRow, type FindingRow, findFile, findFinding, type LinkRow, listLinks } from "./store.ts";

export type FileView = z.input<typeof MedicalFile>;

/** Visits whose findings a patient may see: what is unfinished may still be wrong. */
const FINISHED = new Set(["completed", "amended"]);

export const noFile = () => new AppError("not-found", "There is no such file.", { field: "fileId" });
const noFinding = () => new AppError("not-found", "The patient has no such finding.", { field: "observationId" });

/** A file that the viewer may see; to a patient those of others and voided ones do not exist. Throws `not-found`, or what CareAccess throws. */
export async function requireFile({ graph, care }: FilesDeps, context: RequestContext, fileId: string): Promise<FileRow> {
  const file = await graph.read((reader) => findFile(reader, fileId));
  if (!file) throw noFile();
  await care.require(context, file.patientId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === "not-found" ? noFile() : error;
  });
  if (file.voidedAt !== null && isSelf(context, file.patientId)) throw noFile();
  return file;
}

/** A finding of this patient that the viewer may see. Throws `not-found`. */
export async function requireFinding(
  { graph }: FilesDeps,
  context: RequestContext,
  patientId: string,
  observationId: string,
): Promise<FindingRow> {
  const finding = await graph.read((reader) => findFinding(reader, observationId));
  if (!finding || finding.patientId !== patientId) throw noFinding();
  if (isSelf(context, patientId) && !FINISHED.has(finding.encounterStatus)) throw noFinding();
  return finding;
}

/** Files in the contract's shape, with the links that this viewer may see. */
export async function viewsOf(reader: Reader, files: readonly FileRow[], self: boolean): Promise<FileView[]> {
  const links = await listLinks(
    reader,
    files.map(({ id }) => id),
  );
  const linksOf = Map.groupBy(
    links.filter(({ encounterStatus }) => !self || FINISHED.has(encounterStatus)),
    ({ fileId }) => fileId,
  );
  return files.map((file) => view(file, linksOf.get(file.id) ?? []));
}

function view({ blobId: _blobId, voidedAt, voidedBy, voidReason, ...file }: FileRow, links: readonly LinkRow[]): FileView {
  return {
    ...file,
    links: links.map(({ observationId, encounterId }) => ({ observationId, encounterId })),
    voided: voidedAt === null ? null : { at: voidedAt, by: voidedBy ?? "", reason: voidReason ?? "" },
  };
}

/** Tells those who may read the patient's files that they look different now. */
export function announce({ events }: Pick<FilesDeps, "events">, patientId: string, fileId: string): void {
  events.publish({ type: "files.changed", patientId, fileId }, { roles: ["doctor", "nurse"], externalIds: [patientId] });
}
