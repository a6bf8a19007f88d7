import { z } from "zod";
import { command, query } from "../define.ts";
import { AllergyId, DoctorId, PatientConditionId, PatientId } from "../model/ids.ts";
import { line, Reason, Version } from "../model/text.ts";
import { Day, Instant } from "../model/time.ts";
import { EncounterSummary, NoteText, ObservationView } from "./encounters.ts";
import { MedicalFile } from "./files.ts";
import { Appointment } from "./scheduling.ts";

/** FHIR administrative gender. */
export const Sex = z.enum(["female", "male", "other", "unknown"]);

/** A phone number as people write it: at least four digits of any script. */
export const Phone = line(40).refine((text) => (text.match(/\p{Nd}/gu) ?? []).length >= 4, "needs at least 4 digits");
const PatientFields = {
  givenName: line(100),
  familyName: line(100),
  birthDate: Day,
  sex: Sex,
  phone: Phone.nullable().optional(),
  email: z.email().max(200).nullable().optional(),
  nationalId: line(40).nullable().optional(),
  /** Where the patient lives: the partitioning key of the vitals. */
  region: line(80).nullable().optional(),
  address: line(300).nullable().optional(),
};

export const Patient = z.object({
  id: PatientId,
  givenName: z.string(),
  familyName: z.string(),
  birthDate: Day,
  sex: Sex,
  phone: z.string().nullable(),
  email: z.string().nullable(),
  nationalId: z.string().nullable(),
  region: z.string().nullable(),
  address: z.string().nullable(),
  active: z.boolean(),
  /** `not-asked` is not the same as `none-known`. */
  allergyStatus: z.enum(["not-asked", "none-known", "recorded"]),
  version: Version,
});
export const PatientSummary = z.object({
  id: PatientId,
  givenName: z.string(),
  familyName: z.string(),
  birthDate: Day,
  sex: Sex,
  phone: z.string().nullable(),
  active: z.boolean(),
});
export const Severity = z.enum(["mild", "moderate", "severe"]);
export const Allergy = z.object({
  id: AllergyId,
  substance: z.string(),
  severity: Severity,
  reaction: z.string().nullable(),
  recordedAt: Instant,
  voided: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
});
export const PatientCondition = z.object({
  id: PatientConditionId,
  code: z.string(),
  title: z.string(),
  since: Day.nullable(),
  recordedAt: Instant,
});

const DESK = ["reception", "admin", "doctor", "nurse"] as const;
const CARE = ["doctor", "nurse"] as const;

export const patientsContract = {
  register: command({
    summary: "Register a patient; answers possible-duplicate unless confirmed",
    allow: ["reception", "doctor", "nurse"],
    errors: ["possible-duplicate"],
    input: z.object({ ...PatientFields, confirmNotDuplicate: z.boolean().optional() }),
    output: Patient,
  }),
  update: command({
    summary: "Change a patient's particulars, or deactivate them",
    allow: ["reception", "doctor", "nurse"],
    input: z.object({
      patientId: PatientId,
      version: Version,
      active: z.boolean().optional(),
      givenName: PatientFields.givenName.optional(),
      familyName: PatientFields.familyName.optional(),
      birthDate: Day.optional(),
      sex: Sex.optional(),
      phone: PatientFields.phone,
      email: PatientFields.email,
      nationalId: PatientFields.nationalId,
      region: PatientFields.region,
      address: PatientFields.address,
    }),
    output: Patient,
  }),
  get: query({
    summary: "A patient's particulars; a patient gets only their own",
    allow: ["patient", "reception", "doctor", "nurse"],
    input: z.object({ patientId: PatientId }),
    output: Patient,
  }),
  search: query({
    summary: "Find patients by any part of a name in any order, with a typo, in Arabic or Latin letters, by phone or id",
    allow: DESK.filter((role) => role !== "admin"),
    input: z.object({ text: z.string().max(200), limit: z.int().min(1).max(50).optional() }),
    output: z.object({ items: z.array(PatientSummary) }),
  }),
  findDuplicates: query({
    summary: "Patients who may be the same person as these particulars, likeliest first",
    allow: ["reception", "doctor", "nurse"],
    input: z.object({
      givenName: line(100),
      familyName: line(100),
      birthDate: Day,
      phone: z.string().max(40).nullable().optional(),
      nationalId: z.string().max(40).nullable().optional(),
    }),
    output: z.object({
      items: z.array(
        PatientSummary.extend({
          reasons: z.array(z.enum(["national-id", "name-and-birth-date", "similar-name-and-birth-date", "phone-and-name"])),
        }),
      ),
    }),
  }),
  getChart: query({
    summary: "The chart: particulars, allergies, conditions and the first page of the timeline, newest first",
    allow: ["patient", "doctor", "nurse"],
    audit: true,
    errors: ["care-edge-required"],
    input: z.object({ patientId: PatientId, page: z.int().min(1).max(100_000).optional(), pageSize: z.int().min(1).max(1000).optional() }),
    output: z.object({
      patient: Patient,
      allergies: z.array(Allergy),
      conditions: z.array(PatientCondition),
      encounters: z.array(EncounterSummary),
      encounterTotal: z.int(),
      observations: z.array(ObservationView),
      notes: z.array(NoteText),
      appointments: z.array(Appointment),
      prescriptions: z.array(z.object({ id: z.string() })),
      labs: z.array(z.object({ id: z.string() })),
      /** Those that are not voided, newest first. */
      files: z.array(MedicalFile),
      /** True when this viewer is here by break-glass. */
      breakGlass: z.boolean(),
    }),
  }),
  listRoster: query({
    summary: "Patients by family name, of one doctor or all",
    allow: ["reception", "doctor", "nurse"],
    input: z.object({
      doctorId: DoctorId.optional(),
      page: z.int().min(1).max(100_000).optional(),
      pageSize: z.int().min(1).max(1000).optional(),
    }),
    output: z.object({ items: z.array(PatientSummary), total: z.int() }),
  }),
  issueInvitation: command({
    summary: "A code with which the patient makes their account, good for 7 days; replaces an earlier one",
    allow: ["reception"],
    input: z.object({ patientId: PatientId }),
    output: z.object({ code: z.string(), expiresAt: Instant }),
  }),
  recordAllergy: command({
    summary: "Record an allergy, or that none are known",
    allow: CARE,
    errors: ["care-edge-required"],
    input: z.object({
      patientId: PatientId,
      noneKnown: z.boolean().optional(),
      substance: line(120).optional(),
      severity: Severity.optional(),
      reaction: line(200).nullable().optional(),
    }),
    output: z.object({ allergyStatus: z.enum(["none-known", "recorded"]), allergies: z.array(Allergy) }),
  }),
  voidAllergy: command({
    summary: "Void an allergy recorded in error; it stays visible with who, when and why",
    allow: CARE,
    why: "reason",
    errors: ["care-edge-required"],
    input: z.object({ patientId: PatientId, allergyId: AllergyId, reason: Reason }),
    output: z.object({ allergies: z.array(Allergy) }),
  }),
  recordCondition: command({
    summary: "Add a long-standing condition to the problem list by its ICD-10-CM code",
    allow: CARE,
    errors: ["care-edge-required"],
    input: z.object({ patientId: PatientId, code: z.string().max(12), since: Day.nullable().optional() }),
    output: PatientCondition,
  }),
  breakGlass: command({
    summary: "Open a chart without a care edge, for 60 minutes, with a reason that the admin sees",
    allow: CARE,
    why: "reason",
    perMinute: 30,
    input: z.object({ patientId: PatientId, reason: Reason }),
    output: z.object({ expiresAt: Instant }),
  }),
};
