import { randomUUID } from "node:crypto";
import type { DeviceViewer, UserViewer } from "@main/platform/request.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { openWorld, type WorldOptions } from "../world/open-world.ts";

/** Tuesday 2026-03-03, 11:00 in Amman (UTC+3). */
export const NOW = "2026-03-03T08:00:00.000Z";
/** The day after: everyone works 09:00 to 12:00, that is 06:00Z to 09:00Z. */
export const TOMORROW = "2026-03-04";
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "09:00", endsAt: "12:00" }));

let made = 0;

export function person(roles: UserRole[], externalId: string | null = null): UserViewer {
  made += 1;
  const username = `${roles.join("-")}-${made}`;
  const proof = { sessionId: randomUUID(), reauthenticatedAt: null };
  return { kind: "user", userId: randomUUID(), username, displayName: username, roles, externalId, ...proof };
}

export function kiosk(): DeviceViewer {
  return { kind: "device", deviceId: randomUUID(), displayName: "Kiosk", roles: ["kiosk"] };
}

/** A key that no other command has. */
export const newKey = () => randomUUID();

/** The clinic time `HH:MM` of tomorrow as an instant: 09:00 in Amman is 06:00Z. */
export const at = (time: string, day = TOMORROW) => new Date(Date.parse(`${day}T${time}:00.000Z`) - 3 * 3600_000).toISOString();

/** A clinic in Amman with one department, its administrator and a reception. */
export async function openDesk(options: WorldOptions = {}, timeZone = "Asia/Amman") {
  const world = await openWorld({ clockAt: NOW, ...options });
  const admin = person(["admin"]);
  const reception = person(["reception"]);
  const account = { username: "first.admin", displayName: "First", password: "slow brown otter 7" };
  await world.call("setup", "createClinic", { name: "Desk", timeZone, currency: "JOD", languages: ["en", "ar"], admin: account }, null);
  const department = await world.call("clinic", "createDepartment", { name: "General" }, admin);

  /** A doctor who works every day from 09:00 to 12:00 in slots of 30 minutes, and their account. */
  async function newDoctor(hours = EVERY_DAY, slotMinutes = 30) {
    made += 1;
    const created = await world.call("clinic", "createDoctor", { departmentId: department.id, name: `Dr ${made}`, slotMinutes }, admin);
    const set = await world.call("scheduling", "setWorkingHours", { doctorId: created.id, version: created.version, hours }, admin);
    return { ...created, version: set.version, viewer: person(["doctor"], created.id) };
  }

  /** A patient whom no other test has, and their account. */
  async function newPatient(
    given: Partial<{ givenName: string; familyName: string; birthDate: string; phone: string; nationalId: string }> = {},
  ) {
    made += 1;
    const particulars = { givenName: "Mona", familyName: `Person${made}`, birthDate: "1990-05-17", sex: "female" as const };
    const patient = await world.call("patients", "register", { ...particulars, ...given, confirmNotDuplicate: true }, reception);
    return { ...patient, viewer: person(["patient"], patient.id) };
  }

  return { ...world, admin, reception, department, newDoctor, newPatient };
}

export type DeskWorld = Awaited<ReturnType<typeof openDesk>>;
