import type { EventBus } from "@main/platform/events.ts";
import { hasRole } from "@main/platform/request.ts";
import type { AppointmentRow } from "./store.ts";

/** Tells the desks, the doctor and the patient concerned that an appointment's day looks different now. */
export function announce(events: EventBus, { id, day, doctorId, patientId }: AppointmentRow): void {
  events.publish({ type: "scheduling.dayChanged", day, doctorId, patientId, appointmentId: id }, (viewer) => {
    if (hasRole(viewer, "reception", "doctor", "nurse")) return true;
    return viewer.kind === "user" && (viewer.externalId === patientId || viewer.externalId === doctorId);
  });
}
