import { z } from "zod";
import { command, query } from "../define.ts";
import { AppointmentId, DiagnosisId, DoctorId, EncounterId, NoteId, ObservationId, PatientId } from "../model/ids.ts";
import { CommandKey, line, prose, Reason, Version } from "../model/text.ts";
import { Instant } from "../model/time.ts";

const CARE = ["doctor", "nurse"] as const;
const NOTE_MAX = 20_000;

export const EncounterStatus = z.enum(["open", "completed", "amended"]);
export const DiagnosisView = z.object({
  id: DiagnosisId,
  observationId: ObservationId,
  encounterId: EncounterId,
  code: z.string(),
  title: z.string(),
  certainty: z.enum(["confirmed", "provisional"]),
  recordedAt: Instant,
  recordedBy: z.string(),
});
export const ObservationView = z.object({
  id: ObservationId,
  encounterId: EncounterId,
  /** What was observed: a LOINC code where known, else `finding`. */
  kind: z.string(),
  text: z.string().nullable(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  recordedAt: Instant,
  recordedBy: z.string(),
});
export const NoteText = z.object({
  id: NoteId,
  encounterId: EncounterId,
  /** Sections by name: complaint, examination, plan; free text. */
  sections: z.object({ complaint: prose(NOTE_MAX), examination: prose(NOTE_MAX), plan: prose(NOTE_MAX) }),
  kind: z.enum(["note", "amendment"]),
  reason: z.string().nullable(),
  writtenAt: Instant,
  writtenBy: z.string(),
});
const Sections = z.object({ complaint: prose(NOTE_MAX), examination: prose(NOTE_MAX), plan: prose(NOTE_MAX) });
export const EncounterSummary = z.object({
  id: EncounterId,
  patientId: PatientId,
  doctorId: DoctorId.nullable(),
  doctorName: z.string(),
  appointmentId: AppointmentId.nullable(),
  status: EncounterStatus,
  startedAt: Instant,
  completedAt: Instant.nullable(),
  reason: z.string().nullable(),
  diagnoses: z.array(z.object({ code: z.string(), title: z.string() })),
  observationCount: z.int(),
  noteCount: z.int(),
  version: Version,
});
const care = ["care-edge-required"] as const;

export const encountersContract = {
  startEncounter: command({
    summary: "Begin a visit: from an appointment, or a walk-in. An open one of the same appointment is answered again",
    allow: CARE,
    errors: care,
    input: z.union([
      z.object({ appointmentId: AppointmentId, key: CommandKey }),
      z.object({ patientId: PatientId, reason: line(200).nullable().optional(), key: CommandKey }),
    ]),
    output: EncounterSummary,
  }),
  saveDraft: command({
    summary: "Keep the unfinished note; the newest revision wins and an older one is refused with changed-meanwhile",
    allow: CARE,
    errors: care,
    perMinute: 1200,
    input: z.object({ encounterId: EncounterId, sections: Sections, revision: z.int().min(0) }),
    output: z.object({ revision: z.int(), savedAt: Instant }),
  }),
  getDraft: query({
    summary: "My unfinished note of a visit, if there is one",
    allow: CARE,
    errors: care,
    input: z.object({ encounterId: EncounterId }),
    output: z.object({ draft: z.object({ sections: Sections, revision: z.int(), savedAt: Instant }).nullable() }),
  }),
  recordObservation: command({
    summary: "Record what was found: a value with its unit, or words",
    allow: CARE,
    errors: care,
    input: z
      .object({
        encounterId: EncounterId,
        kind: line(60),
        text: prose(4000).nullable().optional(),
        value: z.number().min(-1e9).max(1e9).nullable().optional(),
        unit: line(20).nullable().optional(),
        key: CommandKey,
      })
      .refine((input) => (input.value !== null && input.value !== undefined) || !!input.text?.trim(), {
        message: "needs a value or words",
        path: ["text"],
      }),
    output: ObservationView,
  }),
  recordDiagnosis: command({
    summary: "Record a diagnosis by its ICD-10-CM code, from an observation or the visit as a whole",
    allow: ["doctor"],
    errors: care,
    input: z.object({
      encounterId: EncounterId,
      observationId: ObservationId.optional(),
      code: z.string().max(12),
      certainty: z.enum(["confirmed", "provisional"]).optional(),
      key: CommandKey,
    }),
    output: DiagnosisView,
  }),
  writeNote: command({
    summary: "Sign the note of an open visit; the draft is gone after it",
    allow: CARE,
    errors: care,
    input: z.object({ encounterId: EncounterId, sections: Sections, key: CommandKey }),
    output: NoteText,
  }),
  completeEncounter: command({
    summary: "End the visit and its appointment",
    allow: ["doctor"],
    errors: care,
    input: z.object({ encounterId: EncounterId, version: Version }),
    output: EncounterSummary,
  }),
  amendEncounter: command({
    summary: "Add an amendment to a completed visit; what stood stays",
    allow: ["doctor"],
    why: "reason",
    errors: care,
    input: z.object({ encounterId: EncounterId, version: Version, sections: Sections, reason: Reason, key: CommandKey }),
    output: NoteText,
  }),
  listEncounters: query({
    summary: "A patient's visits, newest first",
    allow: ["patient", ...CARE],
    audit: true,
    errors: care,
    input: z.object({ patientId: PatientId, page: z.int().min(1).max(100_000).optional(), pageSize: z.int().min(1).max(1000).optional() }),
    output: z.object({ items: z.array(EncounterSummary), total: z.int() }),
  }),
  getEncounter: query({
    summary: "One visit whole: observations, diagnoses, notes with amendments",
    allow: ["patient", ...CARE],
    audit: true,
    errors: care,
    input: z.object({ encounterId: EncounterId }),
    output: z.object({
      encounter: EncounterSummary,
      observations: z.array(ObservationView),
      diagnoses: z.array(DiagnosisView),
      notes: z.array(NoteText),
    }),
  }),
  searchConditions: query({
    summary: "Find ICD-10-CM codes by words or by the start of the code, offline",
    allow: CARE,
    input: z.object({ text: z.string().max(100), limit: z.int().min(1).max(50).optional() }),
    output: z.object({ items: z.array(z.object({ code: z.string(), title: z.string(), billable: z.boolean() })) }),
  }),
};
