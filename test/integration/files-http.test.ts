import { connect } from "node:net";
import { type RunningHost, startHost } from "@main/app/host-server.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pngOf } from "../world/sample-files.ts";
import { type Cared, type FilesWorld, newKey, openFilesWorld, sha } from "./files-world.ts";

let world: FilesWorld;
let host: RunningHost;
let cared: Cared;
beforeAll(async () => {
  world = await openFilesWorld();
  host = await startHost({ app: world.app, port: 0 });
  cared = await world.patient();
});
afterAll(async () => {
  await host?.close();
  await world?.close();
});

const doctor = () => world.clinic.users.doctor;
const bearer = (token: string = doctor().token) => ({ authorization: `Bearer ${token}` });
const octets = { "content-type": "application/octet-stream" };
const begin = async (filesize: number) =>
  (await world.call("files", "beginUpload", { patientId: cared.patientId, filename: "sent.png", filesize, key: newKey() }, doctor()))
    .uploadId;
const finish = (uploadId: string, bytes: Buffer) =>
  world.call("files", "finishUpload", { uploadId: uploadId as never, sha256: sha(bytes) }, doctor());
const put = (uploadId: string, body: Buffer | ReadableStream, offset: number | string = 0, headers: Record<string, string> = bearer()) =>
  fetch(`${host.url}/files/${uploadId}?offset=${offset}`, {
    method: "PUT",
    body,
    headers: { ...octets, ...headers },
    duplex: "half",
  } as RequestInit);
const get = (path: string, headers: Record<string, string> = {}, method = "GET") => fetch(`${host.url}${path}`, { method, headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe("PUT /files/<uploadId>", () => {
  it("takes a file of many chunks in one stream", async () => {
    const bytes = pngOf(5 * CHUNK_BYTES + 1234);
    const uploadId = await begin(bytes.length);
    const response = await put(uploadId, bytes);
    expect([response.status, await response.json()]).toEqual([200, { received: bytes.length }]);
    const file = await finish(uploadId, bytes);
    expect(file).toMatchObject({ sha256: sha(bytes), filesize: bytes.length });
    expect(await bytesOf(await get(`/files/${file.id}`, bearer()))).toEqual(bytes);
  });

  it("takes a stream of unknown length in pieces of every size, and goes on where it is told", async () => {
    const bytes = pngOf(2 * CHUNK_BYTES + 99);
    const uploadId = await begin(bytes.length);
    const half = CHUNK_BYTES + 777;
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < half; at += 10_007) controller.enqueue(bytes.subarray(at, Math.min(at + 10_007, half)));
        controller.close();
      },
    });
    expect(await (await put(uploadId, pieces)).json()).toEqual({ received: half });
    expect(await (await put(uploadId, bytes.subarray(half), half)).json()).toEqual({ received: bytes.length });
    expect(await finish(uploadId, bytes)).toMatchObject({ sha256: sha(bytes) });
  });

  it("cut off midway keeps the whole chunks that had arrived; the rest brings the same file", async () => {
    const bytes = pngOf(4 * CHUNK_BYTES + 55);
    const uploadId = await begin(bytes.length);
    await cutOff(uploadId, bytes, 2 * CHUNK_BYTES + 5000);
    const received = await settled(uploadId);
    expect(received).toBe(2 * CHUNK_BYTES);
    // The trail has what became of it, and no fault of ours.
    const { items } = await world.call("reports", "auditLog", { action: "files.upload", limit: 200 }, world.clinic.users.admin);
    const outcomes = items
      .filter(({ subject, phase }) => subject.uploadId === uploadId && phase === "outcome")
      .map(({ outcome }) => outcome);
    expect(outcomes).toContain("cancelled");
    expect(outcomes).not.toContain("internal");
    await put(uploadId, bytes.subarray(received), received);
    expect(await finish(uploadId, bytes)).toMatchObject({ sha256: sha(bytes) });
  });

  it("at another place is 409 with how much is there, and changes nothing", async () => {
    const bytes = pngOf(CHUNK_BYTES + 10);
    const uploadId = await begin(bytes.length);
    await put(uploadId, bytes.subarray(0, 1000));
    for (const offset of [0, 999, 1001, 5_000_000]) {
      const response = await put(uploadId, bytes, offset);
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ code: "upload-incomplete", data: { received: 1000, requestId: expect.any(String) } });
    }
    await put(uploadId, bytes.subarray(1000), 1000);
    expect(await finish(uploadId, bytes)).toMatchObject({ sha256: sha(bytes) });
  });

  it("of more than was begun with is 413: told before it is read, or counted", async () => {
    const uploadId = await begin(1000);
    const told = await put(uploadId, Buffer.alloc(1001));
    expect([told.status, (await told.json()).code]).toEqual([413, "too-large"]);
    const untold = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 5; n += 1) controller.enqueue(Buffer.alloc(300));
        controller.close();
      },
    });
    expect((await put(uploadId, untold)).status).toBe(413);
    expect(await settled(uploadId)).toBe(0);
  });

  it.each([
    ["nobody", 401, "unauthenticated", () => ({})],
    ["an ended session", 401, "unauthenticated", () => bearer("x".repeat(43))],
    ["somebody else who cares for the patient", 404, "not-found", () => bearer(world.clinic.users.nurse.token)],
    ["the reception", 403, "forbidden", () => bearer(world.clinic.users.reception.token)],
    ["a page of another origin", 403, "forbidden", () => ({ ...bearer(), origin: "http://evil.example" })],
  ])("of %s is %i", async (_who, status, code, headers) => {
    const uploadId = await begin(100);
    const response = await put(uploadId, Buffer.alloc(50), 0, headers());
    expect([response.status, (await response.json()).code]).toEqual([status, code]);
    expect(await settled(uploadId)).toBe(0);
  });

  it("of another content type, to nowhere, or to a place that is none, is refused with the reason", async () => {
    const uploadId = await begin(100);
    const typed = await put(uploadId, Buffer.alloc(50), 0, { ...bearer(), "content-type": "text/html" });
    expect([typed.status, (await typed.json()).code]).toEqual([415, "unsupported-type"]);
    for (const offset of ["-1", "abc", "1e3", ""]) {
      const response = await put(uploadId, Buffer.alloc(50), offset);
      expect([response.status, await response.json()]).toEqual([422, expect.objectContaining({ code: "invalid-input" })]);
    }
    expect((await put("not-an-id", Buffer.alloc(5))).status).toBe(422);
    expect((await put("00000000-0000-4000-8000-000000000000", Buffer.alloc(5))).status).toBe(404);
    expect(await settled(uploadId)).toBe(0);
  });

  it("from two senders at once ends as one whole file", async () => {
    const bytes = pngOf(6 * CHUNK_BYTES);
    const uploadId = await begin(bytes.length);
    const statuses = (await Promise.all([put(uploadId, bytes), put(uploadId, bytes)])).map(({ status }) => status);
    expect(statuses.toSorted()).toSatisfy((all: number[]) => all.includes(409) || all.every((status) => status === 200));
    const received = await settled(uploadId);
    if (received < bytes.length) await put(uploadId, bytes.subarray(received), received);
    expect(await finish(uploadId, bytes)).toMatchObject({ sha256: sha(bytes) });
  });
});

/** Sends the beginning of a body, then destroys the socket. */
async function cutOff(uploadId: string, bytes: Buffer, after: number): Promise<void> {
  const { hostname, port, host: authority } = new URL(host.url);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  const head = [`PUT /files/${uploadId}?offset=0 HTTP/1.1`, `Host: ${authority}`, "Content-Type: application/octet-stream"];
  socket.write([...head, `Authorization: Bearer ${doctor().token}`, `Content-Length: ${bytes.length}`, "", ""].join("\r\n"));
  await new Promise<void>((resolve) => socket.write(bytes.subarray(0, after), () => resolve()));
  // The host has read all of it before the line breaks.
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.destroy();
}

async function receivedOf(uploadId: string): Promise<number> {
  const answer = await put(uploadId, Buffer.alloc(0), 999_999_999);
  return ((await answer.json()) as { data: { received: number } }).data.received;
}

/** What has been received once nothing is under way any more. */
async function settled(uploadId: string): Promise<number> {
  let before = -1;
  for (;;) {
    const now = await receivedOf(uploadId);
    if (now === before) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}
