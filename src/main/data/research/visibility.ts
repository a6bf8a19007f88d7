/** How a property may be seen: as it is, as a pseudonym, only its year, or not at all. */
export type Visibility = "plain" | "pseudonym" | "year" | "hidden";

type Properties = Readonly<Record<string, Visibility>>;

const PLAIN = "plain";
const HIDDEN = "hidden";

/**
 * What a researcher who may not see identities sees of a node, by label. It is an allowlist: what is not listed, or is listed as
 * hidden, is not in their graph at all. Hidden is whatever names or reaches a person, whatever staff type freely, and keys of the
 * application. Patients are known by a pseudonym, the same wherever their id stands; the day of registration is kept to the year
 * because patient numbers are given in its order. Doctors, departments and the clinic keep their names.
 */
export const NODES: Readonly<Record<string, Properties>> = {
  Clinic: {
    ...{ id: PLAIN, name: PLAIN, timeZone: PLAIN, currency: PLAIN, languages: PLAIN, country: PLAIN, createdAt: PLAIN, version: PLAIN },
    ...{ phone: HIDDEN, address: HIDDEN, founderId: HIDDEN },
  },
  Department: { id: PLAIN, name: PLAIN, nameAr: PLAIN, active: PLAIN, version: PLAIN },
  Doctor: { id: PLAIN, name: PLAIN, nameAr: PLAIN, specialty: PLAIN, room: PLAIN, slotMinutes: PLAIN, active: PLAIN, version: PLAIN },
  WorkingHours: { weekday: PLAIN, startsAt: PLAIN, endsAt: PLAIN },
  ExtraHours: { day: PLAIN, startsAt: PLAIN, endsAt: PLAIN },
  Patient: {
    ...{ id: "pseudonym", birthDate: "year", registeredAt: "year" },
    ...{ sex: PLAIN, region: PLAIN, active: PLAIN, allergyStatus: PLAIN, version: PLAIN },
    ...{ givenName: HIDDEN, familyName: HIDDEN, phone: HIDDEN, email: HIDDEN, nationalId: HIDDEN, address: HIDDEN },
    ...{ searchKey: HIDDEN, sortKey: HIDDEN, phoneKey: HIDDEN, nationalKey: HIDDEN, changeNumber: HIDDEN },
  },
  Appointment: {
    ...{ id: PLAIN, status: PLAIN, startsAt: PLAIN, endsAt: PLAIN, day: PLAIN, bookedAt: PLAIN, arrivedAt: PLAIN, overlap: PLAIN },
    ...{ cancelledAt: PLAIN, movedTo: PLAIN, movedFrom: PLAIN, version: PLAIN },
    ...{ code: HIDDEN, codeKey: HIDDEN, key: HIDDEN, reason: HIDDEN, overrideReason: HIDDEN, cancelReason: HIDDEN },
    ...{ bookedBy: HIDDEN, cancelledBy: HIDDEN },
  },
  Encounter: {
    ...{ id: PLAIN, status: PLAIN, startedAt: PLAIN, completedAt: PLAIN, patientId: "pseudonym", doctorId: PLAIN, doctorName: PLAIN },
    ...{ version: PLAIN, reason: HIDDEN, key: HIDDEN },
  },
  Observation: {
    ...{ id: PLAIN, kind: PLAIN, value: PLAIN, unit: PLAIN, recordedAt: PLAIN },
    ...{ text: HIDDEN, recordedBy: HIDDEN, key: HIDDEN },
  },
  Diagnosis: { id: PLAIN, certainty: PLAIN, recordedAt: PLAIN, recordedBy: HIDDEN, key: HIDDEN },
  Condition: { code: PLAIN, title: PLAIN },
  Note: {
    ...{ id: PLAIN, kind: PLAIN, writtenAt: PLAIN },
    ...{ complaint: HIDDEN, examination: HIDDEN, plan: HIDDEN, reason: HIDDEN, writtenBy: HIDDEN, key: HIDDEN },
  },
  Substance: { key: PLAIN, name: PLAIN },
  MedicalFile: {
    ...{ id: PLAIN, filetype: PLAIN, filesize: PLAIN, uploaddate: PLAIN, width: PLAIN, height: PLAIN, voidedAt: PLAIN, purgedAt: PLAIN },
    ...{ filename: HIDDEN, description: HIDDEN, sha256: HIDDEN, blobId: HIDDEN, key: HIDDEN },
    ...{ uploadedBy: HIDDEN, uploadedById: HIDDEN, voidedBy: HIDDEN, voidReason: HIDDEN },
  },
};

/** The same of the relationships, by type. */
export const RELATIONSHIPS: Readonly<Record<string, Properties>> = {
  HAS_DEPARTMENT: {},
  HAS_DOCTOR: {},
  WORKS: {},
  OPENED: {},
  TREATS: { since: PLAIN },
  HAS_APPOINTMENT: {},
  HAS_ENCOUNTER: {},
  HAS_OBSERVATION: {},
  HAS_DIAGNOSIS: {},
  HAS_NOTE: {},
  OF: {},
  ALLERGIC_TO: {
    ...{ id: PLAIN, severity: PLAIN, recordedAt: PLAIN, voidedAt: PLAIN },
    ...{ reaction: HIDDEN, recordedBy: HIDDEN, voidedBy: HIDDEN, voidReason: HIDDEN },
  },
  HAS_CONDITION: { id: PLAIN, since: PLAIN, recordedAt: PLAIN, recordedBy: HIDDEN },
  HAS_FILE: { linkedAt: PLAIN, linkedBy: HIDDEN },
};

/** Labels and types that the application keeps for itself: counters, locks and its own history are in nobody's research graph. */
export const INTERNAL: ReadonlySet<string> = new Set(["Counter", "SchemaMigration", "Slot", "OCCUPIES"]);

/** How a researcher who may not see identities sees a property of a label or relationship type. */
export function visibilityOf(labelOrType: string, property: string): Visibility {
  return own(own(NODES, labelOrType) ?? own(RELATIONSHIPS, labelOrType) ?? {}, property) ?? "hidden";
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
