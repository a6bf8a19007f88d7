import countDoctorRoster from "@cypher/patients/count-doctor-roster.cypher?raw";
import findByBirthDate from "@cypher/patients/find-by-birth-date.cypher?raw";
import findByNationalId from "@cypher/patients/find-by-national-id.cypher?raw";
import findByPhone from "@cypher/patients/find-by-phone.cypher?raw";
import directoryStateText from "@cypher/patients/get-directory-state.cypher?raw";
import getTimeZone from "@cypher/patients/get-time-zone.cypher?raw";
import listChangedText from "@cypher/patients/list-changed-patients.cypher?raw";
import listDoctorRoster from "@cypher/patients/list-doctor-roster.cypher?raw";
import listPatientsText from "@cypher/patients/list-patients.cypher?raw";
import pageDirectory from "@cypher/patients/page-directory.cypher?raw";
import registerPatient from "@cypher/patients/register-patient.cypher?raw";
import scanPatients from "@cypher/patients/scan-patients.cypher?raw";
import scanPatientsByIndex from "@cypher/patients/scan-patients.neo4j.cypher?raw";
import updatePatient from "@cypher/patients/update-patient.cypher?raw";
import { nextNumber } from "@main/data/graph/next-id.ts";
import type { Params, Reader, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { Patient } from "@shared/contract/patients.ts";
import type { z } from "zod";
import type { DirectoryEntry } from "./directory.ts";

export type PatientRow = z.input<typeof Patient>;

/** A patient as far as telling two registrations of one person needs it. */
export interface Likeness {
  id: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  active: boolean;
  phoneKey: string | null;
  nationalKey: string | null;
}

const statements = {
  register: statement("patients/register-patient", registerPatient),
  update: statement("patients/update-patient", updatePatient),
  list: statement("patients/list-patients", listPatientsText),
  byBirthDate: statement("patients/find-by-birth-date", findByBirthDate),
  byPhone: statement("patients/find-by-phone", findByPhone),
  byNationalId: statement("patients/find-by-national-id", findByNationalId),
  directoryPage: statement("patients/page-directory", pageDirectory),
  directoryState: statement("patients/get-directory-state", directoryStateText),
  changed: statement("patients/list-changed-patients", listChangedText),
  scan: statement("patients/scan-patients", scanPatients, { neo4j: scanPatientsByIndex }),
  doctorRoster: statement("patients/list-doctor-roster", listDoctorRoster),
  countDoctorRoster: statement("patients/count-doctor-roster", countDoctorRoster),
  timeZone: statement("patients/get-time-zone", getTimeZone),
};

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Particulars in the order of the ids; unknown ids are left out. */
export function listPatients(reader: Reader, ids: string[]): Promise<PatientRow[]> {
  return ids.length === 0 ? Promise.resolve([]) : reader.query(statements.list, { ids });
}

export async function findPatient(reader: Reader, patientId: string): Promise<PatientRow | null> {
  return (await listPatients(reader, [patientId]))[0] ?? null;
}

/** Everyone who shares the birth date, the phone or the identity number: the few among whom the same person can be. */
export async function findLikely(
  reader: Reader,
  keys: { birthDate: string; phoneKey: string | null; nationalKey: string | null },
): Promise<Likeness[]> {
  const { birthDate, phoneKey, nationalKey } = keys;
  const found = [
    ...(await reader.query<Likeness & Record<string, unknown>>(statements.byBirthDate, { birthDate })),
    ...(phoneKey ? await reader.query<Likeness & Record<string, unknown>>(statements.byPhone, { phoneKey }) : []),
    ...(nationalKey ? await reader.query<Likeness & Record<string, unknown>>(statements.byNationalId, { nationalKey }) : []),
  ];
  return [...new Map(found.map((patient) => [patient.id, patient])).values()];
}

export function findBornOn(reader: Reader, birthDate: string): Promise<Likeness[]> {
  return reader.query<Likeness & Record<string, unknown>>(statements.byBirthDate, { birthDate });
}

export function directoryPage(reader: Reader, ids: string[]): Promise<DirectoryEntry[]> {
  return reader.query<DirectoryEntry & Record<string, unknown>>(statements.directoryPage, { ids });
}

/** How far the patients have come: the number of the last registration and of the last change, and whose patients they are. */
export interface DirectoryState {
  last: number;
  change: number;
  clinic: string | null;
}

export async function directoryState(reader: Reader): Promise<DirectoryState> {
  const [row] = await reader.query<{ last: number | null; change: number | null; clinic: string | null }>(statements.directoryState);
  return { last: row?.last ?? 0, change: row?.change ?? 0, clinic: row?.clinic ?? null };
}

export function changedPatients(reader: Reader, change: number): Promise<DirectoryEntry[]> {
  return reader.query<DirectoryEntry & Record<string, unknown>>(statements.changed, { change });
}

export async function scanForWords(reader: Reader, words: string[], limit: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(statements.scan, { words, limit });
  return rows.map((row) => row.id);
}

export async function doctorRoster(
  reader: Reader,
  doctorId: string,
  skip: number,
  limit: number,
): Promise<{ ids: string[]; total: number }> {
  const rows = await reader.query<{ id: string }>(statements.doctorRoster, { doctorId, skip, limit });
  const [count] = await reader.query<{ total: number }>(statements.countDoctorRoster, { doctorId });
  return { ids: rows.map((row) => row.id), total: count?.total ?? 0 };
}

export async function findTimeZone(reader: Reader): Promise<string> {
  const [row] = await reader.query<{ timeZone: string }>(statements.timeZone);
  return row?.timeZone ?? "UTC";
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function registerPatientNode(writer: Writer, patient: Params): Promise<void> {
  await writer.execute(statements.register, { patient });
}

/** Answers whether a patient of that id and version was there. The change takes its number first: what waits for one waits here. */
export async function updatePatientNode(writer: Writer, patientId: string, version: number, changes: Params): Promise<boolean> {
  const changeNumber = await nextNumber(writer, "PatientChange");
  return (await writer.execute(statements.update, { patientId, version, changes, changeNumber })).length === 1;
}
