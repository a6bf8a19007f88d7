import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshAdmin, openClinic, refused } from "./identity-world.ts";

let world: Awaited<ReturnType<typeof openClinic>>;
beforeAll(async () => {
  world = await openClinic();
});
afterAll(() => world.close());

const pair = async (role: "kiosk" | "board" = "kiosk") =>
  world.call("system", "pairDevice", { name: "Kiosk at the door", role }, await freshAdmin(world));
const claim = (code: string) => world.call("system", "claimDevice", { code }, null);
const statusOf = async (deviceId: string) => {
  const { items } = await world.call("system", "listDevices", {}, world.admin);
  return items.find(({ id }) => id === deviceId)?.status;
};

describe("pairing a device", () => {
  it("turns the code into a token that is the device, with its role alone", async () => {
    const { deviceId, code } = await pair("board");
    expect(await statusOf(deviceId)).toBe("waiting");
    const claimed = await claim(code.toLowerCase().replace("-", ""));
    expect(claimed).toMatchObject({ deviceId, name: "Kiosk at the door", role: "board" });
    expect(await world.app.authenticate(claimed.token, world.clock)).toMatchObject({ kind: "device", deviceId, roles: ["board"] });
    expect(await statusOf(deviceId)).toBe("paired");
  });

  it("needs a fresh proof of the administrator's password", async () => {
    const attempt = world.call("system", "pairDevice", { name: "Kiosk", role: "kiosk" }, { ...world.admin, reauthenticatedAt: null });
    await expect(attempt).rejects.toMatchObject(refused("reauthentication-required"));
  });

  it("works once, also for two devices at the same moment", async () => {
    const { code } = await pair();
    const claims = await Promise.allSettled([claim(code), claim(code), claim(code)]);
    expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(claim(code)).rejects.toMatchObject(refused("invalid-code"));
  });

  it("is refused with a wrong code, and ten minutes later", async () => {
    const { deviceId, code } = await pair();
    await expect(claim("AAAA-AAAA")).rejects.toMatchObject(refused("invalid-code"));
    world.clock.advance(600);
    await expect(claim(code)).rejects.toMatchObject(refused("invalid-code"));
    expect(await statusOf(deviceId)).toBe("waiting");
  });
});

describe("revoking a device", () => {
  it("takes its token away at once and its code too", async () => {
    const [paired, waiting] = [await pair(), await pair()];
    const { token } = await claim(paired.code);
    const admin = await freshAdmin(world);
    await world.call("system", "revokeDevice", { deviceId: paired.deviceId }, admin);
    await world.call("system", "revokeDevice", { deviceId: waiting.deviceId }, admin);
    expect(await world.app.authenticate(token, world.clock)).toBeNull();
    await expect(claim(waiting.code)).rejects.toMatchObject(refused("invalid-code"));
    expect(await statusOf(paired.deviceId)).toBe("revoked");
  });

  it("is refused for one that does not exist", async () => {
    const deviceId = "00000000-0000-4000-8000-000000000000";
    const attempt = world.call("system", "revokeDevice", { deviceId }, await freshAdmin(world));
    await expect(attempt).rejects.toMatchObject(refused("not-found", "deviceId"));
  });
});

describe("health", () => {
  it("tells the state, engines and sizes of the stores", async () => {
    const health = await world.call("system", "getHealth", {}, world.admin);
    expect(health).toMatchObject({ status: "ok", mode: "embedded", stores: { graph: "up", documents: "up" }, dataFolder: world.folder });
    expect(health.engines.documents).toContain("sqlite");
    expect(health.counts).toMatchObject({ patients: 0, departments: 0 });
    expect(health.counts.users).toBeGreaterThan(0);
    expect(health.diskFreeBytes).toBeGreaterThan(0);
  });
});
