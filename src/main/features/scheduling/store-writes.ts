import addWeeklyHours from "@cypher/scheduling/add-weekly-hours.cypher?raw";
import advanceDoctorText from "@cypher/scheduling/advance-doctor.cypher?raw";
import bookAppointment from "@cypher/scheduling/book-appointment.cypher?raw";
import clearWeeklyHours from "@cypher/scheduling/clear-weekly-hours.cypher?raw";
import freeSlots from "@cypher/scheduling/free-slots.cypher?raw";
import occupySlots from "@cypher/scheduling/occupy-slots.cypher?raw";
import openExtraHoursText from "@cypher/scheduling/open-extra-hours.cypher?raw";
import touchDoctor from "@cypher/scheduling/touch-doctor.cypher?raw";
import updateAppointmentText from "@cypher/scheduling/update-appointment.cypher?raw";
import type { Params, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { DayHours, WeeklyHours } from "@shared/model/slots.ts";

const statements = {
  advanceDoctor: statement("scheduling/advance-doctor", advanceDoctorText),
  touchDoctor: statement("scheduling/touch-doctor", touchDoctor),
  clearWeekly: statement("scheduling/clear-weekly-hours", clearWeeklyHours),
  addWeekly: statement("scheduling/add-weekly-hours", addWeeklyHours),
  openExtra: statement("scheduling/open-extra-hours", openExtraHoursText),
  book: statement("scheduling/book-appointment", bookAppointment),
  occupy: statement("scheduling/occupy-slots", occupySlots),
  free: statement("scheduling/free-slots", freeSlots),
  update: statement("scheduling/update-appointment", updateAppointmentText),
};

/** Gives the doctor the next version; false when the version read is no longer the current one. */
export async function advanceDoctor(writer: Writer, doctorId: string, version: number): Promise<boolean> {
  return (await writer.execute(statements.advanceDoctor, { doctorId, version })).length === 1;
}

/** Until this transaction ends, no other changes the doctor or opens hours; false when there is no such doctor. */
export async function holdDoctor(writer: Writer, doctorId: string): Promise<boolean> {
  return (await writer.execute(statements.touchDoctor, { doctorId })).length === 1;
}

export async function replaceWeeklyHours(writer: Writer, doctorId: string, hours: WeeklyHours[]): Promise<void> {
  await writer.execute(statements.clearWeekly, { doctorId });
  if (hours.length > 0) await writer.execute(statements.addWeekly, { doctorId, hours: hours.map((interval) => ({ ...interval })) });
}

export async function openExtraHours(writer: Writer, doctorId: string, hours: DayHours): Promise<void> {
  await writer.execute(statements.openExtra, { doctorId, ...hours });
}

/**
 * The appointment's node, its edges, its cells and the care edge. Throws UniqueViolation: Appointment (its key or code is in use)
 * or Slot (one of the cells is taken).
 */
export async function createAppointment(
  writer: Writer,
  joined: { doctorId: string; patientId: string; now: string; keys: string[] },
  appointment: Params,
): Promise<void> {
  await writer.execute(statements.book, { ...joined, appointment });
}

/** Throws UniqueViolation of Slot when one of the cells is taken. */
export async function occupy(writer: Writer, appointmentId: string, keys: string[]): Promise<void> {
  if (keys.length > 0) await writer.execute(statements.occupy, { appointmentId, keys });
}

export async function free(writer: Writer, appointmentId: string): Promise<void> {
  await writer.execute(statements.free, { appointmentId });
}

/** Answers whether an appointment of that id and version was there. */
export async function updateAppointment(writer: Writer, appointmentId: string, version: number, changes: Params): Promise<boolean> {
  return (await writer.execute(statements.update, { appointmentId, version, changes })).length === 1;
}
