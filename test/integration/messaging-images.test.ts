import { messages } from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import { BODY_LIMIT } from "@main/rpc/http.ts";
import { loadImage } from "@napi-rs/canvas";
import { CHUNK_BYTES, MESSAGE_IMAGE_BYTES, MESSAGE_IMAGE_SIDE } from "@shared/model/file-types.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld } from "../world/open-world.ts";
import { openBareStores, refusal } from "./care-world.ts";
import { type ChatWorld, mark, openChatWorld, type Patient, type Somebody } from "./messaging-world.ts";
import { blueCorner, exifJpeg, noise, pngWith } from "./pictures.ts";

let world: ChatWorld;
let photo: string;
beforeAll(async () => {
  world = await openChatWorld();
  photo = (await exifJpeg(800, 400, 6, "the surgery at 31.9539 N")).toString("base64");
});
afterAll(() => world.close());

async function talk(): Promise<{ patient: Patient; conversationId: string }> {
  const patient = await world.newPatient();
  return { patient, conversationId: await world.open(patient, world.doctor) };
}
const send = (from: Somebody, conversationId: string, image: string, text: string | null = null, clientId = mark()) =>
  world.call("messaging", "sendImage", { conversationId, image, text, clientId }, from);
const read = (viewer: Somebody, messageId: string) => world.call("messaging", "getImage", { messageId }, viewer);
const messagesOf = async (viewer: Somebody, conversationId: string) =>
  (await world.call("messaging", "listMessages", { conversationId }, viewer)).items;

describe("a picture in a message", () => {
  it("arrives upright, small and without where it was taken, with its thumbnail and what was written under it", async () => {
    const { patient, conversationId } = await talk();
    const { id, seq } = await send(patient, conversationId, photo, "the rash, today");
    const [message] = await messagesOf(world.doctor, conversationId);
    expect(message).toMatchObject({ id, seq, kind: "image", text: "the rash, today", image: { width: 400, height: 800 } });
    const [type, thumbnail = ""] = message?.image?.thumbnail.split(",") ?? [];
    expect(type).toBe("data:image/jpeg;base64");
    const small = await loadImage(Buffer.from(thumbnail, "base64"));
    expect([small.width, small.height]).toEqual([160, 320]);
    const whole = await read(world.doctor, id);
    expect(whole).toMatchObject({ mediaType: "image/jpeg", width: 400, height: 800 });
    const bytes = Buffer.from(whole.data, "base64");
    expect(bytes).toHaveLength(message?.image?.bytes ?? 0);
    for (const part of [bytes, Buffer.from(thumbnail, "base64")]) expect(part.toString("latin1")).not.toMatch(/31\.9539|Exif|Photoshop/);
    const { items } = await world.call("messaging", "listConversations", {}, world.doctor);
    const listed = items.find((conversation) => conversation.id === conversationId);
    expect(listed).toMatchObject({ unread: 1, last: { kind: "image", text: "the rash, today" } });
    expect(JSON.stringify(listed)).not.toContain("base64");
    expect((await world.call("messaging", "search", { text: "rash" }, patient)).items).toHaveLength(1);
  });

  it("of the largest size is taken, within what a call may carry, and comes back whole from its chunks", async () => {
    const { patient, conversationId } = await talk();
    const jpeg = await noise(1200, 900).encode("jpeg", 40);
    const padded = Buffer.concat([jpeg, Buffer.alloc(Math.max(0, MESSAGE_IMAGE_BYTES - jpeg.length))]);
    expect(padded).toHaveLength(MESSAGE_IMAGE_BYTES);
    const image = padded.toString("base64");
    const body = JSON.stringify({ conversationId, image, text: "ض".repeat(500), clientId: mark() });
    expect(Buffer.byteLength(body)).toBeLessThan(BODY_LIMIT);
    const { id } = await send(patient, conversationId, image, "ض".repeat(500));
    const whole = Buffer.from((await read(patient, id)).data, "base64");
    expect(whole.length).toBeGreaterThan(CHUNK_BYTES);
    const decoded = await loadImage(whole);
    expect(Math.max(decoded.width, decoded.height)).toBeLessThanOrEqual(MESSAGE_IMAGE_SIDE);
  });

  it("sent again under the same mark is the first; another picture under it is refused", async () => {
    const { patient, conversationId } = await talk();
    const clientId = mark();
    const sent = await Promise.all(Array.from({ length: 4 }, () => send(patient, conversationId, photo, "once", clientId)));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    const other = (await blueCorner(40, 40).encode("png")).toString("base64");
    expect(await refusal(send(patient, conversationId, other, "once", clientId))).toBe("conflict clientId");
    expect(await refusal(send(patient, conversationId, photo, "another text", clientId))).toBe("conflict clientId");
    expect(await refusal(world.say(patient, conversationId, "once", clientId))).toBe("conflict clientId");
    expect(await messagesOf(patient, conversationId)).toHaveLength(1);
    expect((await read(world.doctor, sent[0]?.id ?? "")).width).toBe(400);
  });

  it.each([
    ["what is no picture", "unsupported-type image", () => Buffer.from("hello, I am no picture").toString("base64")],
    ["an SVG", "unsupported-type image", () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>").toString("base64")],
    ["a bomb", "too-large image", () => pngWith(30_000, 30_000).toString("base64")],
    ["a picture cut short", "unsupported-type image", () => Buffer.from(photo, "base64").subarray(0, 400).toString("base64")],
    ["more bytes than allowed", "invalid-input image", () => Buffer.alloc(MESSAGE_IMAGE_BYTES + 3).toString("base64")],
    ["what is no base64", "invalid-input image", () => "not base64!"],
  ])("refuses %s and leaves nothing", async (_what, code, image) => {
    const { patient, conversationId } = await talk();
    expect(await refusal(send(patient, conversationId, image(), "look"))).toBe(code);
    expect(await messagesOf(patient, conversationId)).toEqual([]);
  });

  it("does not exist for others, nor where a message has none", async () => {
    const { patient, conversationId } = await talk();
    const { id } = await send(patient, conversationId, photo);
    expect(await refusal(read(world.otherDoctor, id))).toBe("not-found messageId");
    const { id: textId } = await world.say(patient, conversationId, "no picture");
    expect(await refusal(read(patient, textId))).toBe("not-found messageId");
  });

  it("is gone with its thumbnail and its words when it is withdrawn", async () => {
    const { patient, conversationId } = await talk();
    const { id } = await send(patient, conversationId, photo, "withdrawn words");
    await world.call("messaging", "withdraw", { messageId: id }, patient);
    expect(await refusal(read(patient, id))).toBe("not-found messageId");
    expect(await messagesOf(world.doctor, conversationId)).toMatchObject([
      { kind: "image", text: null, image: null, withdrawnAt: expect.any(String) },
    ]);
  });
});

describe("filing a picture in the chart", () => {
  const file = (viewer: Somebody, messageId: string, more: { observationId?: string } = {}) =>
    world.call("messaging", "addImageToChart", { messageId, ...more }, viewer);
  const filesOf = async (patientId: string) => (await world.call("files", "listFiles", { patientId }, world.doctor)).items;

  it("makes one file of the patient, told by the message, however often it is asked for", async () => {
    const { patient, conversationId } = await talk();
    const { id } = await send(patient, conversationId, photo);
    const first = await file(world.doctor, id);
    expect(await file(world.doctor, id)).toEqual(first);
    expect(await filesOf(patient.patientId)).toMatchObject([{ id: first.fileId, filetype: "image/jpeg", width: 400, height: 800 }]);
    expect((await messagesOf(patient, conversationId))[0]?.fileId).toBe(first.fileId);
    // Withdrawn from the conversation, it stays in the chart.
    await world.call("messaging", "withdraw", { messageId: id }, patient);
    expect(await file(world.doctor, id)).toEqual(first);
    expect(await filesOf(patient.patientId)).toHaveLength(1);
  });

  it("is for clinicians, of a patient's conversation, with a picture in it, and leaves nothing otherwise", async () => {
    const { patient, conversationId } = await talk();
    const { id } = await send(patient, conversationId, photo);
    const { id: textId } = await world.say(patient, conversationId, "no picture");
    expect(await refusal(file(patient, id))).toBe("forbidden");
    expect(await refusal(file(world.otherDoctor, id))).toBe("not-found messageId");
    expect(await refusal(file(world.doctor, textId))).toBe("not-found messageId");
    expect(await refusal(file(world.doctor, id, { observationId: "O999999" }))).toMatch(/^not-found/);
    const amongStaff = await world.open(world.clinic.users.nurse, world.doctor);
    const { id: staffImage } = await send(world.clinic.users.nurse, amongStaff, photo);
    expect(await refusal(file(world.doctor, staffImage))).toBe("conflict messageId");
    expect(await filesOf(patient.patientId)).toEqual([]);
    expect((await messagesOf(patient, conversationId))[0]?.fileId).toBeNull();
  });
});

describe("after a crash", () => {
  it("pictures without a message are removed at a start once they are no longer on their way anywhere, and those of messages stay", async () => {
    const before = await openChatWorld({ folder: `${world.folder}-crash` });
    const patient = await before.newPatient();
    const conversationId = await before.open(patient, before.doctor);
    const sent = await before.call("messaging", "sendImage", { conversationId, image: photo, clientId: mark() }, patient);
    await before.close();
    const stores = await openBareStores(before.folder);
    const orphan = "message-11111111-1111-4111-8111-111111111111";
    await stores.blobs.putChunk(orphan, 0, Buffer.from("left by a crash"));
    const first = (await stores.blobs.stat(orphan))?.createdAt ?? "";
    await stores.close();
    /** Starts once at that time; answers which pictures are there afterwards. */
    const startAt = async (clockAt: string) => {
      const after = await openWorld({ folder: before.folder, clockAt });
      await after.close();
      const read = await openBareStores(before.folder);
      const left = (await read.blobs.list(null, 100)).map(({ id }) => id);
      await read.close();
      return left;
    };
    expect(await startAt(shift(first, 3600))).toEqual([orphan, `message-${sent.id}`].sort());
    expect(await startAt(shift(first, 25 * 3600))).toEqual([`message-${sent.id}`]);
  });

  it("the picture of a message that was withdrawn is removed at the next start", async () => {
    const before = await openChatWorld({ folder: `${world.folder}-withdrawn` });
    const patient = await before.newPatient();
    const conversationId = await before.open(patient, before.doctor);
    const { id } = await before.call("messaging", "sendImage", { conversationId, image: photo, clientId: mark() }, patient);
    await before.close();
    const stores = await openBareStores(before.folder);
    await stores.documents.collection(messages).update(id, { image: null, withdrawnAt: "2026-03-03T08:00:00.000Z" });
    await stores.close();
    await (await openWorld({ folder: before.folder })).close();
    const read = await openBareStores(before.folder);
    expect(await read.blobs.list(null, 100)).toEqual([]);
    await read.close();
  });
});
