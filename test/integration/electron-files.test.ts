import type { App } from "@main/app/compose.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pngOf } from "../world/sample-files.ts";
import { fakeElectron } from "./fake-electron.ts";
import { type Cared, type FilesWorld, newKey, openFilesWorld, sha } from "./files-world.ts";

let world: FilesWorld;
let cared: Cared;
beforeAll(async () => {
  world = await openFilesWorld();
  cared = await world.patient();
});
afterAll(() => world?.close());

let electron: ReturnType<typeof fakeElectron>;
let open: App | null;
/** Asks the window's protocol as a page would. */
let ask: (path: string, init?: RequestInit) => Promise<Response>;
beforeEach(async () => {
  electron = fakeElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  const { servePages } = await import("@main/app/shell/pages-protocol.ts");
  open = world.app;
  servePages(electron.module.protocol as never, "/nowhere", () => open);
  const handler = electron.record.handlers.get("app");
  ask = async (path, init) => {
    const answer = await handler?.(new Request(`app://polyclinic${path}`, { ...init, duplex: "half" } as RequestInit));
    if (!answer) throw new Error("Nothing answers the scheme");
    return answer;
  };
});

const doctor = () => world.clinic.users.doctor;
const bearer = () => ({ authorization: `Bearer ${doctor().token}` });
const octets = { "content-type": "application/octet-stream" };

describe("the window's own address for files", () => {
  it("takes a stream of bytes and gives it back, by header and by ticket, in ranges too", async () => {
    const bytes = pngOf(2 * CHUNK_BYTES + 77);
    const begun = { patientId: cared.patientId, filename: "scan.png", filesize: bytes.length, key: newKey() };
    const { uploadId } = await world.call("files", "beginUpload", begun, doctor());
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(new Uint8Array(bytes.subarray(at, at + 65_536)));
        controller.close();
      },
    });
    const sent = await ask(`/files/${uploadId}?offset=0`, { method: "PUT", body, headers: { ...bearer(), ...octets } });
    expect(await sent.json()).toEqual({ received: bytes.length });
    const { id: fileId } = await world.call("files", "finishUpload", { uploadId, sha256: sha(bytes) }, doctor());

    const got = await ask(`/files/${fileId}`, { headers: bearer() });
    expect(got.headers.get("content-disposition")).toContain("attachment");
    expect(sha(Buffer.from(await got.arrayBuffer()))).toBe(sha(bytes));
    const { path } = await world.call("files", "getFile", { fileId }, doctor());
    const part = await ask(path ?? "", { headers: { range: "bytes=5-9" } });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(5, 10)]);
  });

  it("refuses as the host does: nobody, another page's origin, another method", async () => {
    expect((await ask("/files/F000001")).status).toBe(401);
    expect((await ask("/files/F999999", { headers: bearer() })).status).toBe(404);
    expect((await ask("/files/F000001", { headers: { ...bearer(), origin: "https://evil.example" } })).status).toBe(403);
    expect((await ask("/files/F000001", { method: "POST", headers: bearer() })).status).toBe(404);
  });

  it("is nothing but a missing page as long as the stores are not open", async () => {
    open = null;
    expect((await ask("/files/F000001", { headers: bearer() })).status).toBe(404);
  });

  it("gives a refused sender the reason although the body was not read", async () => {
    const begun = { patientId: cared.patientId, filename: "x.png", filesize: 100, key: newKey() };
    const { uploadId } = await world.call("files", "beginUpload", begun, doctor());
    const refused = await ask(`/files/${uploadId}?offset=50`, {
      method: "PUT",
      body: new Uint8Array(10),
      headers: { ...bearer(), ...octets },
    });
    expect([refused.status, await refused.json()]).toEqual([409, expect.objectContaining({ code: "upload-incomplete" })]);
  });
});
