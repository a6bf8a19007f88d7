import { AppError } from "@shared/define.ts";
import {
  cellsOf,
  clinicDay,
  covers,
  type DayHours,
  type Interval,
  slotsOf,
  startsCell,
  type WeeklyHours,
  workingIntervals,
} from "@shared/model/slots.ts";
import type { AppointmentRow, Status } from "./store.ts";

/** Coming appointments that a patient may hold by themself; the desk may book more. */
export const MAX_UPCOMING = 5;

/** Who books or changes: decides which rules bend. */
export interface Actor {
  /** User or device id: part of the stored command key. */
  id: string;
  kind: "patient" | "staff" | "device";
}

/** Steps that scheduling makes; a visit makes the others. */
const STEPS: Partial<Record<Status, Status[]>> = { booked: ["arrived", "cancelled", "no-show"] };

export function checkStep(from: Status, to: Status): void {
  if (STEPS[from]?.includes(to)) return;
  throw new AppError("invalid-transition", `An appointment that is ${from} cannot become ${to}.`, { field: "appointmentId" });
}

/** The doctor or patient named by a field: there and active. */
export function active<T extends { active: boolean }>(found: T | null, field: "doctorId" | "patientId"): T {
  if (!found) throw new AppError("not-found", "There is no such entry.", { field });
  if (!found.active) throw new AppError("conflict", "The entry is not active.", { field });
  return found;
}

/** What time is asked for, and what decides whether it can be had. */
export interface WantedTime {
  wanted: Interval;
  actor: Actor;
  now: string;
  zone: string;
  slotMinutes: number;
  weekly: readonly WeeklyHours[];
  extra: readonly DayHours[];
}

/** The time lies ahead and in the doctor's hours; patients and kiosks take whole slots as they are listed. */
export function checkTime({ wanted, actor, now, zone, slotMinutes, weekly, extra }: WantedTime): void {
  checkCell(wanted.startsAt);
  const field = "startsAt";
  if (wanted.startsAt < now) throw new AppError("in-the-past", "The time has passed.", { field });
  const intervals = workingIntervals(clinicDay(wanted.startsAt, zone), weekly, extra, zone);
  if (!covers(intervals, wanted)) throw new AppError("outside-hours", "The doctor does not work then.", { field });
  if (actor.kind === "staff") return;
  const slots = slotsOf(intervals, slotMinutes);
  if (!slots.some((slot) => slot.startsAt === wanted.startsAt && slot.endsAt === wanted.endsAt)) {
    throw new AppError("invalid-input", "No slot of the doctor begins then.", { field });
  }
}

/** Appointments begin on full five minutes, whoever books them. */
export function checkCell(startsAt: string): void {
  if (!startsCell(startsAt)) throw new AppError("invalid-input", "Must be on a multiple of five minutes.", { field: "startsAt" });
}

/** Keys of the five-minute cells that an appointment takes of its doctor and of its patient. */
export function cellKeys({ doctorId, patientId, ...interval }: Interval & { doctorId: string; patientId: string }): string[] {
  const cells = cellsOf(interval);
  return [...cells.map((cell) => `${doctorId}|${cell}`), ...cells.map((cell) => `${patientId}|${cell}`)];
}

/** What everyone concerned may see of an appointment. */
export function appointmentView({
  day: _day,
  givenName: _given,
  familyName: _family,
  birthDate: _birth,
  sex: _sex,
  ...view
}: AppointmentRow) {
  return view;
}

/** What the day board shows; why somebody comes only to those who may read it. */
export function dayView(row: AppointmentRow, withReason: boolean) {
  const { givenName, familyName, birthDate, sex } = row;
  return { ...appointmentView(row), reason: withReason ? row.reason : null, patient: { givenName, familyName, birthDate, sex } };
}
