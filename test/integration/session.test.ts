import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../world/open-world.ts";
import { ADMIN_PASSWORD, freshAdmin, newStaff, openClinic, refused, STAFF_PASSWORD } from "./identity-world.ts";

let world: Awaited<ReturnType<typeof openClinic>>;
beforeAll(async () => {
  world = await openClinic();
});
afterAll(() => world.close());

const signIn = (username: string, password: string, at: World = world) => at.call("session", "signIn", { username, password }, null);
const isIn = (token: string) => world.app.authenticate(token, world.clock);

describe("signing in", () => {
  it("opens a session with a token of 256 bits that names the person", async () => {
    const { username, account } = await newStaff(world, "nurse");
    const signed = await signIn(` ${username.toUpperCase()} `, STAFF_PASSWORD);
    expect(Buffer.from(signed.token, "base64url")).toHaveLength(32);
    expect(signed.user).toMatchObject({ id: account.id, roles: ["nurse"], externalId: null, mustChangePassword: true });
    expect(Date.parse(signed.expiresAt) - Date.parse(world.clock.now())).toBe(8 * 3600 * 1000);
  });

  it("lets no role count until the first password is changed", async () => {
    const { username } = await newStaff(world, "nurse");
    const { token } = await signIn(username, STAFF_PASSWORD);
    const roster = async () => world.call("patients", "listRoster", {}, await isIn(token));
    await expect(roster()).rejects.toMatchObject(refused("password-change-required"));
    await expect(world.call("session", "whoAmI", {}, await isIn(token))).resolves.toHaveProperty("session");
    const passwords = { currentPassword: STAFF_PASSWORD, newPassword: "a password of my own choice" };
    await world.call("session", "changePassword", passwords, await isIn(token));
    await expect(roster()).resolves.toHaveProperty("items");
  });

  it("answers the same for a wrong password, an unknown name and a deactivated account", async () => {
    const { account, username } = await newStaff(world, "lab");
    await world.call("staff", "deactivateUser", { userId: account.id, version: account.version }, await freshAdmin(world));
    const tries = [signIn(username, STAFF_PASSWORD), signIn("nobody.here", STAFF_PASSWORD), signIn("root.admin", "wrong wrong wrong")];
    const answers = (await Promise.allSettled(tries)).map((one) => (one.status === "rejected" ? one.reason : null));
    expect(answers.map(({ code, message }) => ({ code, message }))).toEqual(
      Array(3).fill({ code: "wrong-credentials", message: answers[0].message }),
    );
  });

  it("lets five failures go free, then waits longer and longer, and never for good", async () => {
    const { username } = await newStaff(world, "cashier");
    for (let failure = 0; failure < 5; failure += 1)
      await expect(signIn(username, "wrong")).rejects.toMatchObject(refused("wrong-credentials"));
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const refusal = await signIn(username, STAFF_PASSWORD).catch((error) => error);
      expect(refusal).toMatchObject(refused("rate-limited"));
      waits.push(refusal.data.retryAfterMs);
      world.clock.advance(refusal.data.retryAfterMs / 1000);
      if (round < 2) await expect(signIn(username, "wrong")).rejects.toMatchObject(refused("wrong-credentials"));
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(new Set(waits).size).toBe(3);
    await expect(signIn(username, STAFF_PASSWORD)).resolves.toHaveProperty("token");
    await expect(signIn(username, "wrong")).rejects.toMatchObject(refused("wrong-credentials"));
  });

  it("counts guesses sent at once like guesses sent one by one", async () => {
    const { username } = await newStaff(world, "cashier");
    const guesses = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => signIn(username, `guess ${index}`)));
    const codes = guesses.map((guess) => (guess.status === "rejected" ? guess.reason.code : "in"));
    expect(codes.filter((code) => code === "wrong-credentials").length).toBeLessThanOrEqual(6);
    expect(codes.filter((code) => code === "rate-limited").length).toBeGreaterThanOrEqual(24);
  });

  it("lets many people sign in to one account at once with the right password", async () => {
    const { username } = await newStaff(world, "reception");
    const signed = await Promise.all(Array.from({ length: 20 }, () => signIn(username, STAFF_PASSWORD)));
    expect(new Set(signed.map(({ token }) => token)).size).toBe(20);
  });

  it("keeps the wait over a restart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "polyclinic-wait-"));
    const before = await openClinic({ folder });
    for (let failure = 0; failure < 5; failure += 1) await signIn("root.admin", "wrong", before).catch(() => undefined);
    await before.close();
    const { openWorld } = await import("../world/open-world.ts");
    const after = await openWorld({ folder });
    await expect(signIn("root.admin", ADMIN_PASSWORD, after)).rejects.toMatchObject(refused("rate-limited"));
    after.clock.advance(60);
    await expect(signIn("root.admin", ADMIN_PASSWORD, after)).resolves.toHaveProperty("token");
    await after.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe("a session", () => {
  it("ends after ten minutes without use, and use keeps it open", async () => {
    const { viewer } = await newStaff(world, "nurse");
    for (let step = 0; step < 3; step += 1) {
      world.clock.advance(9 * 60);
      expect(await isIn(viewer.token)).not.toBeNull();
    }
    world.clock.advance(10 * 60);
    expect(await isIn(viewer.token)).toBeNull();
  });

  it("ends eight hours after it was opened, however much it is used", async () => {
    const { viewer } = await newStaff(world, "nurse");
    for (let minute = 0; minute < 8 * 60 - 9; minute += 9) {
      world.clock.advance(9 * 60);
      expect(await isIn(viewer.token)).not.toBeNull();
    }
    world.clock.advance(9 * 60);
    expect(await isIn(viewer.token)).toBeNull();
  });

  it("is nobody's for a token that was never given", async () => {
    for (const token of [null, "", "x".repeat(10_000), "not-a-token"]) expect(await isIn(token as string)).toBeNull();
  });

  it("tells who is signed in and until when", async () => {
    const { viewer, account } = await newStaff(world, "pharmacist");
    const me = await world.call("session", "whoAmI", {}, viewer);
    expect(me.user.id).toBe(account.id);
    expect(me.session).toMatchObject({ id: viewer.sessionId, idleSeconds: 600, reauthenticatedAt: null });
  });

  it("is listed with the others of its owner and can be ended from there, at once", async () => {
    const { username, viewer } = await newStaff(world, "lab");
    const other = await world.call("session", "signIn", { username, password: STAFF_PASSWORD, deviceName: "Tablet at the door" }, null);
    const { items } = await world.call("session", "listMySessions", {}, viewer);
    expect(items.map(({ device, current }) => ({ device, current })).sort((a, b) => Number(a.current) - Number(b.current))).toEqual([
      { device: "Tablet at the door", current: false },
      { device: "Unnamed device", current: true },
    ]);
    const sessionId = items.find(({ current }) => !current)?.id ?? "";
    await world.call("session", "revokeSession", { sessionId }, viewer);
    expect(await isIn(other.token)).toBeNull();
    expect(await isIn(viewer.token)).not.toBeNull();
  });

  it("of somebody else cannot be ended", async () => {
    const [one, other] = [await newStaff(world, "lab"), await newStaff(world, "lab")];
    const attempt = world.call("session", "revokeSession", { sessionId: other.viewer.sessionId }, one.viewer);
    await expect(attempt).rejects.toMatchObject(refused("not-found", "sessionId"));
    expect(await isIn(other.viewer.token)).not.toBeNull();
  });

  it("is closed by signing out", async () => {
    const { viewer } = await newStaff(world, "lab");
    await world.call("session", "signOut", {}, viewer);
    expect(await isIn(viewer.token)).toBeNull();
  });

  it("that ends is told to its owner's screen alone", async () => {
    const [one, other] = [await newStaff(world, "lab"), await newStaff(world, "lab")];
    const told: string[] = [];
    const listen = async (viewer: typeof one.viewer, name: string) => {
      const events = await world.call("events", "subscribe", {}, viewer);
      for await (const { event } of events) if (event?.type === "session.expired") return void told.push(`${name}: ${event.cause}`);
    };
    const listening = listen(one.viewer, "one");
    void listen(other.viewer, "other").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { account } = one;
    await world.call("staff", "setRoles", { userId: account.id, version: account.version, roles: ["nurse"] }, await freshAdmin(world));
    await listening;
    expect(told).toEqual(["one: roles-changed"]);
    await world.call("session", "signOut", {}, other.viewer);
  });
});

describe("a password", () => {
  it("is proven again for five minutes", async () => {
    const { viewer } = await newStaff(world, "nurse");
    const proof = world.call("session", "reauthenticate", { password: "not this one" }, viewer);
    await expect(proof).rejects.toMatchObject(refused("wrong-credentials", "password"));
    const { reauthenticatedAt } = await world.call("session", "reauthenticate", { password: STAFF_PASSWORD }, viewer);
    expect(reauthenticatedAt).toBe(world.clock.now());
    expect(await isIn(viewer.token)).toMatchObject({ reauthenticatedAt });
  });

  it("that changes ends the other sessions and stays changed", async () => {
    const { username, viewer } = await newStaff(world, "nurse");
    const other = await signIn(username, STAFF_PASSWORD);
    const newPassword = "paper moon over Salt";
    await world.call("session", "changePassword", { currentPassword: STAFF_PASSWORD, newPassword }, viewer);
    expect(await isIn(other.token)).toBeNull();
    expect(await isIn(viewer.token)).not.toBeNull();
    await expect(signIn(username, STAFF_PASSWORD)).rejects.toMatchObject(refused("wrong-credentials"));
    expect((await signIn(username, newPassword)).user.mustChangePassword).toBe(false);
  });

  it.each([
    ["too short", "short words"],
    ["common", "Password1234!"],
    ["a run of keys", "qwertyuiopas"],
    ["one character", "aaaaaaaaaaaaaaaa"],
    ["the clinic's name", "NorthgateClinic1"],
  ])("that is easily guessed is refused: %s", async (_, newPassword) => {
    const { viewer } = await newStaff(world, "nurse");
    const change = world.call("session", "changePassword", { currentPassword: STAFF_PASSWORD, newPassword }, viewer);
    await expect(change).rejects.toMatchObject({ code: "invalid-input" });
    await expect(signIn(viewer.username, STAFF_PASSWORD)).resolves.toHaveProperty("token");
  });

  it("may be long and in any script, and every character of it counts", async () => {
    const { viewer, username } = await newStaff(world, "nurse");
    const newPassword = `${"قمر من ورق فوق السلط ".repeat(6)}1`;
    await world.call("session", "changePassword", { currentPassword: STAFF_PASSWORD, newPassword }, viewer);
    await expect(signIn(username, `${newPassword.slice(0, -1)}2`)).rejects.toMatchObject(refused("wrong-credentials"));
    await expect(signIn(username, newPassword)).resolves.toHaveProperty("token");
  });

  it("is the same however the keyboard composes its letters", async () => {
    const { viewer, username } = await newStaff(world, "nurse");
    const typed = "Crème brûlée à midi";
    await world.call("session", "changePassword", { currentPassword: STAFF_PASSWORD, newPassword: typed.normalize("NFD") }, viewer);
    await expect(signIn(username, typed.normalize("NFC"))).resolves.toHaveProperty("token");
  });
});

describe("a reset", () => {
  it("is asked for with one answer for everybody, and leaves a note in the trail", async () => {
    const { account, username } = await newStaff(world, "lab");
    const answers = await Promise.all(
      [username, "nobody.at.all"].map((name) => world.call("session", "requestPasswordReset", { username: name }, null)),
    );
    expect(answers).toEqual([{}, {}]);
    const { items } = await world.call("reports", "auditLog", { action: "session.requestPasswordReset" }, world.admin);
    expect(items.some(({ subject }) => subject.userId === account.id)).toBe(true);
  });

  it("works once with the administrator's code, within 24 hours, and ends every session", async () => {
    const { account, username, viewer } = await newStaff(world, "lab");
    const { code } = await world.call("staff", "resetUserPassword", { userId: account.id }, await freshAdmin(world));
    const reset = (newPassword: string, with_ = code) =>
      world.call("session", "resetPassword", { username, code: with_, newPassword }, null);
    await expect(reset("a quiet yellow tram", "AAAA-BBBB-CCCC")).rejects.toMatchObject(refused("invalid-code"));
    await expect(reset("password1234")).rejects.toMatchObject(refused("invalid-input", "newPassword"));
    await reset("a quiet yellow tram", code.toLowerCase().replaceAll("-", " "));
    expect(await isIn(viewer.token)).toBeNull();
    await expect(reset("another yellow tram")).rejects.toMatchObject(refused("invalid-code"));
    await expect(signIn(username, "a quiet yellow tram")).resolves.toHaveProperty("token");
  });

  it("is refused when the code is a day old or another account's", async () => {
    const [one, other] = [await newStaff(world, "lab"), await newStaff(world, "lab")];
    const { code } = await world.call("staff", "resetUserPassword", { userId: one.account.id }, await freshAdmin(world));
    const reset = (username: string) =>
      world.call("session", "resetPassword", { username, code, newPassword: "a quiet yellow tram" }, null);
    await expect(reset(other.username)).rejects.toMatchObject(refused("invalid-code"));
    world.clock.advance(24 * 3600);
    await expect(reset(one.username)).rejects.toMatchObject(refused("invalid-code"));
    await expect(signIn(one.username, STAFF_PASSWORD)).resolves.toHaveProperty("token");
  });
});

describe("a language", () => {
  it("is kept with the account", async () => {
    const { viewer } = await newStaff(world, "nurse");
    await world.call("session", "setLocale", { locale: "ar" }, viewer);
    expect((await world.call("session", "whoAmI", {}, viewer)).user.locale).toBe("ar");
  });
});
