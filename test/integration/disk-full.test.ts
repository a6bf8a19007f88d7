import type { AppError } from "@shared/define.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SmallClinic, TEST_PASSWORD } from "../world/clinic-with.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { refused } from "./identity-world.ts";

const GIGABYTE = 1_000_000_000;
const PATIENCE = { timeout: 10_000, interval: 100 };

let free = 50 * GIGABYTE;
let world: World;
let clinic: SmallClinic;
beforeAll(async () => {
  world = await openWorld({ diskFreeBytes: async () => free });
  clinic = await world.clinicWith();
});
afterAll(() => world.close());

const disk = async () => (await world.call("setup", "getStatus", {}, null)).disk;
const register = () => clinic.registerPatient({ givenName: "Rana", familyName: `Disk${free}` });
/** What registering comes to: `written`, or the code of the refusal. */
const outcome = () =>
  register().then(
    () => "written",
    (error: unknown) => (error as AppError).code,
  );
const count = async () => (await world.call("patients", "listRoster", {}, clinic.users.reception)).total;

describe("a disk that fills up", () => {
  it("is told below 1 GB while everything goes on", async () => {
    free = 0.9 * GIGABYTE;
    await expect.poll(disk, PATIENCE).toBe("low");
    await register();
  });

  it("takes no writing below 200 MB, lets people read and sign in, and takes it again by itself", async () => {
    const before = await count();
    free = 0.1 * GIGABYTE;
    await expect.poll(outcome, PATIENCE).toBe("disk-full");
    const written = await count();
    await expect(register()).rejects.toMatchObject(refused("disk-full"));
    expect(await count()).toBe(written);
    expect(written).toBeGreaterThanOrEqual(before);
    const { user } = await world.call("session", "signIn", { username: "admin", password: TEST_PASSWORD }, null);
    expect(user.username).toBe("admin");
    free = 50 * GIGABYTE;
    await expect.poll(outcome, PATIENCE).toBe("written");
    expect(await count()).toBe(written + 1);
  });

  it("is announced to every screen when it changes", async () => {
    const seen: string[] = [];
    const stop = new AbortController();
    const events = (await world.app.call(
      "events",
      "subscribe",
      {},
      { viewer: clinic.users.nurse, clock: world.clock, signal: stop.signal },
    )) as AsyncIterable<{
      event: { type: string; state?: string } | null;
    }>;
    const listening = (async () => {
      for await (const { event } of events) if (event?.type === "system.diskChanged") seen.push(event.state ?? "");
    })();
    free = 0.5 * GIGABYTE;
    await expect.poll(() => seen, PATIENCE).toEqual(["low"]);
    free = 50 * GIGABYTE;
    await expect.poll(() => seen, PATIENCE).toEqual(["low", "ok"]);
    stop.abort();
    await listening;
  });
});
