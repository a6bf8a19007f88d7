import completeEncounterText from "@cypher/encounters/complete-encounter.cypher?raw";
import holdAppointmentText from "@cypher/encounters/hold-appointment.cypher?raw";
import holdEncounterText from "@cypher/encounters/hold-encounter.cypher?raw";
import joinCareText from "@cypher/encounters/join-care.cypher?raw";
import markAmendedText from "@cypher/encounters/mark-amended.cypher?raw";
import recordDiagnosisText from "@cypher/encounters/record-diagnosis.cypher?raw";
import recordObservationText from "@cypher/encounters/record-observation.cypher?raw";
import setAppointmentStatusText from "@cypher/encounters/set-appointment-status.cypher?raw";
import startFromAppointmentText from "@cypher/encounters/start-from-appointment.cypher?raw";
import startWalkInText from "@cypher/encounters/start-walk-in.cypher?raw";
import writeNoteText from "@cypher/encounters/write-note.cypher?raw";
import type { Params, Statement, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import { AppError } from "@shared/define.ts";
import type { AppointmentStatus } from "./rules.ts";
import type { EncounterHead } from "./store.ts";

const statements = {
  completeEncounter: statement("encounters/complete-encounter", completeEncounterText),
  holdAppointment: statement("encounters/hold-appointment", holdAppointmentText),
  holdEncounter: statement("encounters/hold-encounter", holdEncounterText),
  joinCare: statement("encounters/join-care", joinCareText),
  markAmended: statement("encounters/mark-amended", markAmendedText),
  recordDiagnosis: statement("encounters/record-diagnosis", recordDiagnosisText),
  recordObservation: statement("encounters/record-observation", recordObservationText),
  setAppointmentStatus: statement("encounters/set-appointment-status", setAppointmentStatusText),
  startFromAppointment: statement("encounters/start-from-appointment", startFromAppointmentText),
  startWalkIn: statement("encounters/start-walk-in", startWalkInText),
  writeNote: statement("encounters/write-note", writeNoteText),
};

/** What a visit needs to know of the appointment it begins from. */
export interface HeldAppointment {
  status: AppointmentStatus;
  day: string;
  reason: string | null;
  patientId: string;
  doctorId: string;
  doctorName: string;
  encounterIds: string[];
  timeZone: string;
}

/** What has moved on the day screens. */
export interface MovedAppointment {
  id: string;
  day: string;
  doctorId: string;
  patientId: string;
}

/** A missing row is not an error to the engine: here it is one, whatever made it disappear. */
async function one<Row extends object>(writer: Writer, asked: Statement, params: Params): Promise<Row> {
  const [row] = await writer.execute<Row & Record<string, unknown>>(asked, params);
  if (!row) throw new AppError("not-found", "What this would change does not exist.");
  return row;
}

/** Takes the appointment's lock. */
export const holdAppointment = (writer: Writer, appointmentId: string) =>
  one<HeldAppointment>(writer, statements.holdAppointment, { appointmentId });

/** Takes the visit's lock. */
export const holdEncounter = (writer: Writer, encounterId: string) => one<EncounterHead>(writer, statements.holdEncounter, { encounterId });

export const setAppointmentStatus = (writer: Writer, appointmentId: string, status: AppointmentStatus) =>
  one<MovedAppointment>(writer, statements.setAppointmentStatus, { appointmentId, status });

export const startFromAppointment = (writer: Writer, appointmentId: string, encounter: Params) =>
  one<{ id: string }>(writer, statements.startFromAppointment, { appointmentId, encounter });

export const startWalkIn = (writer: Writer, patientId: string, encounter: Params) =>
  one<{ id: string }>(writer, statements.startWalkIn, { patientId, encounter });

export const joinCare = (writer: Writer, doctorId: string, patientId: string, since: string) =>
  one<{ id: string }>(writer, statements.joinCare, { doctorId, patientId, since });

/** Answers the appointments that are under way with this visit. */
export async function completeEncounter(writer: Writer, encounterId: string, at: string): Promise<string[]> {
  return (await one<{ appointmentIds: string[] }>(writer, statements.completeEncounter, { encounterId, at })).appointmentIds;
}

export const markAmended = (writer: Writer, encounterId: string) => one<{ id: string }>(writer, statements.markAmended, { encounterId });

export const recordObservation = (writer: Writer, encounterId: string, observation: Params) =>
  one<{ id: string }>(writer, statements.recordObservation, { encounterId, observation });

export const recordDiagnosis = (writer: Writer, observationId: string, diagnosis: Params, condition: { code: string; title: string }) =>
  one<{ id: string }>(writer, statements.recordDiagnosis, { observationId, diagnosis, code: condition.code, title: condition.title });

export const writeNote = (writer: Writer, encounterId: string, note: Params) =>
  one<{ id: string }>(writer, statements.writeNote, { encounterId, note });
