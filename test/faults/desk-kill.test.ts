import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";
import { readLines } from "./child-lines.ts";

/** `DESK_KILLS=200 npx vitest run test/faults/desk-kill.test.ts` for the long run. */
const KILLS = Number(process.env.DESK_KILLS ?? 8);
const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const WRITER = fileURLToPath(new URL("./desk-writer.ts", import.meta.url));

describe("kill -9 while the desk registers and books", () => {
  it(`loses nothing acknowledged and leaves nothing partial in ${KILLS} kills of the process`, {
    timeout: 60_000 + KILLS * 20_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "polyclinic-desk-kill-"));
    let world = await openWorld({ folder });
    const clinic = await world.clinicWith();
    await world.close();
    const acknowledged = { registered: new Set<string>(), booked: new Set<string>() };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [RUN, WRITER, folder, clinic.doctor.id, String(kill)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const lines = readLines(child);
      expect(await lines.first).toMatch(/^ready [1-9]/);
      await sleep(100 + Math.random() * 300);
      child.kill("SIGKILL");
      await lines.ended;
      for (const line of lines.all) {
        const [what, id = ""] = line.split(" ");
        if (what === "registered" || what === "booked") acknowledged[what].add(id);
      }
    }
    world = await openWorld({ folder });
    const found = await readBack(world, clinic.doctor.id, clinic.users.reception);
    expect([...acknowledged.registered].filter((id) => !found.patients.has(id))).toEqual([]);
    expect([...acknowledged.booked].filter((id) => !found.appointments.has(id))).toEqual([]);
    expect(acknowledged.booked.size).toBeGreaterThan(KILLS);
    expect(await world.call("reports", "verifyAudit", {}, clinic.users.admin)).toMatchObject({ ok: true });
    await world.close();
    await rm(folder, { recursive: true, force: true });
    console.info(
      `desk: ${KILLS} processes killed, ${acknowledged.registered.size} registrations and ${acknowledged.booked.size} bookings acknowledged, 0 lost`,
    );
  });
});

/** Everybody and every booking as the routes tell them; a booked time must not be offered any more: nothing is half there. */
async function readBack(world: World, doctorId: string, viewer: Parameters<World["as"]>[0]) {
  const call = world.as(viewer);
  const patients = new Set<string>();
  for (let page = 1; ; page += 1) {
    const { items } = await call("patients", "listRoster", { page, pageSize: 1000 });
    for (const patient of items) patients.add(patient.id);
    if (items.length < 1000) break;
  }
  const appointments = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const day = new Date(Date.parse("2026-03-04T00:00:00Z") + kill * 86_400_000).toISOString().slice(0, 10);
    const { items } = await call("scheduling", "listDay", { day, doctorId });
    const free = await call("scheduling", "listFreeSlots", { doctorId, day });
    const offered = new Set(free.items.map((slot) => slot.startsAt));
    for (const appointment of items) {
      expect(patients.has(appointment.patientId)).toBe(true);
      expect(offered.has(appointment.startsAt)).toBe(false);
      appointments.add(appointment.id);
    }
    // 08:00 to 16:00 by a quarter of an hour: each slot is either booked or free, never lost to a half-made booking.
    expect(items.length + free.items.length).toBe(32);
  }
  return { patients, appointments };
}
