import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settings, type UploadDocument, uploads } from "@main/data/documents/collections.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";
import { png } from "../world/sample-files.ts";
import { openBareStores } from "./care-world.ts";
import { type Cared, countBlobs, type FilesWorld, newKey, openFilesWorld, sha } from "./files-world.ts";

let folder: string;
let files: FilesWorld;
let cared: Cared;
let world: World | null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-files-recovery-"));
  files = await openFilesWorld({ folder });
  cared = await files.patient();
  world = null;
});
afterEach(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const bytes = png();
const doctor = () => files.clinic.users.doctor;
const listed = async () => (await world?.call("files", "listFiles", { patientId: cared.patientId }, doctor()))?.items ?? [];

/** An upload whose bytes are all there. */
async function sent(more: { observationId?: string } = {}): Promise<string> {
  const input = { patientId: cared.patientId, filename: "x.png", filesize: bytes.length, key: newKey(), ...more };
  const { uploadId } = await files.call("files", "beginUpload", input, doctor());
  await files.call("files", "uploadChunk", { uploadId, offset: 0, data: bytes.toString("base64") }, doctor());
  return uploadId;
}
/** Does to the stores what a crash left there. */
async function leave(change: (stores: Awaited<ReturnType<typeof openBareStores>>) => Promise<unknown>): Promise<void> {
  await files.close();
  const stores = await openBareStores(folder);
  await change(stores);
  await stores.close();
}
const sealed: Partial<UploadDocument> = { state: "sealed", sha256: sha(bytes), filetype: "image/png", width: 4, height: 4 };

describe("what a crash left of files", () => {
  it("is finished when it was sealed: filed and linked at the next start, once", async () => {
    const uploadId = await sent({ observationId: cared.observationId });
    await leave(({ documents }) => documents.collection(uploads).update(uploadId, sealed));
    world = await openWorld({ folder });
    const [file, ...others] = await listed();
    expect(others).toEqual([]);
    expect(file).toMatchObject({ sha256: sha(bytes), filetype: "image/png", uploadedBy: "The doctor" });
    expect(file?.links).toEqual([{ observationId: cared.observationId, encounterId: cared.encounterId }]);
    await world.close();
    world = await openWorld({ folder });
    expect((await listed()).map(({ id }) => id)).toEqual([file?.id]);
    const again = await world.call("files", "finishUpload", { uploadId: uploadId as never, sha256: sha(bytes) }, doctor());
    expect(again.id).toBe(file?.id);
  });

  it("is noticed when it was filed and not written down as such: there is still one file", async () => {
    const uploadId = await sent();
    await files.call("files", "finishUpload", { uploadId: uploadId as never, sha256: sha(bytes) }, doctor());
    await leave(({ documents }) => documents.collection(uploads).update(uploadId, { ...sealed, fileId: null }));
    world = await openWorld({ folder });
    expect(await listed()).toHaveLength(1);
  });

  it("is removed when the patient it was meant for is no more", async () => {
    const uploadId = await sent();
    await leave(({ documents }) => documents.collection(uploads).update(uploadId, { ...sealed, patientId: "P999999" }));
    world = await openWorld({ folder });
    await world.app.sweepFiles();
    expect(countBlobs(folder)).toBe(0);
  });

  it("is removed when it is bytes that no upload and no file knows; what is under way, filed, or another feature's stays", async () => {
    const filed = await sent();
    const file = await files.call("files", "finishUpload", { uploadId: filed as never, sha256: sha(bytes) }, doctor());
    const underWay = await sent();
    await leave(async ({ blobs, documents }) => {
      await documents.collection(uploads).delete({ id: filed });
      for (let n = 0; n < 3; n += 1) await blobs.putChunk(randomUUID(), 0, bytes);
      await blobs.putChunk("somebody-elses", 0, bytes);
    });
    expect(countBlobs(folder)).toBe(6);
    world = await openWorld({ folder });
    await world.app.sweepFiles();
    expect(countBlobs(folder)).toBe(3);
    const read = await world.call("files", "readChunk", { fileId: file.id, offset: 0 }, doctor());
    expect(Buffer.from(read.data, "base64")).toEqual(bytes);
    await world.call("files", "finishUpload", { uploadId: underWay as never, sha256: sha(bytes) }, doctor());
    expect(await listed()).toHaveLength(2);
  });
});

describe("when the sample clinic goes", () => {
  it("the bytes of its files go too, also where the removal was cut off", async () => {
    const uploadId = await sent();
    await files.call("files", "finishUpload", { uploadId: uploadId as never, sha256: sha(bytes) }, doctor());
    await leave(({ documents }) => documents.collection(settings).put({ id: "sample", value: { state: "removing" } }));
    expect(countBlobs(folder)).toBe(1);
    world = await openWorld({ folder });
    expect(await world.call("setup", "getStatus", {}, null)).toMatchObject({ state: "empty" });
    expect(countBlobs(folder)).toBe(0);
  });
});
