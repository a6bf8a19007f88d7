import { randomUUID } from "node:crypto";
import type { RouteOutput } from "@renderer/lib/contract-types.ts";
import type { E2eWorld } from "./world.ts";

export type Patient = RouteOutput<"patients", "register">;
export type Appointment = RouteOutput<"scheduling", "bookAppointment">;

const FIVE_MINUTES = 5 * 60_000;
let made = 0;

/** A patient of the journey's own, registered by reception. */
export function newPatient(world: E2eWorld, name: { givenName: string; familyName: string }): Promise<Patient> {
  made += 1;
  const birthDate = `19${50 + made}-03-1${made % 10}`;
  return world.call("reception", "patients/register", { ...name, birthDate, sex: "female", confirmNotDuplicate: true });
}

/** A visit of today for the patient, whatever the hour: reception insists on the time. */
export async function visitToday(world: E2eWorld, patient: Patient): Promise<Appointment> {
  const { items } = await world.call<RouteOutput<"clinic", "listDoctors">>("reception", "clinic/listDoctors", {});
  const now = Math.floor(Date.now() / FIVE_MINUTES) * FIVE_MINUTES;
  return world.call("reception", "scheduling/bookAppointment", {
    patientId: patient.id,
    doctorId: items[0]?.id,
    startsAt: new Date(now).toISOString(),
    key: randomUUID(),
    override: { reason: "Came without a time" },
  });
}

/** The clinic's calendar day of an instant, `YYYY-MM-DD`. */
export const clinicDay = (instant: string) => new Date(instant).toLocaleDateString("en-CA", { timeZone: "Asia/Amman" });

/** What reception's list of that day says about the patient's appointments. */
export async function dayOf(world: E2eWorld, patientId: string, startsAt: string) {
  const { items } = await world.call<RouteOutput<"scheduling", "listDay">>("reception", "scheduling/listDay", { day: clinicDay(startsAt) });
  return items.filter((appointment) => appointment.patientId === patientId);
}
