import { type RunningHost, startHost } from "@main/app/host-server.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pdf, png, pngOf } from "../world/sample-files.ts";
import { type Cared, type File, type FilesWorld, newKey, openFilesWorld, sha } from "./files-world.ts";

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
const get = (path: string, headers: Record<string, string> = {}, method = "GET") => fetch(`${host.url}${path}`, { method, headers });
const filed = (bytes: Buffer, filename = "scan.png") => world.upload(doctor(), { patientId: cared.patientId, bytes, filename });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe("GET /files/<id>", () => {
  let file: File;
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = pngOf(3 * CHUNK_BYTES + 321);
    file = await filed(bytes, 'صورة "الأشعة"; a=b.png');
  });

  it("saves the file, and shows it to no browser as a page", async () => {
    const response = await get(`/files/${file.id}`, bearer());
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(bytes.length),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "accept-ranges": "bytes",
      etag: `"${sha(bytes)}"`,
      "content-security-policy": "default-src 'none'; sandbox",
    });
    const name = encodeURIComponent(file.filename);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="[ -~]+\.png"; filename\*=UTF-8''/);
    expect(response.headers.get("content-disposition")).toContain(`UTF-8''${name}`);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await bytesOf(response)).toEqual(bytes);
  });

  it("answers HEAD with the same headers and no bytes", async () => {
    const response = await get(`/files/${file.id}`, bearer(), "HEAD");
    expect([response.status, response.headers.get("content-length"), (await bytesOf(response)).length]).toEqual([
      200,
      String(bytes.length),
      0,
    ]);
  });

  it.each<[string, number, (size: number) => [number, number]]>([
    ["bytes=0-0", 206, () => [0, 1]],
    ["bytes=262100-262200", 206, () => [262_100, 262_201]],
    ["bytes=-10", 206, (size) => [size - 10, size]],
    ["bytes=500000-", 206, (size) => [500_000, size]],
    ["bytes=0-99999999999", 206, (size) => [0, size]],
    ["bytes=-99999999999", 206, (size) => [0, size]],
    ["bytes=5-1", 200, (size) => [0, size]],
    ["bytes=0-1,5-6", 200, (size) => [0, size]],
    ["items=0-1", 200, (size) => [0, size]],
    ["bytes=-", 200, (size) => [0, size]],
  ])("of %s is %i with exactly that part", async (range, status, part) => {
    const [from, to] = part(bytes.length);
    const response = await get(`/files/${file.id}`, { ...bearer(), range });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-range")).toBe(status === 206 ? `bytes ${from}-${to - 1}/${bytes.length}` : null);
    expect(await bytesOf(response)).toEqual(bytes.subarray(from, to));
  });

  it.each(["bytes=99999999-", "bytes=-0"])("of %s, which it does not have, is 416 with its size", async (range) => {
    const response = await get(`/files/${file.id}`, { ...bearer(), range });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, `bytes */${bytes.length}`]);
  });

  it("goes on only with the same content: another If-Range gets the whole", async () => {
    const range = "bytes=10-19";
    expect((await get(`/files/${file.id}`, { ...bearer(), range, "if-range": `"${sha(bytes)}"` })).status).toBe(206);
    expect((await get(`/files/${file.id}`, { ...bearer(), range, "if-range": '"other"' })).status).toBe(200);
  });

  it("is refused to whoever may not read it, in the words of the routes, and the refusal is on record", async () => {
    const other = await world.patient();
    const cases = [
      [{}, 401, "unauthenticated"],
      [bearer(other.viewer.token), 404, "not-found"],
      [bearer(world.clinic.users.reception.token), 403, "forbidden"],
      [{ ...bearer(), origin: "http://evil.example" }, 403, "forbidden"],
    ] as const;
    for (const [headers, status, code] of cases) {
      const response = await get(`/files/${file.id}`, headers);
      const answer = await response.json();
      expect([response.status, answer.code]).toEqual([status, code]);
      expect(answer.data.requestId).toEqual(expect.any(String));
    }
    expect((await get("/files/F999999", bearer())).status).toBe(404);
    expect((await get("/files/..%2f..%2fetc%2fpasswd", bearer())).status).toBe(422);
    const { items } = await world.call("reports", "auditLog", { action: "files.download", limit: 50 }, world.clinic.users.admin);
    const mine = items.filter(({ subject }) => subject.fileId === file.id);
    expect(mine.some(({ outcome, actorId }) => outcome === "forbidden" && actorId === world.clinic.users.reception.userId)).toBe(true);
    expect(
      mine.some(({ outcome, phase, subject }) => phase === "outcome" && outcome === "ok" && subject.patientId === cared.patientId),
    ).toBe(true);
    expect(mine.some(({ phase }) => phase === "intent")).toBe(true);
  });

  it("of a voided file is for clinicians alone", async () => {
    const { id: fileId } = await filed(pdf());
    const path = (await world.call("files", "getFile", { fileId }, cared.viewer)).path ?? "";
    await world.call("files", "deleteFile", { fileId, reason: "filed in error" }, doctor());
    expect((await get(path)).status).toBe(404);
    expect((await get(`/files/${fileId}`, bearer(cared.viewer.token))).status).toBe(404);
    expect((await get(`/files/${fileId}`, bearer())).status).toBe(200);
  });

  it("stops reading when nobody takes the bytes any more", async () => {
    const large = await filed(pngOf(40 * CHUNK_BYTES));
    const stop = new AbortController();
    const response = await fetch(`${host.url}/files/${large.id}`, { headers: bearer(), signal: stop.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    stop.abort();
    await expect(reader?.read()).rejects.toThrow();
    expect((await get(`/files/${file.id}`, { ...bearer(), range: "bytes=0-3" })).status).toBe(206);
  });
});

describe("a ticket", () => {
  const ticketFor = async (fileId: string, viewer = cared.viewer) =>
    (await world.call("files", "getFile", { fileId: fileId as never }, viewer)).path ?? "";

  it("opens its file without a header, for ranges too, and no other file", async () => {
    const [one, two] = [await filed(png()), await filed(pdf())];
    const path = await ticketFor(one.id);
    expect(await bytesOf(await get(path))).toEqual(png());
    expect((await get(path, { range: "bytes=0-3" })).status).toBe(206);
    expect((await get(path.replace(one.id, two.id))).status).toBe(401);
    expect((await get(`/files/${one.id}?ticket=${"A".repeat(43)}`)).status).toBe(401);
    expect((await get(`/files/${one.id}?ticket=`, bearer())).status).toBe(401);
  });

  it("is good for two minutes, also when the clock is set forward or back", async () => {
    const { id } = await filed(png());
    const now = world.clock.now();
    const path = await ticketFor(id);
    world.clock.advance(119);
    expect((await get(path)).status).toBe(200);
    world.clock.advance(2);
    expect((await get(path)).status).toBe(401);
    world.clock.set(now);
    const [hourAgo, later] = [await ticketFor(id), 3600];
    world.clock.advance(-later);
    expect((await get(hourAgo)).status).toBe(200);
    world.clock.advance(later + 3600);
    expect((await get(hourAgo)).status).toBe(401);
    world.clock.set(now);
  });

  it("ends with the session that asked for it", async () => {
    const own = await world.patient();
    const { id } = await world.upload(doctor(), { patientId: own.patientId, bytes: png() });
    const path = await ticketFor(id, own.viewer);
    expect((await get(path)).status).toBe(200);
    await world.call("session", "signOut", {}, own.viewer);
    expect((await get(path)).status).toBe(401);
  });

  it("sends nothing", async () => {
    const { id } = await filed(png());
    const ticket = (await ticketFor(id, doctor())).split("ticket=")[1];
    const uploadId = await begin(10);
    const response = await fetch(`${host.url}/files/${uploadId}?offset=0&ticket=${ticket}`, {
      method: "PUT",
      body: Buffer.alloc(5),
      headers: octets,
    });
    expect(response.status).toBe(401);
  });
});
