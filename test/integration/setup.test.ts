import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphPort } from "@main/data/graph/port.ts";
import { openStores } from "@main/data/open-stores.ts";
import { createFounding } from "@main/features/setup/found-clinic.ts";
import { systemClock } from "@main/platform/clock.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { systemIds } from "@main/platform/ids.ts";
import { createPasswords } from "@main/platform/passwords.ts";
import { createLog } from "@main/platform/pino-log.ts";
import { AppError } from "@shared/define.ts";
import { afterEach, describe, expect, it } from "vitest";
import { keysOf } from "../world/keys-of.ts";
import { LAUNCHERS } from "../world/launchers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { ADMIN_PASSWORD, CLINIC, freshAdmin, refused } from "./identity-world.ts";

const open: World[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
async function newWorld(folder?: string): Promise<World> {
  const world = await openWorld(folder ? { folder } : {});
  open.push(world);
  return world;
}
const status = (world: World) => world.call("setup", "getStatus", {}, null);
const found = (world: World, changes: object = {}) => world.call("setup", "createClinic", { ...CLINIC, ...changes }, null);
const signIn = (world: World, password = ADMIN_PASSWORD) => world.call("session", "signIn", { username: "root.admin", password }, null);

describe("an empty folder", () => {
  it("says that it is empty, where it is and how much room there is", async () => {
    const world = await newWorld();
    expect(await status(world)).toMatchObject({
      ...{ state: "empty", sample: false, clinicName: null, sampleAccounts: [], progress: null, dataFolder: world.folder },
    });
    expect((await status(world)).diskFreeBytes).toBeGreaterThan(0);
  });
});

describe("creating the clinic", () => {
  it("makes the clinic and its administrator, who signs in", async () => {
    const world = await newWorld();
    const { clinicId } = await found(world);
    expect(clinicId).toBe("C000001");
    expect(await status(world)).toMatchObject({ state: "ready", sample: false, clinicName: CLINIC.name });
    expect((await signIn(world)).user).toMatchObject({ roles: ["admin"], mustChangePassword: false });
    const clinic = await world.call("clinic", "getClinic", {}, await freshAdmin(world));
    expect(clinic).toMatchObject({ name: CLINIC.name, timeZone: "Asia/Amman", currency: "JOD", languages: ["en", "ar"], version: 1 });
  });

  it("by five at once lets one win, with one administrator", async () => {
    const world = await newWorld();
    const tries = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((number) => found(world, { admin: { ...CLINIC.admin, username: `admin.${number}` } })),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(refused("already-set-up"));
    const winner = tries.findIndex((one) => one.status === "fulfilled") + 1;
    const admin = await world.signIn(`admin.${winner}`, ADMIN_PASSWORD);
    expect((await world.call("staff", "listUsers", {}, admin)).total).toBe(1);
  });

  it("is refused with a guessable password, a zone or currency that does not exist, and leaves nothing", async () => {
    const world = await newWorld();
    const weak = found(world, { admin: { ...CLINIC.admin, password: "password1234" } });
    await expect(weak).rejects.toMatchObject(refused("invalid-input", "admin.password"));
    await expect(found(world, { timeZone: "Mars/Base" })).rejects.toMatchObject(refused("invalid-input", "timeZone"));
    await expect(found(world, { currency: "money" })).rejects.toMatchObject(refused("invalid-input", "currency"));
    expect((await status(world)).state).toBe("empty");
    await expect(signIn(world)).rejects.toMatchObject(refused("wrong-credentials"));
  });

  it("is refused where a clinic is, which stays as it was", async () => {
    const world = await newWorld();
    await found(world);
    await expect(found(world, { name: "Another" })).rejects.toMatchObject(refused("already-set-up"));
    await expect(world.call("setup", "loadSampleClinic", {}, null)).rejects.toMatchObject(refused("already-set-up"));
    expect(await status(world)).toMatchObject({ state: "ready", sample: false, clinicName: CLINIC.name });
    await expect(signIn(world)).resolves.toHaveProperty("token");
  });

  it("cannot be undone as if it were the sample", async () => {
    const world = await newWorld();
    await found(world);
    const removal = world.call("setup", "removeSampleClinic", {}, await freshAdmin(world));
    await expect(removal).rejects.toMatchObject(refused("conflict"));
    expect((await status(world)).state).toBe("ready");
  });
});

describe("a founding that was cut off", () => {
  it("between account and clinic is removed at the next start, and can be done again", async () => {
    const folder = await newFolder();
    await cutOff(folder, "before the clinic");
    const world = await newWorld(folder);
    await expect(signIn(world)).rejects.toMatchObject(refused("wrong-credentials"));
    expect((await status(world)).state).toBe("empty");
    await found(world);
    await expect(signIn(world)).resolves.toHaveProperty("token");
  });

  it("after the clinic is finished at the next start", async () => {
    const folder = await newFolder();
    await cutOff(folder, "after the clinic");
    const world = await newWorld(folder);
    expect(await status(world)).toMatchObject({ state: "ready", clinicName: CLINIC.name });
    await expect(signIn(world)).resolves.toHaveProperty("token");
    await expect(found(world)).rejects.toMatchObject(refused("already-set-up"));
  });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-half-"));
  folders.push(folder);
  return folder;
}

/** Founds a clinic on real stores, and loses the graph at that moment for good, as a crash does. */
async function cutOff(folder: string, moment: "before the clinic" | "after the clinic"): Promise<void> {
  const log = createLog({ level: "silent" });
  const stores = await openStores({ folder, launchers: LAUNCHERS, log, clock: systemClock, secrets: fileSecrets(keysOf(folder)) });
  const lost = () => Promise.reject(new AppError("store-unavailable", "The graph is away."));
  let isLost = false;
  const graph: GraphPort = {
    ...stores.graph,
    read: (work) => (isLost ? lost() : stores.graph.read(work)),
    async write(work) {
      isLost = true;
      if (moment === "after the clinic") await stores.graph.write(work);
      return lost();
    },
  };
  const founding = createFounding({ graph, documents: stores.documents, ids: systemIds });
  const passwords = createPasswords({ cost: 4 });
  const { username, displayName, password } = CLINIC.admin;
  const account = founding.founder(
    { username, displayName, passwordHash: await passwords.hash(password), locale: "en" },
    systemClock.now(),
  );
  const { admin: _, ...clinic } = CLINIC;
  await expect(founding.found(clinic, account, systemClock)).rejects.toMatchObject(refused("store-unavailable"));
  await passwords.close();
  await stores.close();
}
