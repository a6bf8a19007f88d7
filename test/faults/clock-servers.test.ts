import { randomUUID } from "node:crypto";
import { IDLE_SECONDS } from "@main/features/session/rules.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SmallClinic, TEST_PASSWORD } from "../world/clinic-with.ts";
import { sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import type { WritersClinic } from "./clinic-writer.ts";
import { faultTable } from "./fault-table.ts";
import { writersClinic } from "./written.ts";

// The wall clock of one workstation jumps; the other's does not.
const HOUR = 3_600;
const DAY = 24 * HOUR;
const JUMPS = [HOUR, -HOUR, DAY, -DAY, -HOUR, -DAY, DAY, HOUR];

const tell = faultTable("clock");
let here: World;
let there: World;
let clinic: SmallClinic;
let on: WritersClinic;
beforeAll(async () => {
  here = await openWorld({ servers: true, liftRateLimits: true });
  clinic = await here.clinicWith();
  on = await writersClinic(here, clinic);
  there = await openWorld({ servers: sameAs(here), liftRateLimits: true });
}, 300_000);
afterAll(async () => {
  await there?.close();
  await here?.close();
});

describe("a clock that jumps an hour or a day, forth and back", () => {
  it("leaves the order of messages, one booking of a slot, and a trail that verifies", async () => {
    const { users, doctor } = clinic;
    const texts: string[] = [];
    const send = async (world: World, text: string) => {
      texts.push(text);
      const { conversationId } = on;
      return world.call("messaging", "sendText", { conversationId, text, clientId: randomUUID() }, users.doctor);
    };
    await send(here, "before");
    for (const [index, seconds] of JUMPS.entries()) {
      here.clock.advance(seconds);
      await send(here, `here after jump ${index}`);
      await send(there, `there after jump ${index}`);
      const startsAt = new Date(Date.parse("2026-03-10T05:00:00.000Z") + index * 900_000).toISOString();
      const slot = { patientId: on.patientId, doctorId: doctor.id, startsAt };
      await here.call("scheduling", "bookAppointment", { ...slot, key: randomUUID() }, users.reception);
      await expect(there.call("scheduling", "bookAppointment", { ...slot, key: randomUUID() }, users.reception)).rejects.toMatchObject({
        code: "slot-taken",
      });
    }
    const { items } = await there.call("messaging", "listMessages", { conversationId: on.conversationId, limit: 200 }, users.doctor);
    expect(items.map(({ text }) => text)).toEqual(texts);
    expect(items.map(({ seq }) => seq)).toEqual(texts.map((_, at) => at + 1));
    expect(await there.call("reports", "verifyAudit", {}, users.admin)).toMatchObject({ ok: true });
    tell({
      fault: "the clock of one workstation jumps an hour or a day",
      times: JUMPS.length,
      lost: 0,
      doubled: 0,
      also: "order kept, trail verifies",
    });
  });

  it("ends a session that has rested by the clock, never lengthens one beyond its end, and lets people sign in again", async () => {
    const { token } = await here.signIn("nurse", TEST_PASSWORD);
    const known = async (world: World, of = token) => (await world.app.authenticate(of, world.clock)) !== null;
    expect([await known(here), await known(there)]).toEqual([true, true]);
    here.clock.advance(DAY);
    expect([await known(here), await known(there)]).toEqual([false, true]);
    const later = await here.signIn("nurse", TEST_PASSWORD);
    expect(await known(here, later.token)).toBe(true);
    here.clock.advance(-DAY);
    // The workstation whose clock was right all the time saw it in use a moment ago.
    expect([await known(here), await known(there)]).toEqual([true, true]);
    there.clock.advance(IDLE_SECONDS);
    expect(await known(there)).toBe(false);
    there.clock.advance(-IDLE_SECONDS);
    tell({ fault: "a session while the clock jumps a day", times: 2, also: "over where its time is over, usable again where it is not" });
  });
});
