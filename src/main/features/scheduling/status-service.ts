import type { GraphPort, Writer } from "@main/data/graph/port.ts";
import { AppError } from "@shared/define.ts";
import { clinicDay } from "@shared/model/slots.ts";
import { releaseBooking } from "./booking.ts";
import { refuseBegun } from "./booking-service.ts";
import { type Actor, checkStep } from "./rules.ts";
import * as store from "./store.ts";
import { updateAppointment } from "./store-writes.ts";

/** What happens to an appointment before its visit: cancelled, missed, arrived. */
export function createStatusService(graph: GraphPort) {
  /** Reads, checks and changes in one transaction. */
  function change(id: string, version: number, work: (writer: Writer, appointment: store.AppointmentRow) => Promise<void>) {
    return graph.write(async (writer) => {
      const appointment = await getAppointment(writer, id);
      if (appointment.version !== version) throw changed();
      await work(writer, appointment);
      return getAppointment(writer, id);
    });
  }

  return {
    cancel: (
      actor: Actor,
      { appointmentId, version, reason }: { appointmentId: string; version: number; reason: string | null },
      now: string,
    ) =>
      change(appointmentId, version, async (writer, appointment) => {
        checkStep(appointment.status, "cancelled");
        if (actor.kind !== "staff") refuseBegun(appointment, now);
        await releaseBooking(writer, appointment, { cancelledAt: now, cancelledBy: actor.id, cancelReason: reason });
      }),

    markNoShow: (appointmentId: string, version: number, now: string) =>
      change(appointmentId, version, async (writer, appointment) => {
        checkStep(appointment.status, "no-show");
        if (appointment.startsAt > now) throw tooEarly("The appointment's time has not come yet.");
        await update(writer, appointment, { status: "no-show" });
      }),

    markArrived: (appointmentId: string, version: number, now: string) =>
      change(appointmentId, version, (writer, appointment) => arrive(writer, appointment, now)),

    /** For the kiosk: the patient's own appointment of today; arriving twice is arriving once. */
    checkIn: (patientId: string, appointmentId: string, now: string) =>
      graph.write(async (writer) => {
        const appointment = await getAppointment(writer, appointmentId);
        if (appointment.patientId !== patientId) throw notFound();
        if (appointment.status === "arrived") return appointment;
        await arrive(writer, appointment, now);
        return getAppointment(writer, appointmentId);
      }),
  };
}

export type StatusService = ReturnType<typeof createStatusService>;

async function arrive(writer: Writer, appointment: store.AppointmentRow, now: string): Promise<void> {
  checkStep(appointment.status, "arrived");
  const today = clinicDay(now, await store.timeZone(writer));
  if (appointment.day !== today) throw tooEarly("The appointment is not today.");
  await update(writer, appointment, { status: "arrived", arrivedAt: now });
}

async function update(writer: Writer, { id, version }: store.AppointmentRow, changes: Record<string, string>): Promise<void> {
  if (!(await updateAppointment(writer, id, version, changes))) throw changed();
}

async function getAppointment(writer: Writer, id: string): Promise<store.AppointmentRow> {
  const appointment = await store.findAppointment(writer, id);
  if (!appointment) throw notFound();
  return appointment;
}

const notFound = () => new AppError("not-found", "There is no such appointment.", { field: "appointmentId" });
const changed = () => new AppError("changed-meanwhile", "Someone changed the appointment meanwhile.", { field: "version" });
const tooEarly = (message: string) => new AppError("invalid-transition", message, { field: "appointmentId" });
