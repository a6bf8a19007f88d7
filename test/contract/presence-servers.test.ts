import { setTimeout as sleep } from "node:timers/promises";
import { mongoPresence } from "@main/data/documents/mongo-presence.ts";
import { systemClock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startProxy } from "../servers/proxy.ts";
import { type MongoUnderTest, mongoUnderTest } from "./mongo-under-test.ts";

describe("who is on the clinic's MongoDB", () => {
  let mongo: MongoUnderTest;
  const stops: (() => Promise<void>)[] = [];
  const workstation = async (
    name: string,
    { id = `id-${name}`, clock = systemClock, uri = mongo.settings.uri, replaced = () => undefined as void } = {},
  ) => {
    const presence = mongoPresence({ server: await mongo.connect(uri), workstation: { id, name }, version: "1.2.3", clock, replaced });
    stops.push(() => presence.stop());
    return presence;
  };
  const seen = () => mongo.raw.db(mongo.settings.database).collection<{ _id: string; pid: number; host: string }>("workstations");

  beforeEach(async () => {
    mongo = await mongoUnderTest();
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await mongo.end();
  });

  it("are the others by name, with their version, until they say goodbye", async () => {
    const [reception, lab] = [await workstation("Reception"), await workstation("Lab")];
    expect(await reception.others()).toEqual([]);
    await Promise.all([reception.start(), lab.start(), lab.start()]);
    const seenAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(await reception.others()).toEqual([{ id: "id-Lab", name: "Lab", version: "1.2.3", seenAt }]);
    expect((await lab.others()).map(({ name }) => name)).toEqual(["Reception"]);
    await lab.stop();
    expect(await reception.others()).toEqual([]);
  });

  it("are not there any more 15 s after their last beat, and are while they beat", async () => {
    const [here, gone] = [await workstation("Here"), await workstation("Gone")];
    await Promise.all([here.start(), gone.start()]);
    // The beat of a workstation that lost its power: its last one stays.
    await gone.stop();
    await seen().insertOne({ _id: "id-Gone", name: "Gone", version: "1", seenAt: new Date(Date.now() - 9_000) } as never);
    const other = await workstation("Other");
    expect((await other.others()).map(({ name }) => name)).toEqual(["Gone", "Here"]);
    await sleep(7_000);
    expect((await other.others()).map(({ name }) => name)).toEqual(["Here"]);
  });

  it("refuses a second run under one id while the first is alive, and only then", async () => {
    const first = await workstation("Front desk", { id: "same" });
    await first.start();
    const copied = await workstation("Front desk", { id: "same" });
    await expect(copied.start()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("copied") });
    expect(await seen().countDocuments()).toBe(1);
    await first.stop();
    await copied.start();
    expect(await (await workstation("Lab")).others()).toMatchObject([{ id: "same" }]);
  });

  it("takes the place of a run that was ended without a goodbye: at once where its process is known to be gone, else once its beat stood still", async () => {
    const { hostname } = await import("node:os");
    const dead = { name: "x", version: "1", run: "before", beat: 3, seenAt: new Date() };
    await seen().insertMany([
      { _id: "here", ...dead, host: hostname(), pid: 2 ** 22 + 1 },
      { _id: "elsewhere", ...dead, host: "another", pid: 1 },
    ] as never[]);
    const began = performance.now();
    await (await workstation("Here", { id: "here" })).start();
    expect(performance.now() - began).toBeLessThan(1_500);
    await (await workstation("Elsewhere", { id: "elsewhere" })).start();
    expect(performance.now() - began).toBeGreaterThan(5_000);
    expect((await (await workstation("Lab")).others()).map(({ name }) => name)).toEqual(["Elsewhere", "Here"]);
  });

  it("comes back on the list after it was cut off, and is told when another run took its place meanwhile", async () => {
    const port = Number(new URL(mongo.settings.uri).port);
    const proxy = await startProxy({ port });
    const told: string[] = [];
    const uri = `mongodb://127.0.0.1:${proxy.port}`;
    const cutOff = await workstation("Cut off", { id: "cut", uri, replaced: () => void told.push("replaced") });
    await cutOff.start();
    proxy.down(true);
    await seen().deleteOne({ _id: "cut" as never });
    proxy.down(false);
    const lab = await workstation("Lab");
    await expect.poll(async () => (await lab.others()).map(({ id }) => id), { timeout: 15_000 }).toEqual(["cut"]);
    await seen().updateOne({ _id: "cut" as never }, { $set: { run: "another" } });
    await expect.poll(() => told, { timeout: 15_000 }).toEqual(["replaced"]);
    await proxy.close();
  });
});
