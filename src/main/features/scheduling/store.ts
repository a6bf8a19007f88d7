import countUpcomingText from "@cypher/scheduling/count-upcoming.cypher?raw";
import findByCodeText from "@cypher/scheduling/find-by-code.cypher?raw";
import findByKeyText from "@cypher/scheduling/find-by-key.cypher?raw";
import findOccupiedText from "@cypher/scheduling/find-occupied.cypher?raw";
import getBookingGroundText from "@cypher/scheduling/get-booking-ground.cypher?raw";
import getDoctorText from "@cypher/scheduling/get-doctor.cypher?raw";
import getPatientText from "@cypher/scheduling/get-patient.cypher?raw";
import getTimeZoneText from "@cypher/scheduling/get-time-zone.cypher?raw";
import listActiveDoctorsText from "@cypher/scheduling/list-active-doctors.cypher?raw";
import listAppointmentsText from "@cypher/scheduling/list-appointments.cypher?raw";
import listDayExtraHoursText from "@cypher/scheduling/list-day-extra-hours.cypher?raw";
import listDayIdsText from "@cypher/scheduling/list-day-ids.cypher?raw";
import listDayWeeklyHoursText from "@cypher/scheduling/list-day-weekly-hours.cypher?raw";
import listExtraHoursText from "@cypher/scheduling/list-extra-hours.cypher?raw";
import listOccupiedByText from "@cypher/scheduling/list-occupied-by.cypher?raw";
import listOverlappingText from "@cypher/scheduling/list-overlapping.cypher?raw";
import listPatientIdsText from "@cypher/scheduling/list-patient-ids.cypher?raw";
import listTakenText from "@cypher/scheduling/list-taken.cypher?raw";
import listWeeklyHoursText from "@cypher/scheduling/list-weekly-hours.cypher?raw";
import type { Params, Reader } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { AppointmentStatus } from "@shared/contract/scheduling.ts";
import type { DayHours, Interval, WeeklyHours } from "@shared/model/slots.ts";
import type { z } from "zod";

export type Status = z.infer<typeof AppointmentStatus>;

export interface DoctorRow {
  id: string;
  name: string;
  nameAr: string | null;
  slotMinutes: number;
  active: boolean;
  version: number;
}

/** How an appointment's doctor, department and patient are shown. */
export interface Named {
  doctorName: string;
  doctorNameAr: string | null;
  room: string | null;
  departmentName: string;
  departmentNameAr: string | null;
  givenName: string;
  familyName: string;
  birthDate: string;
  sex: string;
}

/** An appointment with its doctor, department, patient and visit. */
export interface AppointmentRow extends Interval, Named {
  id: string;
  status: Status;
  day: string;
  doctorId: string;
  patientId: string;
  reason: string | null;
  code: string;
  arrivedAt: string | null;
  overlap: boolean;
  encounterId: string | null;
  version: number;
}

/** An appointment as far as it takes time. */
export interface Occupant extends Interval {
  id: string;
  doctorId: string;
  patientId: string;
}

const statements = {
  timeZone: statement("scheduling/get-time-zone", getTimeZoneText),
  doctor: statement("scheduling/get-doctor", getDoctorText),
  activeDoctors: statement("scheduling/list-active-doctors", listActiveDoctorsText),
  patient: statement("scheduling/get-patient", getPatientText),
  bookingGround: statement("scheduling/get-booking-ground", getBookingGroundText),
  weeklyHours: statement("scheduling/list-weekly-hours", listWeeklyHoursText),
  extraHours: statement("scheduling/list-extra-hours", listExtraHoursText),
  dayWeeklyHours: statement("scheduling/list-day-weekly-hours", listDayWeeklyHoursText),
  dayExtraHours: statement("scheduling/list-day-extra-hours", listDayExtraHoursText),
  taken: statement("scheduling/list-taken", listTakenText),
  byKey: statement("scheduling/find-by-key", findByKeyText),
  byCode: statement("scheduling/find-by-code", findByCodeText),
  upcoming: statement("scheduling/count-upcoming", countUpcomingText),
  occupied: statement("scheduling/find-occupied", findOccupiedText),
  occupiedBy: statement("scheduling/list-occupied-by", listOccupiedByText),
  overlapping: statement("scheduling/list-overlapping", listOverlappingText),
  appointments: statement("scheduling/list-appointments", listAppointmentsText),
  dayIds: statement("scheduling/list-day-ids", listDayIdsText),
  patientIds: statement("scheduling/list-patient-ids", listPatientIdsText),
};

type Row<T> = T & Record<string, unknown>;

async function first<T>(reader: Reader, of: keyof typeof statements, params: Params): Promise<T | null> {
  const [row] = await reader.query<Row<T>>(statements[of], params);
  return row ?? null;
}

export async function timeZone(reader: Reader): Promise<string> {
  return (await first<{ timeZone: string }>(reader, "timeZone", {}))?.timeZone ?? "UTC";
}

export const findDoctor = (reader: Reader, doctorId: string) => first<DoctorRow>(reader, "doctor", { doctorId });

export const findPatient = (reader: Reader, patientId: string) => first<{ id: string; active: boolean }>(reader, "patient", { patientId });

/** All that decides a booking but the cells. `repeated`: the same command has booked before. */
export interface BookingGround extends Named {
  timeZone: string;
  slotMinutes: number;
  doctorActive: boolean;
  patientActive: boolean;
  weekly: WeeklyHours[];
  extra: DayHours[];
  repeated: boolean;
}

/** Null where there is no such doctor or no such patient. `from` and `to` are the days of the extra hours, both included. */
export const findBookingGround = (
  reader: Reader,
  booking: { doctorId: string; patientId: string; key: string; from: string; to: string },
) => first<BookingGround>(reader, "bookingGround", booking);

export function listActiveDoctors(reader: Reader, departmentId: string | null): Promise<DoctorRow[]> {
  return reader.query<Row<DoctorRow>>(statements.activeDoctors, { departmentId });
}

export function listWeeklyHours(reader: Reader, doctorId: string): Promise<WeeklyHours[]> {
  return reader.query<Row<WeeklyHours>>(statements.weeklyHours, { doctorId });
}

/** Extra hours on the days of a range, both ends included. */
export function listExtraHours(reader: Reader, doctorId: string, from: string, to: string): Promise<DayHours[]> {
  return reader.query<Row<DayHours>>(statements.extraHours, { doctorId, from, to });
}

/** What each active doctor (or one) works on a day, as it is written on the clinic's wall clock. */
export async function listHoursOfDay(reader: Reader, day: string, weekday: number, doctorId: string | null) {
  return {
    weekly: await reader.query<Row<WeeklyHours & { doctorId: string }>>(statements.dayWeeklyHours, { weekday, doctorId }),
    extra: await reader.query<Row<DayHours & { doctorId: string }>>(statements.dayExtraHours, { day, doctorId }),
  };
}

/** When a doctor is taken by appointments that begin on these clinic days. */
export function listTaken(reader: Reader, doctorId: string, days: string[]): Promise<Interval[]> {
  return reader.query<Row<Interval>>(statements.taken, { doctorId, days });
}

export const findByKey = (reader: Reader, key: string) => first<{ id: string; movedFrom: string | null }>(reader, "byKey", { key });

/** The appointment that a check-in code stands for on its day (`day|code`). */
export const findByCode = (reader: Reader, codeKey: string) =>
  first<{ id: string; patientId: string; status: Status; active: boolean }>(reader, "byCode", { codeKey });

export async function countUpcoming(reader: Reader, patientId: string, now: string): Promise<number> {
  return (await first<{ upcoming: number }>(reader, "upcoming", { patientId, now }))?.upcoming ?? 0;
}

/** Those of the cells that are occupied. */
export async function findOccupied(reader: Reader, keys: string[]): Promise<Set<string>> {
  const rows = await reader.query<{ key: string }>(statements.occupied, { keys });
  return new Set(rows.map((row) => row.key));
}

export async function listOccupiedBy(reader: Reader, appointmentId: string): Promise<string[]> {
  const rows = await reader.query<{ key: string }>(statements.occupiedBy, { appointmentId });
  return rows.map((row) => row.key);
}

/** Appointments of the same doctor or patient, begun on these days, that overlap this one. */
export function listOverlapping(
  reader: Reader,
  { id, doctorId, patientId, startsAt, endsAt }: Occupant,
  days: string[],
): Promise<Occupant[]> {
  return reader.query<Row<Occupant>>(statements.overlapping, { days, doctorId, patientId, startsAt, endsAt, except: id });
}

/** By time. */
export function listAppointments(reader: Reader, ids: string[]): Promise<AppointmentRow[]> {
  return ids.length === 0 ? Promise.resolve([]) : reader.query<Row<AppointmentRow>>(statements.appointments, { ids });
}

export async function findAppointment(reader: Reader, id: string): Promise<AppointmentRow | null> {
  return (await listAppointments(reader, [id]))[0] ?? null;
}

export async function listDay(reader: Reader, day: string, doctorId: string | null): Promise<AppointmentRow[]> {
  const rows = await reader.query<{ id: string }>(statements.dayIds, { day, doctorId });
  return listAppointments(
    reader,
    rows.map((row) => row.id),
  );
}

export async function listOfPatient(reader: Reader, patientId: string): Promise<AppointmentRow[]> {
  const rows = await reader.query<{ id: string }>(statements.patientIds, { patientId });
  return listAppointments(
    reader,
    rows.map((row) => row.id),
  );
}
