import { AppError } from "@shared/define.ts";
import { Temporal } from "temporal-polyfill";

export type EncounterStatus = "open" | "completed" | "amended";
export type EncounterStep = "record" | "write-note" | "complete" | "amend" | "draft";
export type AppointmentStatus = "booked" | "arrived" | "in-progress" | "completed" | "cancelled" | "no-show";

/** The life of a visit: what may be done in each state, and the state after it. What is not here is forbidden. */
export const ENCOUNTER_STEPS: Readonly<Record<EncounterStatus, Partial<Record<EncounterStep, EncounterStatus>>>> = {
  open: { record: "open", "write-note": "open", complete: "completed", draft: "open" },
  // An amendment is written like a note, so it has its draft too.
  completed: { amend: "amended", draft: "completed" },
  amended: { amend: "amended", draft: "amended" },
};

/** The state after a step. Throws `invalid-transition` for a step that this state does not allow. */
export function advance(status: EncounterStatus, step: EncounterStep): EncounterStatus {
  const next = ENCOUNTER_STEPS[status][step];
  if (!next) throw new AppError("invalid-transition", `A visit that is ${status} does not allow this.`);
  return next;
}

/** States in which a patient may read their own visit: what is unfinished may still be wrong. */
export const FINISHED: readonly EncounterStatus[] = ["completed", "amended"];
export const ANY_STATUS: readonly EncounterStatus[] = ["open", "completed", "amended"];

/** A visit begins from an appointment that has arrived, or that is booked for today. Throws `invalid-transition` otherwise. */
export function mayBegin(appointment: { status: AppointmentStatus; day: string; timeZone: string }, now: string): void {
  if (appointment.status === "arrived") return;
  if (appointment.status === "booked" && appointment.day === dayOf(now, appointment.timeZone)) return;
  throw new AppError("invalid-transition", `A visit cannot begin from an appointment that is ${appointment.status} for this day.`);
}

/** The clinic's calendar day of an instant. */
export function dayOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The version the caller read must be the current one. */
export function atVersion(current: number, read: number): void {
  if (current !== read) throw new AppError("changed-meanwhile", "The visit has changed meanwhile.", { field: "version" });
}

export interface Sections {
  complaint: string;
  examination: string;
  plan: string;
}

/** A note says something. */
export function notEmpty(sections: Sections): void {
  if (!`${sections.complaint}${sections.examination}${sections.plan}`.trim()) {
    throw new AppError("invalid-input", "The note is empty.", { field: "sections" });
  }
}

export function sameSections(one: Sections, other: Sections): boolean {
  return one.complaint === other.complaint && one.examination === other.examination && one.plan === other.plan;
}

/** A retry of a command says the same as the first call; a key used for something else is a mistake of the client. */
export function sameSubject(same: boolean): void {
  if (!same) throw new AppError("conflict", "This key was used for something else.", { field: "key" });
}

/** The kind of the observation that carries the diagnoses of a visit as a whole. It says nothing itself and is not shown. */
export const CARRIER_KIND = "assessment";
/** Its key: one a visit. Clients' keys begin with a user id and cannot collide with it. */
export const carrierKey = (encounterId: string) => `${CARRIER_KIND}|${encounterId}`;

/** What this viewer may see of a visit's observations: all but the carrier of diagnoses. */
export function isFinding(observation: { key: string; encounterId: string }): boolean {
  return observation.key !== carrierKey(observation.encounterId);
}
