import countEncountersText from "@cypher/encounters/count-encounters.cypher?raw";
import findAppointmentText from "@cypher/encounters/find-appointment.cypher?raw";
import findDiagnosisByKeyText from "@cypher/encounters/find-diagnosis-by-key.cypher?raw";
import findDoctorText from "@cypher/encounters/find-doctor.cypher?raw";
import findEncounterText from "@cypher/encounters/find-encounter.cypher?raw";
import findEncounterByKeyText from "@cypher/encounters/find-encounter-by-key.cypher?raw";
import findLastOwnNoteText from "@cypher/encounters/find-last-own-note.cypher?raw";
import findNoteByKeyText from "@cypher/encounters/find-note-by-key.cypher?raw";
import findObservationText from "@cypher/encounters/find-observation.cypher?raw";
import findObservationByKeyText from "@cypher/encounters/find-observation-by-key.cypher?raw";
import listDiagnosesText from "@cypher/encounters/list-diagnoses.cypher?raw";
import listEncounterIdsText from "@cypher/encounters/list-encounter-ids.cypher?raw";
import listNotesText from "@cypher/encounters/list-notes.cypher?raw";
import listObservationsText from "@cypher/encounters/list-observations.cypher?raw";
import summarizeEncountersText from "@cypher/encounters/summarize-encounters.cypher?raw";
import type { Reader, Statement } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { DiagnosisView, NoteText, ObservationView } from "@shared/contract/encounters.ts";
import type { z } from "zod";
import type { EncounterStatus } from "./rules.ts";

export type Diagnosis = z.input<typeof DiagnosisView>;
export type Observation = z.input<typeof ObservationView>;
export type Note = z.input<typeof NoteText>;

/** Where a visit stands. */
export interface EncounterHead {
  id: string;
  patientId: string;
  status: EncounterStatus;
  version: number;
}
/** A visit without what was found in it. */
export interface EncounterRow extends EncounterHead {
  doctorId: string | null;
  doctorName: string;
  appointmentId: string | null;
  startedAt: string;
  completedAt: string | null;
  reason: string | null;
}
export type ObservationRow = Observation & { key: string };
type NoteRow = Omit<Note, "sections"> & { complaint: string; examination: string; plan: string };

const statements = {
  countEncounters: statement("encounters/count-encounters", countEncountersText),
  findAppointment: statement("encounters/find-appointment", findAppointmentText),
  findDiagnosisByKey: statement("encounters/find-diagnosis-by-key", findDiagnosisByKeyText),
  findDoctor: statement("encounters/find-doctor", findDoctorText),
  findEncounter: statement("encounters/find-encounter", findEncounterText),
  findEncounterByKey: statement("encounters/find-encounter-by-key", findEncounterByKeyText),
  findLastOwnNote: statement("encounters/find-last-own-note", findLastOwnNoteText),
  findNoteByKey: statement("encounters/find-note-by-key", findNoteByKeyText),
  findObservation: statement("encounters/find-observation", findObservationText),
  findObservationByKey: statement("encounters/find-observation-by-key", findObservationByKeyText),
  listDiagnoses: statement("encounters/list-diagnoses", listDiagnosesText),
  listEncounterIds: statement("encounters/list-encounter-ids", listEncounterIdsText),
  listNotes: statement("encounters/list-notes", listNotesText),
  listObservations: statement("encounters/list-observations", listObservationsText),
  summarizeEncounters: statement("encounters/summarize-encounters", summarizeEncountersText),
};

async function first<Row extends object>(reader: Reader, asked: Statement, params: Parameters<Reader["query"]>[1]): Promise<Row | null> {
  const [row] = await reader.query<Row & Record<string, unknown>>(asked, params);
  return row ?? null;
}

const toNote = ({ complaint, examination, plan, ...row }: NoteRow): Note => ({ ...row, sections: { complaint, examination, plan } });

// ── One thing ────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function findAppointmentPatient(reader: Reader, appointmentId: string): Promise<string | null> {
  return (await first<{ patientId: string }>(reader, statements.findAppointment, { appointmentId }))?.patientId ?? null;
}

export const findEncounter = (reader: Reader, encounterId: string) =>
  first<EncounterHead>(reader, statements.findEncounter, { encounterId });

export const findDoctor = (reader: Reader, doctorId: string) =>
  first<{ id: string; name: string }>(reader, statements.findDoctor, { doctorId });

export const findEncounterByKey = (reader: Reader, key: string) =>
  first<{ id: string; patientId: string; appointmentIds: string[] }>(reader, statements.findEncounterByKey, { key });

export const findObservationByKey = (reader: Reader, key: string) =>
  first<ObservationRow>(reader, statements.findObservationByKey, { key });

export const findDiagnosisByKey = (reader: Reader, key: string) => first<Diagnosis>(reader, statements.findDiagnosisByKey, { key });

export async function hasObservation(reader: Reader, encounterId: string, observationId: string): Promise<boolean> {
  return (await first(reader, statements.findObservation, { encounterId, observationId })) !== null;
}

export async function findNoteByKey(reader: Reader, key: string): Promise<Note | null> {
  const row = await first<NoteRow>(reader, statements.findNoteByKey, { key });
  return row && toNote(row);
}

/** The newest note of one author in a visit. */
export const findLastOwnNote = (reader: Reader, encounterId: string, userId: string) =>
  first<{ complaint: string; examination: string; plan: string; writtenAt: string }>(reader, statements.findLastOwnNote, {
    encounterId,
    keyStart: `${userId}|`,
  });

// ── Many ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Ids of one page of a patient's visits, newest first. */
export async function listEncounterIds(
  reader: Reader,
  patientId: string,
  statuses: readonly EncounterStatus[],
  { skip, limit }: { skip: number; limit: number },
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(statements.listEncounterIds, { patientId, statuses: [...statuses], skip, limit });
  return rows.map((row) => row.id);
}

export async function countEncounters(reader: Reader, patientId: string, statuses: readonly EncounterStatus[]): Promise<number> {
  const [row] = await reader.query<{ total: number }>(statements.countEncounters, { patientId, statuses: [...statuses] });
  return row?.total ?? 0;
}

/** The visits in the order of the ids. */
export async function summarize(reader: Reader, ids: readonly string[]): Promise<EncounterRow[]> {
  type Row = Omit<EncounterRow, "appointmentId"> & { appointmentIds: string[] };
  const rows = await reader.query<Row>(statements.summarizeEncounters, { ids: [...ids] });
  const byId = new Map(rows.map(({ appointmentIds, ...row }) => [row.id, { ...row, appointmentId: appointmentIds[0] ?? null }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export const listObservations = (reader: Reader, ids: readonly string[]) =>
  reader.query<ObservationRow>(statements.listObservations, { ids: [...ids] });

export const listDiagnoses = (reader: Reader, ids: readonly string[]) =>
  reader.query<Diagnosis>(statements.listDiagnoses, { ids: [...ids] });

export async function listNotes(reader: Reader, ids: readonly string[]): Promise<Note[]> {
  return (await reader.query<NoteRow>(statements.listNotes, { ids: [...ids] })).map(toNote);
}
