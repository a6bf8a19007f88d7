import listAllergiesText from "@cypher/patients/allergy-list.cypher?raw";
import recordAllergyText from "@cypher/patients/allergy-record.cypher?raw";
import setAllergyStatusText from "@cypher/patients/allergy-set-status.cypher?raw";
import voidAllergyText from "@cypher/patients/allergy-void.cypher?raw";
import findCareEdgeText from "@cypher/patients/care-find-edge.cypher?raw";
import findCarePathsText from "@cypher/patients/care-find-paths.cypher?raw";
import getPatientText from "@cypher/patients/chart-get-patient.cypher?raw";
import holdPatientText from "@cypher/patients/chart-hold-patient.cypher?raw";
import listAppointmentsText from "@cypher/patients/chart-list-appointments.cypher?raw";
import listConditionsText from "@cypher/patients/condition-list.cypher?raw";
import recordConditionText from "@cypher/patients/condition-record.cypher?raw";
import type { Params, Reader, Statement, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { Allergy as AllergyView, PatientCondition, Patient as PatientView } from "@shared/contract/patients.ts";
import type { Appointment as AppointmentView } from "@shared/contract/scheduling.ts";
import { AppError } from "@shared/define.ts";
import type { z } from "zod";

export type ChartPatient = z.input<typeof PatientView>;
export type Allergy = z.input<typeof AllergyView>;
export type Condition = z.input<typeof PatientCondition>;
export type ChartAppointment = z.input<typeof AppointmentView>;
export type AllergyStatus = ChartPatient["allergyStatus"];

/** An allergy with the key of its substance, under which spellings meet. */
export type KeyedAllergy = Allergy & { key: string };

export interface CarePaths {
  treats: boolean;
  openVisit: boolean;
  appointmentDays: string[];
  timeZone: string;
}

const statements = {
  listAllergies: statement("patients/allergy-list", listAllergiesText),
  recordAllergy: statement("patients/allergy-record", recordAllergyText),
  setAllergyStatus: statement("patients/allergy-set-status", setAllergyStatusText),
  voidAllergy: statement("patients/allergy-void", voidAllergyText),
  findCareEdge: statement("patients/care-find-edge", findCareEdgeText),
  findCarePaths: statement("patients/care-find-paths", findCarePathsText),
  getPatient: statement("patients/chart-get-patient", getPatientText),
  holdPatient: statement("patients/chart-hold-patient", holdPatientText),
  listAppointments: statement("patients/chart-list-appointments", listAppointmentsText),
  listConditions: statement("patients/condition-list", listConditionsText),
  recordCondition: statement("patients/condition-record", recordConditionText),
};

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether the doctor treats the patient: the cheap question before `findCarePaths`. */
export async function hasCareEdge(reader: Reader, patientId: string, doctorId: string): Promise<boolean> {
  return (await reader.query(statements.findCareEdge, { patientId, doctorId })).length > 0;
}

/** How a doctor and nurses are joined to a patient; null when there is no such patient. */
export async function findCarePaths(reader: Reader, patientId: string, doctorId: string, days: string[]): Promise<CarePaths | null> {
  const [row] = await reader.query<CarePaths & Record<string, unknown>>(statements.findCarePaths, { patientId, doctorId, days });
  return row ?? null;
}

export async function findChartPatient(reader: Reader, patientId: string): Promise<ChartPatient | null> {
  const [row] = await reader.query<ChartPatient>(statements.getPatient, { patientId });
  return row ?? null;
}

type AllergyRow = Omit<KeyedAllergy, "voided"> & { voidedAt: string | null; voidedBy: string | null; voidReason: string | null };

export async function listAllergies(reader: Reader, patientId: string): Promise<KeyedAllergy[]> {
  const rows = await reader.query<AllergyRow>(statements.listAllergies, { patientId });
  return rows.map(({ voidedAt, voidedBy, voidReason, ...row }) => ({
    ...row,
    voided: voidedAt ? { at: voidedAt, by: voidedBy ?? "", reason: voidReason ?? "" } : null,
  }));
}

export const listConditions = (reader: Reader, patientId: string) => reader.query<Condition>(statements.listConditions, { patientId });

export async function listAppointments(
  reader: Reader,
  patientId: string,
  { skip, limit }: { skip: number; limit: number },
): Promise<ChartAppointment[]> {
  type Row = Omit<ChartAppointment, "encounterId" | "patientId"> & { encounterIds: string[] };
  const rows = await reader.query<Row>(statements.listAppointments, { patientId, skip, limit });
  return rows.map(({ encounterIds, ...row }) => ({ ...row, patientId, encounterId: encounterIds[0] ?? null }));
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A missing row is not an error to the engine: here it is one. */
async function one<Row extends object>(writer: Writer, asked: Statement, params: Params): Promise<Row> {
  const [row] = await writer.execute<Row & Record<string, unknown>>(asked, params);
  if (!row) throw new AppError("not-found", "What this would change does not exist.");
  return row;
}

/** Takes the lock of the patient's allergies and conditions. */
export const holdPatient = (writer: Writer, patientId: string) =>
  one<{ birthDate: string; timeZone: string }>(writer, statements.holdPatient, { patientId });

export const setAllergyStatus = (writer: Writer, patientId: string, status: AllergyStatus) =>
  one(writer, statements.setAllergyStatus, { patientId, status });

export const recordAllergy = (writer: Writer, patientId: string, substance: { key: string; name: string }, allergy: Params) =>
  one(writer, statements.recordAllergy, { patientId, ...substance, allergy });

export const voidAllergy = (writer: Writer, patientId: string, allergyId: string, voided: { at: string; by: string; reason: string }) =>
  one(writer, statements.voidAllergy, { patientId, allergyId, ...voided });

export const recordCondition = (writer: Writer, patientId: string, code: { code: string; title: string }, condition: Params) =>
  one(writer, statements.recordCondition, { patientId, code: code.code, title: code.title, condition });
