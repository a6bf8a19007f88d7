import { hasRole, type RequestContext, userOf } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import type { SchedulingDeps } from "./needs.ts";
import type { Actor } from "./rules.ts";
import { type AppointmentRow, findAppointment } from "./store.ts";

/** Whether the viewer acts as staff; a patient who is also staff acts as staff. */
export function isStaff(context: RequestContext): boolean {
  return hasRole(context.viewer, "reception", "doctor", "nurse");
}

export function actorOf(context: RequestContext): Actor {
  return { id: userOf(context).userId, kind: isStaff(context) ? "staff" : "patient" };
}

/** A patient reaches themself, reception everyone, clinicians those whom care lets them see. */
export async function requireReach(deps: SchedulingDeps, context: RequestContext, patientId: string): Promise<void> {
  context.about({ patientId });
  if (hasRole(context.viewer, "reception")) return;
  if (isStaff(context)) await deps.care.require(context, patientId);
  else if (userOf(context).externalId !== patientId) throw new AppError("not-found", "There is no such patient.", { field: "patientId" });
}

/** An appointment that the viewer may change; to a patient those of others do not exist. */
export async function reachAppointment(deps: SchedulingDeps, context: RequestContext, appointmentId: string): Promise<AppointmentRow> {
  const appointment = await deps.graph.read((reader) => findAppointment(reader, appointmentId));
  const hidden = appointment !== null && !isStaff(context) && userOf(context).externalId !== appointment.patientId;
  if (!appointment || hidden) throw new AppError("not-found", "There is no such appointment.", { field: "appointmentId" });
  await requireReach(deps, context, appointment.patientId);
  return appointment;
}

/** Nurses have a part in the visits of the days around now. */
const NURSE_REACH_MS = 48 * 3600_000;

/** Whether the viewer may read why somebody comes: the desk of all, a doctor of their own patients, a nurse of these days. */
export function seesReason(context: RequestContext, { doctorId, startsAt }: AppointmentRow): boolean {
  if (hasRole(context.viewer, "reception") || userOf(context).externalId === doctorId) return true;
  const distance = Math.abs(Date.parse(startsAt) - Date.parse(context.clock.now()));
  return hasRole(context.viewer, "nurse") && distance <= NURSE_REACH_MS;
}

/** Hours are set by the desk, the administrator, and each doctor for themself. */
export function requireOwnHours(context: RequestContext, doctorId: string): void {
  if (hasRole(context.viewer, "admin", "reception") || userOf(context).externalId === doctorId) return;
  throw new AppError("forbidden", "Only the doctor's own hours.", { field: "doctorId" });
}
