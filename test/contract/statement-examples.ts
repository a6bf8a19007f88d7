import type { Params } from "@main/data/graph/port.ts";

/** Statements that find what a command with a key made: by the key of a node with that label, which only the clinic knows. */
export const BY_KEY: readonly (readonly [statement: string, label: string, parameter: "key" | "keys" | "keyStart"])[] = [
  ["encounters/find-diagnosis-by-key", "Diagnosis", "key"],
  ["encounters/find-encounter-by-key", "Encounter", "key"],
  ["encounters/find-note-by-key", "Note", "key"],
  ["encounters/find-last-own-note", "Note", "keyStart"],
  ["encounters/find-observation-by-key", "Observation", "key"],
  ["files/find-filed", "MedicalFile", "key"],
  ["files/list-kept", "MedicalFile", "keys"],
  ["scheduling/find-by-key", "Appointment", "key"],
];

/** Parameters for the statements that the routes of the matrix do not come to, about the clinic of the matrix. In this order. */
export const EXAMPLES: readonly (readonly [statement: string, params: Params])[] = [
  ["clinic/count-all-coming-appointments", { now: "2026-03-03T08:00:00.000Z" }],
  ["clinic/count-coming-appointments", { doctorId: "D000001", now: "2026-03-03T08:00:00.000Z" }],
  ["clinic/move-doctor", { doctorId: "D000002", departmentId: "DP000001" }],
  ...everyVersion("clinic/update-clinic", { changes: { phone: "+966 1 234", address: null } }),
  ...everyVersion("clinic/update-department", { departmentId: "DP000001", changes: { nameAr: "عام" } }),
  ...everyVersion("clinic/update-doctor", { doctorId: "D000001", changes: { specialty: "Family medicine", room: "12" } }),
  ["encounters/find-observation", { encounterId: "E000001", observationId: "O000001" }],
  ["encounters/mark-amended", { encounterId: "E000002" }],
  ["files/list-caring-doctors", { patientId: "P000001" }],
  ["patients/allergy-record", allergy()],
  ["patients/allergy-void", { ...ids(), at: "2026-03-03T09:00:00.000Z", by: "Doctor Mine", reason: "entered for somebody else" }],
  ["patients/count-doctor-roster", { doctorId: "D000001" }],
  ["patients/list-doctor-roster", { doctorId: "D000001", skip: 0, limit: 2 }],
  ["patients/list-doctor-roster", { doctorId: "D000001", skip: 1, limit: 2 }],
  ...everyVersion("patients/update-patient", patientChange()),
  ["patients/find-by-phone", { phoneKey: "966500001111" }],
  ["patients/find-by-national-id", { nationalKey: "n12345" }],
  ["patients/list-changed-patients", { change: 0 }],
  ...["matrix", "wn", "p00000", "p000001", "anoth", "966", "nobody"].map((word) => ["patients/scan-patients", scanFor(word)] as const),
  ["patients/scan-patients", scanFor("own", "matrix", "5000")],
  ["patients/scan-patients", { words: ["matrix"], limit: 1 }],
  ["scheduling/count-upcoming", { patientId: "P000001", now: "2026-03-03T08:00:00.000Z" }],
  ["scheduling/get-patient", { patientId: "P000001" }],
  ["scheduling/get-patient", { patientId: "P999999" }],
  ["scheduling/list-active-doctors", { departmentId: null }],
  ["scheduling/list-active-doctors", { departmentId: "DP000001" }],
  ["scheduling/list-overlapping", overlap()],
  ["scheduling/list-occupied-by", { appointmentId: "A000002" }],
  ["scheduling/free-slots", { appointmentId: "A000002" }],
  ["scheduling/occupy-slots", { appointmentId: "A000002", keys: ["D000001|2026-03-09T10:00:00.000Z", "D000001|2026-03-09T10:05:00.000Z"] }],
  ["scheduling/occupy-slots", { appointmentId: "A000003", keys: ["D000001|2026-03-09T10:05:00.000Z"] }],
  ["scheduling/find-occupied", { keys: ["D000001|2026-03-09T10:00:00.000Z", "D000001|2026-03-10T10:00:00.000Z"] }],
  ["staff/patient-exists", { id: "P000001" }],
  ["setup/count-sample", {}],
  ["setup/sample-missed-by-department", { since: "2026-01-01" }],
  ["setup/sample-patients-of-each-doctor", {}],
  ["setup/sample-severe-allergies", { severity: "mild" }],
  ["schema/find-migrations", {}],
  ["scheduling/list-day-extra-hours", { day: "2026-03-29", doctorId: null }],
  ["patients/condition-record", condition("E11", "Type 2 diabetes mellitus")],
  ["patients/condition-record", condition("J45", "Asthma")],
  ["encounters/set-appointment-status", { appointmentId: "A000001", status: "completed" }],
  ["encounters/set-appointment-status", { appointmentId: "A000003", status: "no-show" }],
  ["research/allergies-by-severity", { severity: "all" }],
  ["research/appointments-by-weekday", { since: "2026-01-01", status: "all" }],
  ["research/care-paths", { code: "I10", limit: 10 }],
  ["research/common-diagnoses", { certainty: "all", limit: 10 }],
  ["setup/sample-conditions-together", {}],
  ["research/conditions-together", { least: 1, limit: 10 }],
  ["research/high-pressure-without-follow-up", { systolic: 150, limit: 10 }],
  ["research/no-show-rate-by-doctor", { since: "2026-01-01" }],
  ["research/patients-by-region-and-age", { year: 2026 }],
  ["research/shared-patients", { limit: 10 }],
  ["research/who-treats-whom", { limit: 10 }],
  ["files/list-purgeable", { before: "2027-01-01T00:00:00.000Z", limit: 10 }],
  ["files/mark-purged", { fileId: "F000001", at: "2026-03-03T09:00:00.000Z" }],
  ["setup/remove-some-nodes", { limit: 10_000 }],
];

/** A change of what has a version, tried for each that it may have by now: those that miss it answer no row. */
function everyVersion(name: string, params: Params): [string, Params][] {
  return Array.from({ length: 9 }, (_, index) => [name, { ...params, version: index + 1 }]);
}

function ids(): Params {
  return { patientId: "P000001", allergyId: "L000900" };
}

function allergy(): Params {
  const known = { id: "L000900", severity: "severe", reaction: "hives", recordedAt: "2026-03-03T08:00:00.000Z", recordedBy: "Doctor Mine" };
  return { patientId: "P000001", key: "peanut", name: "Peanut", allergy: known };
}

function patientChange(): Params {
  const found = { phone: "+966 50 000 1111", phoneKey: "966500001111", nationalId: "N-12345", nationalKey: "n12345" };
  return { patientId: "P000001", changes: { ...found, searchKey: "own matrix 966500001111 n12345" }, changeNumber: 900 };
}

function scanFor(...words: string[]): Params {
  return { words, limit: 20 };
}

function overlap(): Params {
  const from = { startsAt: "2026-03-03T14:00:00.000Z", endsAt: "2026-03-03T16:00:00.000Z" };
  return { days: ["2026-03-03"], doctorId: "D000001", patientId: "P000001", ...from, except: "A999999" };
}

function condition(code: string, title: string): Params {
  const known = { id: `K0009${code}`, recordedAt: "2026-03-03T08:00:00.000Z", recordedBy: "Doctor Mine" };
  return { patientId: "P000001", code, title, condition: known };
}
