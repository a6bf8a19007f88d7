import { afterEach, describe, expect, it } from "vitest";
import { sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";

const CLINIC = {
  ...{ name: "Two Doors", timeZone: "Asia/Amman", currency: "JOD", languages: ["en" as const] },
  admin: { username: "first.admin", displayName: "First Admin", password: "a long enough password 1" },
};
const open: World[] = [];
afterEach(async () => {
  // The one whose database it is goes last.
  for (const world of open.splice(0).reverse()) await world.close();
});

/** Two workstations that come to empty servers at the same moment. */
async function twoAtOnce(): Promise<[World, World]> {
  const first = await openWorld({ servers: true, atOnce: true });
  open.push(first);
  const second = await openWorld({ servers: sameAs(first), atOnce: true });
  open.push(second);
  await Promise.all([first.app.ready, second.app.ready]);
  return [first, second];
}

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );

describe("the first run on empty servers, from two workstations at once", { timeout: 120_000 }, () => {
  it("prepares them once, and of two who found the clinic one wins", async () => {
    const [first, second] = await twoAtOnce();
    const admin = (username: string) => ({ ...CLINIC.admin, username });
    const founded = await Promise.all([
      outcome(first.call("setup", "createClinic", { ...CLINIC, admin: admin("first.admin") }, null)),
      outcome(second.call("setup", "createClinic", { ...CLINIC, admin: admin("second.admin") }, null)),
    ]);
    expect([...founded].sort()).toEqual(["already-set-up", "ok"]);
    const winner = founded[0] === "ok" ? "first.admin" : "second.admin";
    const loser = founded[0] === "ok" ? "second.admin" : "first.admin";
    for (const world of [first, second]) {
      expect(await world.call("setup", "getStatus", {}, null)).toMatchObject({ state: "ready", clinicName: "Two Doors" });
      expect((await world.signIn(winner, CLINIC.admin.password)).roles).toEqual(["admin"]);
      expect(await outcome(world.signIn(loser, CLINIC.admin.password))).toBe("wrong-credentials");
    }
  });

  it("loads the sample once, and both answer the same of it", async () => {
    const [first, second] = await twoAtOnce();
    const [one, other] = await Promise.all(
      [first, second].map((world) => world.call("setup", "loadSampleClinic", { seed: 1, patients: 10 }, null)),
    );
    expect([one?.loaded, other?.loaded].sort()).toEqual([false, true]);
    expect({ ...one, loaded: true, durationMs: 0 }).toEqual({ ...other, loaded: true, durationMs: 0 });
    expect(one?.patients).toBe(10);
    const admin = await second.signIn("admin");
    const { counts } = await second.call("system", "getHealth", {}, admin);
    expect(counts).toMatchObject({ patients: 10 });
  }, 900_000);
});
