import type { UserViewer } from "@main/platform/request.ts";
import { addMinutes } from "@shared/model/slots.ts";
import type { Act } from "./act.ts";
import { SLOT_MINUTES } from "./calendar.ts";
import type { PlannedPatient } from "./people.ts";
import type { PlannedVisit } from "./visits.ts";

/** The people who act in the history, and the ids the clinic gave to what was planned. */
export interface Stage {
  act: Act;
  now: string;
  reception: UserViewer;
  /** By the doctor's index: who acts, and the Doctor node's id. */
  doctors: readonly { viewer: UserViewer; doctorId: string }[];
}

/** The desk has marked arrivals for the last three weeks; before that visits were begun from the booking. */
const ARRIVALS_SINCE_MINUTES = 21 * 24 * 60;

interface Booked {
  id: string;
  version: number;
}

/** A visit that has happened and is over. */
export interface LivedVisit {
  patientId: string;
  doctor: UserViewer;
  /** When it ended. */
  endedAt: string;
  code: string;
  observationIds: readonly string[];
}

/** Lets everything happen to one patient that was planned, in order of time. Answers the visits that are over. */
export async function livePatient(
  stage: Stage,
  patient: PlannedPatient,
  patientId: string,
  visits: readonly PlannedVisit[],
): Promise<LivedVisit[]> {
  let known = false;
  const lived: LivedVisit[] = [];
  for (const [number, visit] of visits.entries()) {
    const booked = await book(stage, visit, patientId, number);
    if (!known) await recordHistory(stage, patient, patientId, visit);
    known = true;
    const over = await goOn(stage, visit, booked, number);
    if (over) lived.push({ ...over, patientId });
  }
  return lived;
}

async function book({ act, reception, doctors }: Stage, visit: PlannedVisit, patientId: string, number: number): Promise<Booked> {
  const { bookedAt, startsAt, story } = visit;
  const doctorId = doctors[visit.doctor]?.doctorId ?? "";
  const key = `sample-${patientId}-${number}`;
  return act(reception, bookedAt, "scheduling", "bookAppointment", { patientId, doctorId, startsAt, reason: story.reason, key });
}

/** What the doctor asks a new patient: allergies and long-standing conditions. */
async function recordHistory({ act, doctors }: Stage, patient: PlannedPatient, patientId: string, visit: PlannedVisit): Promise<void> {
  const doctor = doctors[visit.doctor]?.viewer;
  if (!doctor) return;
  const at = addMinutes(visit.bookedAt, 10);
  if (patient.allergies?.length === 0) await act(doctor, at, "patients", "recordAllergy", { patientId, noneKnown: true });
  for (const allergy of patient.allergies ?? []) await act(doctor, at, "patients", "recordAllergy", { patientId, ...allergy });
  for (const code of patient.chronic) await act(doctor, at, "patients", "recordCondition", { patientId, code });
}

type OverVisit = Omit<LivedVisit, "patientId">;

async function goOn(stage: Stage, visit: PlannedVisit, booked: Booked, number: number): Promise<OverVisit | null> {
  const { act, reception, now } = stage;
  const reference = { appointmentId: booked.id, version: booked.version };
  const at = (minutes: number) => earlier(addMinutes(visit.startsAt, minutes), now);
  if (visit.status === "cancelled") {
    const when = addMinutes(visit.bookedAt, 45);
    await act(reception, earlier(when, at(-30)), "scheduling", "cancelAppointment", { ...reference, reason: "The patient called" });
  } else if (visit.status === "no-show") {
    await act(reception, at(SLOT_MINUTES), "scheduling", "markNoShow", reference);
  } else if (visit.status !== "booked") {
    const recent = visit.startsAt > addMinutes(now, -ARRIVALS_SINCE_MINUTES);
    if (recent) await act(reception, earlier(at(-8), addMinutes(now, -6)), "scheduling", "markArrived", reference);
    if (visit.status !== "arrived") return examine(stage, visit, booked.id, number);
  }
  return null;
}

async function examine(
  { act, doctors, now }: Stage,
  visit: PlannedVisit,
  appointmentId: string,
  number: number,
): Promise<OverVisit | null> {
  const doctor = doctors[visit.doctor]?.viewer;
  if (!doctor) return null;
  const open = visit.status === "in-progress";
  const begun = earlier(addMinutes(visit.startsAt, 1), addMinutes(now, open ? -5 : -SLOT_MINUTES));
  const key = (what: string) => `sample-${appointmentId}-${number}-${what}`;
  const encounter = await act(doctor, begun, "encounters", "startEncounter", { appointmentId, key: key("visit") });
  const encounterId = encounter.id;
  const observationIds: string[] = [];
  for (const [index, observation] of visit.observations.entries()) {
    const found = { encounterId, ...observation, key: key(`o${index}`) };
    observationIds.push((await act(doctor, addMinutes(begun, 3), "encounters", "recordObservation", found)).id);
  }
  const { complaint, examination, plan, code, provisional } = visit.story;
  if (open) {
    const sections = { complaint, examination, plan: "" };
    await act(doctor, addMinutes(begun, 4), "encounters", "saveDraft", { encounterId, sections, revision: 1 });
    return null;
  }
  const certainty = provisional ? "provisional" : "confirmed";
  await act(doctor, addMinutes(begun, 9), "encounters", "recordDiagnosis", { encounterId, code, certainty, key: key("diagnosis") });
  const sections = { complaint, examination, plan };
  await act(doctor, addMinutes(begun, 13), "encounters", "writeNote", { encounterId, sections, key: key("note") });
  const endedAt = addMinutes(begun, 15);
  await act(doctor, endedAt, "encounters", "completeEncounter", { encounterId, version: encounter.version });
  return { doctor, endedAt, code, observationIds };
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
