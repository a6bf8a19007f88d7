import { type UploadDocument, users } from "@main/data/documents/collections.ts";
import { nextId } from "@main/data/graph/next-id.ts";
import { UniqueViolation, type Writer } from "@main/data/graph/port.ts";
import { isSelf } from "@main/platform/care.ts";
import { shift } from "@main/platform/clock.ts";
import type { RequestContext } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import { announce, type FileView, noFile, viewsOf } from "./access.ts";
import { judge } from "./content-rules.ts";
import { scan } from "./content-scan.ts";
import type { createLimits } from "./limits.ts";
import type { FilesDeps } from "./needs.ts";
import * as store from "./store.ts";
import { tellOfFile } from "./tell-of-file.ts";
import { incomplete, noUpload, type Uploads } from "./uploads.ts";

/** How long a filed upload's key is remembered. */
const REMEMBERED_SECONDS = 24 * 3600;

/**
 * The end of an upload: what arrived is checked as it lies on the disk, the upload is sealed, and only then filed in the graph. Whatever
 * a crash leaves sealed, `fileSealed` files at the next start.
 */
export function createFinishing(deps: FilesDeps, uploads: Uploads, limits: ReturnType<typeof createLimits>) {
  const { graph, blobs } = deps;
  const accounts = deps.documents.collection(users);

  /** Checks and seals. What is refused for its content leaves nothing behind; what is not all there stays to be gone on with. */
  async function seal(upload: UploadDocument, sha256: string): Promise<UploadDocument> {
    uploads.forget(upload.id);
    const received = await uploads.received(upload);
    if (received !== upload.filesize) throw incomplete(received);
    try {
      const content = await scan(blobs, upload.id, upload.filesize);
      if (content.sha256 !== sha256) throw new AppError("checksum-mismatch", "What arrived is not what was sent. Send it again.");
      const judged = await judge(content, (await limits.get()).types);
      const sealed = await uploads.kept.update(upload.id, { state: "sealed", sha256, ...judged }, { state: "receiving" });
      if (!sealed) throw noUpload();
      return sealed;
    } catch (error) {
      const refused = error instanceof AppError && ["checksum-mismatch", "unsupported-type", "too-large"].includes(error.code);
      if (refused) await uploads.remove(upload.id);
      throw error;
    }
  }

  async function fileSealed(upload: UploadDocument, now: string): Promise<string> {
    const by = (await accounts.get(upload.userId))?.displayName ?? "";
    const fileId = await fileOnce(upload, { now, by });
    await uploads.kept.update(upload.id, { state: "filed", fileId, expiresAt: shift(now, REMEMBERED_SECONDS) });
    announce(deps, upload.patientId, fileId);
    await tellOfFile(deps, { id: fileId, patientId: upload.patientId, uploaderId: upload.userId }, now);
    return fileId;
  }

  async function fileOnce(upload: UploadDocument, said: { now: string; by: string }): Promise<string> {
    const work = (writer: Writer) => fileIn(writer, upload, said);
    try {
      return await graph.write(work);
    } catch (error) {
      if (error instanceof UniqueViolation && error.property === "key") return graph.write(work);
      throw error;
    }
  }

  async function fileView(fileId: string, context: RequestContext): Promise<FileView | null> {
    return graph.read(async (reader) => {
      const file = await store.findFile(reader, fileId);
      const [view] = file ? await viewsOf(reader, [file], isSelf(context, file.patientId)) : [];
      return view ?? null;
    });
  }

  return {
    fileView,
    fileSealed,
    finish: (upload: UploadDocument, sha256: string, context: RequestContext): Promise<FileView> =>
      uploads.inLane(upload.id, async () => {
        await deps.care.require(context, upload.patientId);
        // As it stands now: another call may have finished it while this one waited.
        let current = await uploads.kept.get(upload.id);
        if (current?.state === "receiving") current = await seal(current, sha256);
        if (!current) throw noUpload();
        if (current.sha256 !== sha256) throw new AppError("checksum-mismatch", "This upload was finished with another checksum.");
        const fileId = current.fileId ?? (await fileSealed(current, context.clock.now()));
        const view = await fileView(fileId, context);
        if (!view) throw noFile();
        return view;
      }),
  };
}

export type Finishing = ReturnType<typeof createFinishing>;

async function fileIn(writer: Writer, upload: UploadDocument, { now, by }: { now: string; by: string }): Promise<string> {
  const before = await store.findFiled(writer, upload.id);
  if (before) return before;
  const { filename, filetype, filesize, sha256, description, width, height } = upload;
  const id = await nextId(writer, "MedicalFile");
  const said = { uploaddate: now, uploadedBy: by, uploadedById: upload.userId };
  const file = { id, filename, filetype, filesize, sha256, ...said, description, width, height, blobId: upload.id, key: upload.id };
  if (!(await store.fileUpload(writer, upload.patientId, file))) {
    throw new AppError("not-found", "There is no such patient.", { field: "patientId" });
  }
  if (upload.observationId) await store.linkFile(writer, { fileId: id, observationId: upload.observationId, at: now, by });
  return id;
}
