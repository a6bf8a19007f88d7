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
export async function requireReach(deps: SchedulingDeps, context: RequestContext, patientId: string, field: string): Promise<void> {
  if (!isStaff(context)) {
    if (userOf(context).externalId === patientId) return;
    throw new AppError("not-found", "There is no such entry.", { field });
  }
  if (!hasRole(context.viewer, "reception")) await deps.care.require(context, patientId);
}

/** An appointment that the viewer may change. */
export async function reachAppointment(deps: SchedulingDeps, context: RequestContext, appointmentId: string): Promise<AppointmentRow> {
  const appointment = await deps.graph.read((reader) => findAppointment(reader, appointmentId));
  if (!appointment) throw new AppError("not-found", "There is no such appointment.", { field: "appointmentId" });
  await requireReach(deps, context, appointment.patientId, "appointmentId");
  return appointment;
}

/** Hours are set by the desk, the administrator, and each doctor for themself. */
export function requireOwnHours(context: RequestContext, doctorId: string): void {
  if (hasRole(context.viewer, "admin", "reception") || userOf(context).externalId === doctorId) return;
  throw new AppError("forbidden", "Only the doctor's own hours.", { field: "doctorId" });
}
