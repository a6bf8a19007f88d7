import type { UserViewer, Viewer } from "@main/platform/request.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { openWorld, type World, type WorldOptions } from "../world/open-world.ts";

export const ADMIN_PASSWORD = "slow brown otter 7";
export const STAFF_PASSWORD = "green kettle on fire";

let number = 0;
const next = () => {
  number += 1;
  return number;
};

/** A world with a clinic of its own, made by the wizard's route, and its administrator. */
export async function openClinic(options: WorldOptions = {}): Promise<World & { admin: UserViewer }> {
  const world = await openWorld(options);
  await world.call("setup", "createClinic", CLINIC, null);
  return { ...world, admin: await freshAdmin(world) };
}

export const CLINIC = {
  name: "Northgate Clinic",
  timeZone: "Asia/Amman",
  currency: "JOD",
  languages: ["en" as const, "ar" as const],
  admin: { username: "root.admin", displayName: "Ada Admin", password: ADMIN_PASSWORD },
};

/** The administrator with a proof of the password from just now. */
export async function freshAdmin(world: World): Promise<UserViewer & { token: string }> {
  const { token, ...admin } = await world.signIn("root.admin", ADMIN_PASSWORD);
  await world.call("session", "reauthenticate", { password: ADMIN_PASSWORD }, admin);
  return { ...admin, reauthenticatedAt: world.clock.now(), token };
}

/** A new account of that role, signed in. */
export async function newStaff(world: World & { admin: UserViewer }, ...roles: UserRole[]) {
  const username = `person${next()}`;
  const input = { username, displayName: `Person ${number}`, roles, password: STAFF_PASSWORD };
  const account = await world.call("staff", "createUser", input, world.admin);
  return { account, username, viewer: await world.signIn(username, STAFF_PASSWORD) };
}

/** A new patient, registered at the desk, and the code of their invitation. */
export async function invitedPatient(world: World & { admin: UserViewer }, reception: Viewer) {
  const birthDate = "1990-05-17";
  const particulars = { givenName: "Maha", familyName: `Testname${next()}`, birthDate, sex: "female" as const, confirmNotDuplicate: true };
  const patient = await world.call("patients", "register", particulars, reception);
  const { code } = await world.call("patients", "issueInvitation", { patientId: patient.id }, reception);
  return { patient, birthDate, code };
}

/** What a refusal is recognised by. */
export const refused = (code: string, field?: string) => (field ? { code, data: { field } } : { code });
