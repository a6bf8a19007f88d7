import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { UserViewer } from "@main/platform/request.ts";
import { describe, expect, it } from "vitest";
import { countBlobs, sha } from "../integration/files-world.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { readLines } from "./child-lines.ts";

/** `FILES_KILLS=200 npx vitest run test/faults/files-kill.test.ts` for the long run. */
const KILLS = Number(process.env.FILES_KILLS ?? 6);
const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const WRITER = fileURLToPath(new URL("./files-writer.ts", import.meta.url));

describe("kill -9 while files are uploaded", () => {
  it(`loses nothing acknowledged and leaves no orphan in ${KILLS} kills of the process`, { timeout: 60_000 + KILLS * 20_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "polyclinic-files-kill-"));
    let world = await openWorld({ folder });
    const { patientId, viewer, admin } = await prepare(world);
    await world.close();
    const got = new Map<string, { received: number; key: string; filesize: number }>();
    const filed = new Map<string, string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [RUN, WRITER, folder, patientId, JSON.stringify(viewer), String(kill)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const lines = readLines(child);
      expect(await lines.first).toBe("ready");
      await sleep(300 + Math.random() * 500);
      child.kill("SIGKILL");
      await lines.ended;
      for (const line of lines.all) {
        const [what, id = "", more = "", third = "", size = ""] = line.split(" ");
        if (what === "got") got.set(id, { received: Number(more), key: third, filesize: Number(size) });
        if (what === "filed") {
          filed.set(id, more);
          got.delete(third);
        }
      }
    }
    world = await openWorld({ folder });
    const call = world.as(viewer);
    const { items } = await call("files", "listFiles", { patientId });
    for (const [id, sha256] of filed) {
      const file = items.find((item) => item.id === id);
      expect(file?.sha256).toBe(sha256);
      expect(await digestOf(world, viewer, id)).toBe(sha256);
    }
    // What was filed without its answer is whole too.
    for (const { id, sha256 } of items) expect(await digestOf(world, viewer, id)).toBe(sha256);
    for (const { received, key, filesize } of got.values()) {
      const again = await call("files", "beginUpload", { patientId, filename: `${key}.png`, filesize, key });
      expect(again.received).toBeGreaterThanOrEqual(received);
    }
    await world.app.sweepFiles();
    const { counts } = await world.call("system", "getHealth", {}, admin);
    // An upload that was begun and got nothing has no bytes: as many blobs as files and uploads at most, and none beside them.
    expect(countBlobs(folder)).toBeLessThanOrEqual(items.length + (counts.uploads ?? 0));
    for (const upload of got.values()) {
      const { uploadId, file } = await call("files", "beginUpload", { ...upload, patientId, filename: `${upload.key}.png` } as never);
      if (!file) await call("files", "cancelUpload", { uploadId });
    }
    world.clock.advance(24 * 3600 + 1);
    await world.app.sweepFiles();
    expect(countBlobs(folder)).toBe(items.length);
    expect(filed.size).toBeGreaterThan(KILLS / 2);
    await world.close();
    await rm(folder, { recursive: true, force: true });
    console.info(`files: ${KILLS} processes killed, ${filed.size} files and ${got.size} parts of uploads acknowledged, 0 lost, 0 orphans`);
  });
});

async function prepare(world: World): Promise<{ patientId: string; viewer: UserViewer; admin: UserViewer }> {
  const { registerPatient, users } = await world.clinicWith();
  const { id: patientId } = await registerPatient();
  await world.call("patients", "breakGlass", { patientId, reason: "the test's own patient" }, users.doctor);
  await world.call("encounters", "startEncounter", { patientId, key: "files-kill-visit" }, users.doctor);
  return { patientId, viewer: users.doctor, admin: users.admin };
}

async function digestOf(world: World, viewer: UserViewer, fileId: string): Promise<string> {
  const parts: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { data, total } = await world.call("files", "readChunk", { fileId: fileId as never, offset }, viewer);
    parts.push(Buffer.from(data, "base64"));
    offset += parts.at(-1)?.length ?? 0;
    if (offset >= total) return sha(Buffer.concat(parts));
  }
}
