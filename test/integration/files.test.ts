import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dicom, jpeg, pdf, png, pngOf, webp } from "../world/sample-files.ts";
import { type Cared, type FilesWorld, newKey, openFilesWorld, sha } from "./files-world.ts";

let world: FilesWorld;
let cared: Cared;
beforeAll(async () => {
  world = await openFilesWorld();
  cared = await world.patient();
});
afterAll(() => world?.close());

const as = (who: "doctor" | "nurse" | "admin" | "reception") => world.as(world.clinic.users[who] ?? null);
const doctor = () => world.clinic.users.doctor;

async function readAll(viewer: Parameters<FilesWorld["as"]>[0], fileId: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { data, total } = await world.call("files", "readChunk", { fileId, offset }, viewer);
    parts.push(Buffer.from(data, "base64"));
    offset += parts.at(-1)?.length ?? 0;
    if (offset >= total) return Buffer.concat(parts);
  }
}

describe("an upload", () => {
  it.each([
    ["image/png", () => pngOf(3 * CHUNK_BYTES + 17), "scan.png"],
    ["image/png", () => pngOf(2 * CHUNK_BYTES), "exactly-two-chunks.png"],
    ["image/jpeg", () => jpeg({ width: 640, height: 480 }), "photo.jpeg"],
    ["image/webp", () => webp({ width: 100, height: 50 }), "photo.webp"],
    ["application/pdf", () => pdf(), "letter.pdf"],
    ["application/dicom", () => dicom(), "slice.dcm"],
  ])("of %s comes back byte for byte with all that is known of it", async (filetype, make, filename) => {
    const bytes = make();
    const { patientId } = cared;
    const file = await world.upload(doctor(), { patientId, bytes, filename, description: "from the ward" });
    expect(file).toMatchObject({ patientId, filename, filetype, filesize: bytes.length, sha256: sha(bytes), uploadedBy: "The doctor" });
    expect(file).toMatchObject({ description: "from the ward", voided: null, purgedAt: null, links: [] });
    expect(await readAll(doctor(), file.id)).toEqual(bytes);
  });

  it("tells the pixels of an image and none of a document", async () => {
    const { patientId } = cared;
    const photo = await world.upload(doctor(), { patientId, bytes: jpeg({ width: 640, height: 480, comment: 200_000 }) });
    const letter = await world.upload(doctor(), { patientId, bytes: pdf() });
    expect([photo.width, photo.height, letter.width, letter.height]).toEqual([640, 480, null, null]);
  });

  it("in pieces of any size ends as the same file", async () => {
    const bytes = pngOf(CHUNK_BYTES + 5000);
    const { uploadId } = await as("doctor")("files", "beginUpload", {
      patientId: cared.patientId,
      filename: "x",
      filesize: bytes.length,
      key: newKey(),
    });
    for (let at = 0; at < bytes.length; ) {
      const size = [1, 70_001, 3, CHUNK_BYTES][at % 4] ?? 1;
      const data = bytes.subarray(at, at + size).toString("base64");
      at = (await as("doctor")("files", "uploadChunk", { uploadId, offset: at, data })).received;
    }
    const file = await as("doctor")("files", "finishUpload", { uploadId, sha256: sha(bytes) });
    expect(await readAll(doctor(), file.id)).toEqual(bytes);
  });

  it("begun again with its key goes on where it was, and once it is finished answers the file", async () => {
    const bytes = pngOf(2 * CHUNK_BYTES);
    const input = { patientId: cared.patientId, filename: "again.png", filesize: bytes.length, key: newKey() };
    const first = await as("doctor")("files", "beginUpload", input);
    await as("doctor")("files", "uploadChunk", {
      uploadId: first.uploadId,
      offset: 0,
      data: bytes.subarray(0, CHUNK_BYTES).toString("base64"),
    });
    const again = await as("doctor")("files", "beginUpload", input);
    expect(again).toMatchObject({ uploadId: first.uploadId, received: CHUNK_BYTES, file: null });
    await as("doctor")("files", "uploadChunk", {
      uploadId: first.uploadId,
      offset: CHUNK_BYTES,
      data: bytes.subarray(CHUNK_BYTES).toString("base64"),
    });
    const file = await as("doctor")("files", "finishUpload", { uploadId: first.uploadId, sha256: sha(bytes) });
    expect(await as("doctor")("files", "finishUpload", { uploadId: first.uploadId, sha256: sha(bytes) })).toEqual(file);
    expect(await as("doctor")("files", "beginUpload", input)).toMatchObject({ uploadId: first.uploadId, received: bytes.length, file });
  });

  it("begun and finished by many calls at the same moment is one file", async () => {
    const bytes = png();
    const before = await world.left();
    const input = { patientId: cared.patientId, filename: "race.png", filesize: bytes.length, key: newKey() };
    const begun = await Promise.all(Array.from({ length: 12 }, () => as("doctor")("files", "beginUpload", input)));
    const ids = new Set(begun.map(({ uploadId }) => uploadId));
    expect(ids.size).toBe(1);
    const uploadId = begun[0]?.uploadId ?? ("" as never);
    const data = bytes.toString("base64");
    const sent = await Promise.allSettled(
      Array.from({ length: 8 }, () => as("doctor")("files", "uploadChunk", { uploadId, offset: 0, data })),
    );
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const files = await Promise.all(
      Array.from({ length: 8 }, () => as("doctor")("files", "finishUpload", { uploadId, sha256: sha(bytes) })),
    );
    expect(new Set(files.map(({ id }) => id)).size).toBe(1);
    expect(await world.left()).toEqual({ uploads: before.uploads, blobs: before.blobs + 1, files: before.files + 1 });
  });

  it("tells its progress to the uploader's own sessions only, and the change to those who may read it", async () => {
    const { patientId, viewer } = cared;
    const stop = new AbortController();
    const seen: Record<string, string[]> = { doctor: [], patient: [], other: [] };
    const other = await world.patient();
    const listeners = { doctor: doctor(), patient: viewer, other: other.viewer };
    const listening = Object.entries(listeners).map(async ([who, listener]) => {
      const events = (await world.app.life.run(
        "events",
        "subscribe",
        {},
        {
          ...{ token: null, viewer: listener, clock: world.clock, signal: stop.signal },
          origin: { transport: "internal", address: "test", userAgent: "" },
        },
      )) as AsyncIterable<{ event: { type: string; received?: number; patientId?: string } | null }>;
      for await (const { event } of events) {
        if (event?.type === "files.progress") seen[who]?.push(`progress ${event.received}`);
        if (event?.type === "files.changed" && event.patientId === patientId) seen[who]?.push("changed");
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const bytes = pngOf(2 * CHUNK_BYTES);
    await world.upload(doctor(), { patientId, bytes });
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    await Promise.allSettled(listening);
    expect(seen.doctor?.at(-1)).toBe("changed");
    expect(seen.doctor).toContain(`progress ${bytes.length}`);
    expect(seen.patient).toEqual(["changed"]);
    expect(seen.other).toEqual([]);
  });

  it("given up is gone, its bytes with it", async () => {
    const before = await world.left();
    const begun = await as("doctor")("files", "beginUpload", { patientId: cared.patientId, filename: "x", filesize: 10, key: newKey() });
    await as("doctor")("files", "uploadChunk", { uploadId: begun.uploadId, offset: 0, data: "AAAA" });
    await as("doctor")("files", "cancelUpload", { uploadId: begun.uploadId });
    expect(await world.left()).toEqual(before);
    await expect(as("doctor")("files", "uploadChunk", { uploadId: begun.uploadId, offset: 3, data: "AAAA" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("an upload is refused, leaving nothing behind,", () => {
  const refused = async (work: () => Promise<unknown>, error: object) => {
    const before = await world.left();
    await expect(work()).rejects.toMatchObject(error);
    expect(await world.left()).toEqual(before);
  };
  const begin = (input: object, who: Parameters<FilesWorld["call"]>[3] = doctor()) =>
    world.call("files", "beginUpload", { patientId: cared.patientId, filename: "x.png", filesize: 10, key: newKey(), ...input }, who);

  it("for a patient one does not care for, or who is not oneself, or who does not exist", async () => {
    const stranger = await world.clinic.registerPatient();
    await refused(() => begin({ patientId: stranger.id }), { code: "care-edge-required" });
    await refused(() => begin({ patientId: stranger.id }, cared.viewer), { code: "not-found", data: { field: "patientId" } });
    await refused(() => begin({ patientId: "P999999" }), { code: "not-found" });
  });

  it.each(["admin", "reception"] as const)("for the %s", async (who) => {
    await refused(() => begin({}, world.clinic.users[who]), { code: "forbidden" });
  });

  it("when it is larger than the clinic takes", async () => {
    await refused(() => begin({ filesize: 200 * 1024 * 1024 + 1 }), { code: "too-large", data: { field: "filesize" } });
  });

  it("for a finding of another patient, of none, or of a visit that the patient cannot see yet", async () => {
    const other = await world.patient();
    await refused(() => begin({ observationId: other.observationId }), { code: "not-found", data: { field: "observationId" } });
    await refused(() => begin({ observationId: "O999999" }), { code: "not-found" });
    await refused(() => begin({ observationId: cared.observationId }, cared.viewer), { code: "not-found" });
  });

  it("when its key was used for another file", async () => {
    const key = newKey();
    const { uploadId } = await begin({ key });
    await refused(() => begin({ key, filesize: 11 }), { code: "conflict", data: { field: "key" } });
    await as("doctor")("files", "cancelUpload", { uploadId });
  });

  it("to somebody else, whoever they are", async () => {
    const { uploadId } = await begin({});
    for (const who of [world.clinic.users.nurse, cared.viewer]) {
      const call = world.as(who);
      await refused(() => call("files", "uploadChunk", { uploadId, offset: 0, data: "AAAA" }), { code: "not-found" });
      await refused(() => call("files", "finishUpload", { uploadId, sha256: sha(Buffer.alloc(10)) }), { code: "not-found" });
      await refused(() => call("files", "cancelUpload", { uploadId }), { code: "not-found" });
    }
    await as("doctor")("files", "cancelUpload", { uploadId });
  });

  it("at any other place than where it goes on, with how much is there", async () => {
    const { uploadId } = await begin({});
    await as("doctor")("files", "uploadChunk", { uploadId, offset: 0, data: "AAAA" });
    for (const offset of [0, 2, 4, 1_000_000]) {
      await refused(() => as("doctor")("files", "uploadChunk", { uploadId, offset, data: "AAAA" }), {
        code: "upload-incomplete",
        data: { received: 3 },
      });
    }
    await as("doctor")("files", "cancelUpload", { uploadId });
  });

  it("when there are more bytes, or fewer, than it was begun with", async () => {
    const bytes = png();
    const { uploadId } = await begin({ filesize: bytes.length });
    const more = Buffer.concat([bytes, Buffer.from("x")]).toString("base64");
    await refused(() => as("doctor")("files", "uploadChunk", { uploadId, offset: 0, data: more }), { code: "too-large" });
    await as("doctor")("files", "uploadChunk", { uploadId, offset: 0, data: bytes.subarray(0, -1).toString("base64") });
    await refused(() => as("doctor")("files", "finishUpload", { uploadId, sha256: sha(bytes) }), {
      code: "upload-incomplete",
      data: { received: bytes.length - 1 },
    });
    await as("doctor")("files", "uploadChunk", { uploadId, offset: bytes.length - 1, data: bytes.subarray(-1).toString("base64") });
    await as("doctor")("files", "finishUpload", { uploadId, sha256: sha(bytes) });
    await expect(as("doctor")("files", "uploadChunk", { uploadId, offset: bytes.length, data: "AAAA" })).rejects.toMatchObject({
      code: "invalid-transition",
    });
  });

  it("when what arrived is not what was sent; its key is free again", async () => {
    const before = await world.left();
    const bytes = png();
    const key = newKey();
    const { uploadId } = await begin({ filesize: bytes.length, key });
    await as("doctor")("files", "uploadChunk", { uploadId, offset: 0, data: bytes.toString("base64") });
    await expect(as("doctor")("files", "finishUpload", { uploadId, sha256: sha(Buffer.from("other")) })).rejects.toMatchObject({
      code: "checksum-mismatch",
    });
    expect(await world.left()).toEqual(before);
    const again = await begin({ filesize: bytes.length, key });
    expect(again).toMatchObject({ received: 0 });
    await as("doctor")("files", "cancelUpload", { uploadId: again.uploadId });
  });

  it("when care ended before it was finished", async () => {
    const bytes = png();
    const other = await world.patient();
    const nurse = as("nurse");
    const { uploadId } = await nurse("files", "beginUpload", {
      patientId: other.patientId,
      filename: "x",
      filesize: bytes.length,
      key: newKey(),
    });
    await nurse("files", "uploadChunk", { uploadId, offset: 0, data: bytes.toString("base64") });
    await other.complete();
    await refused(() => nurse("files", "finishUpload", { uploadId, sha256: sha(bytes) }), { code: "care-edge-required" });
    await nurse("files", "cancelUpload", { uploadId });
  });
});

describe("the limits", () => {
  it("are set by the admin alone, kept, and hold for the next upload", async () => {
    const limits = { maxBytes: 2048, types: ["application/pdf" as const], purgeAfterDays: 30 };
    await expect(as("doctor")("files", "setLimits", limits)).rejects.toMatchObject({ code: "forbidden" });
    const usual = await as("doctor")("files", "getLimits", {});
    await as("admin")("files", "setLimits", limits);
    expect(await world.call("files", "getLimits", {}, cared.viewer)).toEqual(limits);
    const { patientId } = cared;
    const before = await world.left();
    await expect(world.upload(doctor(), { patientId, bytes: png() })).rejects.toMatchObject({ code: "unsupported-type" });
    await expect(world.upload(doctor(), { patientId, bytes: pngOf(4096) })).rejects.toMatchObject({ code: "too-large" });
    expect(await world.left()).toEqual(before);
    await world.upload(doctor(), { patientId, bytes: pdf() });
    await as("admin")("files", "setLimits", usual);
    expect(await as("doctor")("files", "getLimits", {})).toEqual(usual);
  });
});
