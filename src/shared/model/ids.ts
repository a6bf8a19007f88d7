import { z } from "zod";

/**
 * Ids are sequential per label, a letter and digits, taken from the Counter node in the transaction that
 * creates the node: `P000123`, `A000045`.
 */
const sequential = <Brand extends string>(prefix: string, brand: Brand) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}\\d{6,12}$`), `must look like ${prefix}000001`)
    .brand(brand);

export const ClinicId = sequential("C", "ClinicId");
export const DepartmentId = sequential("DP", "DepartmentId");
export const DoctorId = sequential("D", "DoctorId");
export const PatientId = sequential("P", "PatientId");
export const AppointmentId = sequential("A", "AppointmentId");
export const EncounterId = sequential("E", "EncounterId");
export const ObservationId = sequential("O", "ObservationId");
export const DiagnosisId = sequential("G", "DiagnosisId");
export const NoteId = sequential("N", "NoteId");
export const AllergyId = sequential("L", "AllergyId");
export const PatientConditionId = sequential("K", "PatientConditionId");
export const MedicalFileId = sequential("F", "MedicalFileId");
/** Documents (users, sessions, devices…) carry random UUIDs. */
export const UserId = z.uuid().brand("UserId");
export const SessionId = z.uuid().brand("SessionId");
export const DeviceId = z.uuid().brand("DeviceId");
export const UploadId = z.uuid().brand("UploadId");
export const ConversationId = z.uuid().brand("ConversationId");
export const MessageId = z.uuid().brand("MessageId");
export const NotificationId = z.uuid().brand("NotificationId");
/** One run of a research query. */
export const QueryId = z.uuid().brand("QueryId");
export const SavedQueryId = z.uuid().brand("SavedQueryId");

export type ClinicId = z.infer<typeof ClinicId>;
export type DepartmentId = z.infer<typeof DepartmentId>;
export type DoctorId = z.infer<typeof DoctorId>;
export type PatientId = z.infer<typeof PatientId>;
export type AppointmentId = z.infer<typeof AppointmentId>;
export type EncounterId = z.infer<typeof EncounterId>;
export type ObservationId = z.infer<typeof ObservationId>;
export type DiagnosisId = z.infer<typeof DiagnosisId>;
export type NoteId = z.infer<typeof NoteId>;
export type AllergyId = z.infer<typeof AllergyId>;
export type PatientConditionId = z.infer<typeof PatientConditionId>;
export type UserId = z.infer<typeof UserId>;
export type SessionId = z.infer<typeof SessionId>;
export type DeviceId = z.infer<typeof DeviceId>;
export type MedicalFileId = z.infer<typeof MedicalFileId>;

/** The letter prefix of each counted label. The Counter node's `name` is the label. */
export const ID_PREFIX = {
  Clinic: "C",
  Department: "DP",
  Doctor: "D",
  Patient: "P",
  Appointment: "A",
  Encounter: "E",
  Observation: "O",
  Diagnosis: "G",
  Note: "N",
  Allergy: "L",
  PatientCondition: "K",
  MedicalFile: "F",
} as const;

export type CountedLabel = keyof typeof ID_PREFIX;

/** The id of the `value`-th node of a label: `formatId("Patient", 123)` is `P000123`. */
export function formatId(label: CountedLabel, value: number): string {
  return `${ID_PREFIX[label]}${String(value).padStart(6, "0")}`;
}
