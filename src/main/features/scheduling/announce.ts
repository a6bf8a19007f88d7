import type { EventBus } from "@main/platform/events.ts";
import type { AppointmentRow } from "./store.ts";

/** Tells the desks, the doctor and the patient concerned that an appointment's day looks different now. */
export function announce(events: EventBus, { id, day, doctorId, patientId }: AppointmentRow): void {
  events.publish(
    { type: "scheduling.dayChanged", day, doctorId, patientId, appointmentId: id },
    {
      roles: ["reception", "doctor", "nurse"],
      externalIds: [patientId, doctorId],
    },
  );
}
