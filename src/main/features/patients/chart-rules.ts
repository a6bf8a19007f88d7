import { AppError } from "@shared/define.ts";
import { Temporal } from "temporal-polyfill";
import type { AllergyStatus, CarePaths, KeyedAllergy } from "./chart-store.ts";

const DAY_MS = 86_400_000;
/** The clinic's zone is at most a day from UTC, and a nurse's reach a day more. */
const REACH = [-2, -1, 0, 1, 2] as const;

/** The clinic's calendar day of an instant. */
export function dayIn(instant: string, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** Every day that may be yesterday, today or tomorrow in the clinic's zone, whichever that is. */
export function daysAround(now: string): string[] {
  return REACH.map((days) => new Date(Date.parse(now) + days * DAY_MS).toISOString().slice(0, 10));
}

/** A nurse sees who is being seen, and who has an appointment yesterday, today or tomorrow. */
export function nurseMay(paths: CarePaths, now: string): boolean {
  if (paths.openVisit) return true;
  const today = dayIn(now, paths.timeZone);
  const near = [today.subtract({ days: 1 }), today, today.add({ days: 1 })].map(String);
  return paths.appointmentDays.some((day) => near.includes(day));
}

/** Under which key spellings of a substance meet: without case, diacritics and doubled spaces. */
export function substanceKey(name: string): string {
  const folded = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
  return folded || name;
}

export const isActive = (allergy: KeyedAllergy) => allergy.voided === null;

/** What is known after a recording was voided: without any other it is as if nobody had asked. */
export function statusAfterVoid(left: readonly KeyedAllergy[]): AllergyStatus {
  return left.some(isActive) ? "recorded" : "not-asked";
}

/** `since` lies between the birth of the patient and today. Throws `invalid-input`. */
export function plausibleSince(since: string | null, birthDate: string, today: string): void {
  if (since === null) return;
  if (since > today) throw new AppError("invalid-input", "This day is still to come.", { field: "since" });
  if (since < birthDate) throw new AppError("invalid-input", "This day is before the patient's birth.", { field: "since" });
}

interface Seen {
  allergies: readonly KeyedAllergy[];
}

/** What this viewer may see: patients do not get what was recorded in error; how it came about is the clinic's matter. */
export function visibleAllergies({ allergies }: Seen, self: boolean): Omit<KeyedAllergy, "key">[] {
  return allergies.filter((allergy) => !self || isActive(allergy)).map(({ key: _key, ...allergy }) => allergy);
}
