import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pdf, png } from "../world/sample-files.ts";
import { type Cared, type FilesWorld, newKey, OWN_PASSWORD, openFilesWorld, sha } from "./files-world.ts";

let world: FilesWorld;
let cared: Cared;
let other: Cared;
beforeAll(async () => {
  world = await openFilesWorld();
  [cared, other] = [await world.patient(), await world.patient()];
});
afterAll(() => world?.close());

const doctor = () => world.clinic.users.doctor;
const asDoctor = () => world.as(doctor());
const filed = (more: object = {}) => world.upload(doctor(), { patientId: cared.patientId, bytes: png(), filename: "scan.png", ...more });
const listed = async (viewer: Parameters<FilesWorld["as"]>[0], more: object = {}) =>
  (await world.call("files", "listFiles", { patientId: cared.patientId, ...more }, viewer)).items.map(({ id }) => id);

describe("a file is read", () => {
  it("by its patient and by those who care for them; to others it is refused or does not exist", async () => {
    const { id: fileId } = await filed();
    for (const viewer of [doctor(), cared.viewer]) {
      const { file, path } = await world.call("files", "getFile", { fileId }, viewer);
      expect(file.id).toBe(fileId);
      expect(path).toMatch(new RegExp(`^/files/${fileId}\\?ticket=[A-Za-z0-9_-]{43}$`));
    }
    const stranger = await world.clinic.registerPatient();
    await expect(listedOf(stranger.id, doctor())).rejects.toMatchObject({ code: "care-edge-required" });
    for (const route of ["getFile", "readChunk"] as const) {
      const input = { fileId, offset: 0 };
      await expect(world.call("files", route, input, other.viewer)).rejects.toMatchObject({ code: "not-found", data: { field: "fileId" } });
      await expect(world.call("files", route, input, world.clinic.users.reception)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(world.call("files", "getFile", { fileId: "F999999" }, doctor())).rejects.toMatchObject({ code: "not-found" });
  });

  const listedOf = (patientId: string, viewer: Parameters<FilesWorld["as"]>[0]) => world.call("files", "listFiles", { patientId }, viewer);

  it("in parts of any place and length, and as nothing beyond its end", async () => {
    const bytes = png({ fill: 300_000 });
    const { id: fileId } = await filed({ bytes });
    const part = async (offset: number, length?: number) =>
      Buffer.from((await asDoctor()("files", "readChunk", { fileId, offset, length })).data, "base64");
    expect(await part(262_100, 100)).toEqual(bytes.subarray(262_100, 262_200));
    expect(await part(bytes.length - 5)).toEqual(bytes.subarray(-5));
    expect(await part(bytes.length + 5)).toHaveLength(0);
  });

  it("on record: once with getFile, or with the first chunk where that was not called", async () => {
    const { id: fileId } = await filed();
    const actions = async () =>
      (await world.call("reports", "auditLog", { limit: 100 }, world.clinic.users.admin)).items
        .filter(({ subject }) => subject.fileId === fileId)
        .map(({ action, phase }) => `${action} ${phase}`);
    await world.call("files", "readChunk", { fileId, offset: 5 }, cared.viewer);
    await world.call("files", "readChunk", { fileId, offset: 10 }, cared.viewer);
    await asDoctor()("files", "getFile", { fileId });
    await asDoctor()("files", "readChunk", { fileId, offset: 0 });
    expect((await actions()).toSorted()).toEqual(["files.getFile intent", "files.getFile outcome", "files.readChunk event"]);
  });
});

describe("a link to a finding", () => {
  it("is made with the upload or afterwards, once, and is in the lists of its visit and of the finding", async () => {
    const { observationId, encounterId } = cared;
    const withUpload = await filed({ observationId });
    expect(withUpload.links).toEqual([{ observationId, encounterId }]);
    const { id: fileId } = await filed();
    const linked = await asDoctor()("files", "linkFile", { fileId, observationId });
    expect(await asDoctor()("files", "linkFile", { fileId, observationId })).toEqual(linked);
    expect(linked.links).toEqual([{ observationId, encounterId }]);
    expect((await listed(doctor(), { observationId })).toSorted()).toEqual([withUpload.id, fileId].toSorted());
    expect(await listed(doctor(), { encounterId })).toContain(fileId);
    expect(await listed(doctor(), { encounterId: other.encounterId })).toEqual([]);
  });

  it("to another patient's finding is refused, and leaves none", async () => {
    const { id: fileId } = await filed();
    const { observationId } = other;
    await expect(asDoctor()("files", "linkFile", { fileId, observationId })).rejects.toMatchObject({
      code: "not-found",
      data: { field: "observationId" },
    });
    expect((await asDoctor()("files", "getFile", { fileId })).file.links).toEqual([]);
  });

  it("is taken away with a reason that is on record; one that is not there is not", async () => {
    const { observationId } = cared;
    const { id: fileId } = await filed({ observationId });
    const reason = "belongs to another finding";
    expect((await asDoctor()("files", "unlinkFile", { fileId, observationId, reason })).links).toEqual([]);
    await expect(asDoctor()("files", "unlinkFile", { fileId, observationId, reason })).rejects.toMatchObject({ code: "not-found" });
    const { items } = await world.call("reports", "auditLog", { action: "files.unlinkFile", limit: 10 }, world.clinic.users.admin);
    expect(items.some((line) => line.subject.fileId === fileId && line.reason === reason && line.outcome === "ok")).toBe(true);
  });

  it("of an unfinished visit is not shown to the patient, and is once the visit is finished", async () => {
    const own = await world.patient();
    const { patientId, observationId, encounterId } = own;
    const { id: fileId } = await filed({ patientId, observationId });
    const linksFor = async () => (await world.call("files", "getFile", { fileId }, own.viewer)).file.links;
    const chartFor = async () => (await world.call("patients", "getChart", { patientId }, own.viewer)).files.map(({ links }) => links);
    expect([await linksFor(), await chartFor()]).toEqual([[], [[]]]);
    expect((await world.call("files", "listFiles", { patientId, observationId }, own.viewer)).items).toEqual([]);
    await own.complete();
    const link = { observationId, encounterId };
    expect([await linksFor(), await chartFor()]).toEqual([[link], [[link]]]);
  });
});

describe("a voided file", () => {
  const reason = "filed for the wrong person";

  it("keeps who, when and why; it is gone for the patient, and clinicians see it when they ask", async () => {
    const { id: fileId } = await filed();
    const { path } = await world.call("files", "getFile", { fileId }, cared.viewer);
    expect(path).not.toBeNull();
    const file = await asDoctor()("files", "deleteFile", { fileId, reason });
    expect(file.voided).toEqual({ at: world.clock.now(), by: "The doctor", reason });
    for (const route of ["getFile", "readChunk"] as const)
      await expect(world.call("files", route, { fileId, offset: 0 }, cared.viewer)).rejects.toMatchObject({ code: "not-found" });
    expect(await listed(cared.viewer, { includeVoided: true })).not.toContain(fileId);
    expect(await listed(doctor())).not.toContain(fileId);
    expect(await listed(doctor(), { includeVoided: true })).toContain(fileId);
    const chart = await asDoctor()("patients", "getChart", { patientId: cared.patientId });
    expect(chart.files.map(({ id }) => id)).not.toContain(fileId);
    expect((await asDoctor()("files", "readChunk", { fileId, offset: 0 })).total).toBe(png().length);
  });

  it("is voided once: the same words again are a retry, others are refused, and it is linked to nothing new", async () => {
    const { id: fileId } = await filed();
    const file = await asDoctor()("files", "deleteFile", { fileId, reason });
    expect(await asDoctor()("files", "deleteFile", { fileId, reason })).toEqual(file);
    await expect(asDoctor()("files", "deleteFile", { fileId, reason: "something else" })).rejects.toMatchObject({
      code: "invalid-transition",
    });
    await expect(asDoctor()("files", "linkFile", { fileId, observationId: cared.observationId })).rejects.toMatchObject({
      code: "invalid-transition",
    });
    expect((await asDoctor()("files", "getFile", { fileId })).file).toEqual(file);
  });

  it("is not for the patient to void", async () => {
    const { id: fileId } = await filed();
    await expect(world.call("files", "deleteFile", { fileId, reason }, cared.viewer)).rejects.toMatchObject({ code: "forbidden" });
    expect(await listed(cared.viewer)).toContain(fileId);
  });
});

describe("a patient", () => {
  it("uploads for themself, which their doctor finds in the chart", async () => {
    const file = await world.upload(cared.viewer, { patientId: cared.patientId, bytes: pdf("my old results"), filename: "results.pdf" });
    const chart = await asDoctor()("patients", "getChart", { patientId: cared.patientId });
    expect(chart.files.find(({ id }) => id === file.id)).toMatchObject({ filename: "results.pdf", uploadedBy: "Given1 Family1" });
  });

  it("is told of what the clinic adds, and the doctor of what the patient adds", async () => {
    const { id: fromClinic } = await filed();
    const { id: fromPatient } = await world.upload(cared.viewer, { patientId: cared.patientId, bytes: png() });
    const told = async (viewer: Parameters<FilesWorld["as"]>[0]) =>
      (await world.call("notifications", "list", {}, viewer)).items
        .filter(({ kind }) => kind === "file-added")
        .map(({ subjectId }) => subjectId);
    expect(await told(cared.viewer)).toContain(fromClinic);
    expect(await told(cared.viewer)).not.toContain(fromPatient);
    expect(await told(doctor())).toContain(fromPatient);
  });
});

describe("the hourly sweep", () => {
  it("gives up what has rested for a day, bytes and all, and purges voided files after the clinic's days", async () => {
    const sweepWorld = await openFilesWorld();
    try {
      const { patientId } = await sweepWorld.patient();
      const { doctor: clinician, admin } = sweepWorld.clinic.users;
      const as = sweepWorld.as(clinician);
      await sweepWorld.call("files", "setLimits", { maxBytes: 10_000, types: ["image/png"], purgeAfterDays: 30 }, admin);
      const kept = await sweepWorld.upload(clinician, { patientId, bytes: png() });
      const voided = await sweepWorld.upload(clinician, { patientId, bytes: png() });
      await as("files", "deleteFile", { fileId: voided.id, reason: "filed twice" });
      const key = newKey();
      const begun = await as("files", "beginUpload", { patientId, filename: "x", filesize: 10, key });
      await as("files", "uploadChunk", { uploadId: begun.uploadId, offset: 0, data: "AAAA" });
      expect(await sweepWorld.left()).toEqual({ uploads: 1, blobs: 3, files: 2 });

      sweepWorld.clock.advance(24 * 3600 + 1);
      await sweepWorld.app.sweepFiles();
      expect(await sweepWorld.left()).toEqual({ uploads: 0, blobs: 2, files: 2 });
      sweepWorld.clock.advance(28 * 24 * 3600);
      await sweepWorld.app.sweepFiles();
      expect(await sweepWorld.left()).toMatchObject({ blobs: 2 });
      sweepWorld.clock.advance(2 * 24 * 3600);
      await sweepWorld.app.sweepFiles();
      expect(await sweepWorld.left()).toEqual({ uploads: 0, blobs: 1, files: 2 });

      const again = { ...(await sweepWorld.signIn("doctor", OWN_PASSWORD)) };
      const { file, path } = await sweepWorld.call("files", "getFile", { fileId: voided.id }, again);
      expect([file.purgedAt, path]).toEqual([sweepWorld.clock.now(), null]);
      await expect(sweepWorld.call("files", "readChunk", { fileId: voided.id, offset: 0 }, again)).rejects.toMatchObject({
        code: "not-found",
      });
      const read = await sweepWorld.call("files", "readChunk", { fileId: kept.id, offset: 0 }, again);
      expect(sha(Buffer.from(read.data, "base64"))).toBe(kept.sha256);
    } finally {
      await sweepWorld.close();
    }
  });
});
