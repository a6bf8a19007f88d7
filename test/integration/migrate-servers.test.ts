import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { dropDatabase, ownServers, sameAs } from "../world/on-servers.ts";
import { openWorld as openWorldIn, type World, type WorldOptions } from "../world/open-world.ts";
import { MOVED_AT, makeClinic, move, ownFolder, removeFolder } from "./migrate-world.ts";

let folder: string;
let servers: ServerSettings;
beforeAll(async () => {
  [folder, servers] = [await makeClinic(), await ownServers()];
}, 180_000);
const open: World[] = [];
const openWorld = async (options: WorldOptions) => {
  const world = await openWorldIn(options);
  open.push(world);
  return world;
};
const closeAll = async () => {
  for (const world of open.splice(0)) await world.app.close();
};
afterEach(closeAll);
afterAll(async () => {
  if (servers) await dropDatabase(servers);
  if (folder) await removeFolder(folder);
});

const refusal = (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
  work.then(
    () => ({ code: "done", message: "" }),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

/** What people see of the clinic: a chart, the bytes of a file and of a picture, an unfinished note, the trail. */
async function seen(world: World) {
  const doctor = await world.signIn("doctor");
  const { items: found } = await world.call("patients", "search", { text: "layla haddad" }, doctor);
  const patientId = found[0]?.id ?? "";
  const chart = await world.call("patients", "getChart", { patientId }, doctor);
  const digests = [];
  for (const { id } of chart.files) digests.push(await fileDigest(world, id));
  const { items: talks } = await world.call("messaging", "listConversations", {}, doctor);
  const pictures = [];
  for (const { id: conversationId } of talks) {
    const { items } = await world.call("messaging", "listMessages", { conversationId }, doctor);
    for (const { id, kind } of items) {
      if (kind === "image") pictures.push((await world.call("messaging", "getImage", { messageId: id }, doctor)).data.length);
    }
  }
  const trail = await world.call("reports", "verifyAudit", {}, await world.signIn("admin"));
  return { patientId, chart, digests, pictures, sound: trail.ok };

  async function fileDigest(on: World, fileId: string): Promise<string> {
    const hash = createHash("sha256");
    for (let offset = 0, size = 1; offset < size; ) {
      const chunk = await on.call("files", "readChunk", { fileId, offset }, doctor);
      const bytes = Buffer.from(chunk.data, "base64");
      hash.update(bytes);
      size = chunk.total;
      offset += bytes.length;
    }
    return hash.digest("hex");
  }
}

describe("a clinic that moves to servers and back", () => {
  let before: Awaited<ReturnType<typeof seen>>;
  let first: Awaited<ReturnType<typeof move>>;

  it("arrives whole: every label, type and collection has the same count and digest", async () => {
    const world = await openWorld({ folder, clockAt: MOVED_AT });
    before = await seen(world);
    await closeAll();
    expect(before).toMatchObject({ sound: true });
    expect(before.digests.length).toBeGreaterThan(0);
    expect(before.pictures.length).toBeGreaterThan(0);
    first = await move("servers", folder, servers);
    expect(first.rows.filter(({ equal }) => !equal)).toEqual([]);
    expect(first.equal).toBe(true);
    const names = first.rows.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["node Patient", "node Counter", "edge TREATS", "users", "drafts", "messages", "blobs", "series", "audit"]),
    );
    expect(names.filter((name) => /Blob|FileChunk|WriteMark|Imported|SchemaMigration/.test(name))).toEqual([]);
  }, 300_000);

  it("is not used in its folder any more, which says how it comes back", async () => {
    const { code, message } = await refusal(openWorld({ folder }));
    expect(code).toBe("store-unavailable");
    expect(message).toContain("migrate --to embedded");
    expect((await refusal(move("servers", folder, servers))).code).toBe("store-unavailable");
  });

  it("works on the servers: charts, bytes of files and pictures, the trail", async () => {
    const world = await openWorld({ folder, servers, clockAt: MOVED_AT });
    // A server that has just been filled plans every statement anew, which may take a busy machine longer than a call may.
    await seen(world).catch(() => undefined);
    expect(await seen(world)).toEqual(before);
    const doctor = await world.signIn("doctor");
    const { patientId } = before;
    const { id: encounterId } = await world.call("encounters", "startEncounter", { patientId, key: "on-the-servers" }, doctor);
    await world.call(
      "encounters",
      "recordObservation",
      { encounterId, kind: "finding", text: "seen on servers", key: "a-finding-there" },
      doctor,
    );
  }, 120_000);

  it("comes back with what happened on the servers, into the same folder; the old files are kept beside", async () => {
    const back = await move("embedded", folder, servers);
    expect(back.rows.filter(({ equal }) => !equal)).toEqual([]);
    expect(back.equal).toBe(true);
    expect((await readdir(folder)).filter((name) => name.startsWith("before-"))).toHaveLength(1);
    const world = await openWorld({ folder, clockAt: MOVED_AT });
    const now = await seen(world);
    expect(now.sound).toBe(true);
    expect(now.digests).toEqual(before.digests);
    expect(now.pictures).toEqual(before.pictures);
    expect(JSON.stringify(now.chart)).toContain("seen on servers");
    const { items } = await world.call("reports", "auditLog", { action: "system.clinicMoved" }, await world.signIn("admin"));
    expect(items).toHaveLength(2);
  }, 300_000);

  it("and the servers refuse workstations and another clinic from then on", async () => {
    const other = await ownFolder();
    try {
      const { code, message } = await refusal(move("embedded", other, servers));
      expect([code, message]).toEqual(["conflict", expect.stringContaining("left")]);
    } finally {
      await removeFolder(other);
    }
    const late = await openWorld({ servers: sameAs({ servers }), atOnce: true });
    await expect.poll(() => late.app.connection().state, { timeout: 30_000 }).toBe("refused");
    // A workstation that is on, refused or not, would be the reason: it may be about to be used.
    await closeAll();
    const clinic = await makeClinic();
    try {
      expect(await refusal(move("servers", clinic, servers))).toMatchObject({
        code: "conflict",
        message: expect.stringContaining("not empty"),
      });
      expect(existsSync(join(clinic, "move.json"))).toBe(false);
      await openWorld({ folder: clinic });
      await closeAll();
    } finally {
      await removeFolder(clinic);
    }
  }, 180_000);
});
