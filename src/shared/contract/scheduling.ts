import { z } from "zod";
import { command, query } from "../define.ts";
import { AppointmentId, DoctorId, EncounterId, PatientId } from "../model/ids.ts";
import { CommandKey, line, Reason, Version } from "../model/text.ts";
import { Day, Instant, WallTime } from "../model/time.ts";

export const AppointmentStatus = z.enum(["booked", "arrived", "in-progress", "completed", "cancelled", "no-show"]);
export const Appointment = z.object({
  id: AppointmentId,
  status: AppointmentStatus,
  startsAt: Instant,
  endsAt: Instant,
  doctorId: DoctorId,
  doctorName: z.string(),
  doctorNameAr: z.string().nullable(),
  departmentName: z.string(),
  departmentNameAr: z.string().nullable(),
  room: z.string().nullable(),
  patientId: PatientId,
  reason: z.string().nullable(),
  /** Six digits with which the patient checks in at the kiosk on the day. */
  code: z.string(),
  arrivedAt: Instant.nullable(),
  /** True when it overlaps another on purpose. */
  overlap: z.boolean(),
  encounterId: EncounterId.nullable(),
  version: Version,
});
const DayPatient = z.object({ givenName: z.string(), familyName: z.string(), birthDate: Day, sex: z.string() });
export const DayAppointment = Appointment.extend({ patient: DayPatient });
export const FreeSlot = z.object({ startsAt: Instant, endsAt: Instant });
/** An interval of the clinic's wall clock; `weekday` 1 is Monday, 7 is Sunday (ISO-8601). */
export const WorkingInterval = z.object({ weekday: z.int().min(1).max(7), startsAt: WallTime, endsAt: WallTime });

const BOOKERS = ["patient", "reception", "doctor", "nurse"] as const;
const DESK = ["reception", "doctor", "nurse"] as const;
const override = z.object({ reason: Reason }).optional();

export const schedulingContract = {
  setWorkingHours: command({
    summary: "Set a doctor's weekly working hours in the clinic's zone",
    allow: ["admin", "reception", "doctor"],
    input: z.object({ doctorId: DoctorId, version: Version, hours: z.array(WorkingInterval).max(28) }),
    output: z.object({ version: Version, hours: z.array(WorkingInterval) }),
  }),
  getWorkingHours: query({
    summary: "A doctor's weekly working hours and the extra hours opened from today on",
    allow: ["admin", "reception", "doctor", "nurse"],
    input: z.object({ doctorId: DoctorId }),
    output: z.object({
      version: Version,
      hours: z.array(WorkingInterval),
      extra: z.array(z.object({ day: Day, startsAt: WallTime, endsAt: WallTime })),
    }),
  }),
  createSlots: command({
    summary: "Open extra hours of a doctor on one day, beyond the weekly hours",
    allow: ["admin", "reception", "doctor"],
    input: z.object({ doctorId: DoctorId, day: Day, startsAt: WallTime, endsAt: WallTime }),
    output: z.object({ items: z.array(FreeSlot) }),
  }),
  listFreeSlots: query({
    summary: "Free slots of a doctor on a day of the clinic's calendar, past ones left out",
    allow: BOOKERS,
    input: z.object({ doctorId: DoctorId, day: Day }),
    output: z.object({ items: z.array(FreeSlot) }),
  }),
  findNextFree: query({
    summary: "The next free slots of one doctor or of a department, soonest first, within 60 days",
    allow: BOOKERS,
    input: z.object({
      doctorId: DoctorId.optional(),
      departmentId: z.string().max(20).optional(),
      limit: z.int().min(1).max(20).optional(),
    }),
    output: z.object({
      items: z.array(FreeSlot.extend({ doctorId: DoctorId, doctorName: z.string(), doctorNameAr: z.string().nullable() })),
    }),
  }),
  bookAppointment: command({
    summary: "Book a slot; a retry with the same key answers the first booking",
    allow: BOOKERS,
    why: "override.reason",
    errors: ["slot-taken", "outside-hours", "in-the-past"],
    input: z.object({
      patientId: PatientId,
      doctorId: DoctorId,
      startsAt: Instant,
      /** Length; the doctor's usual length when left out. Only staff may choose. */
      minutes: z.int().min(5).max(480).multipleOf(5).optional(),
      reason: line(200).nullable().optional(),
      key: CommandKey,
      /** Staff only: overlap, outside hours or in the past on purpose. */
      override,
    }),
    output: Appointment,
  }),
  rescheduleAppointment: command({
    summary: "Move an appointment: cancel and book in one transaction; the id stays on the cancelled one",
    allow: BOOKERS,
    why: "override.reason",
    errors: ["slot-taken", "outside-hours", "in-the-past"],
    input: z.object({
      appointmentId: AppointmentId,
      version: Version,
      startsAt: Instant,
      doctorId: DoctorId.optional(),
      key: CommandKey,
      override,
    }),
    output: Appointment,
  }),
  cancelAppointment: command({
    summary: "Cancel a booked appointment and free its slot",
    allow: BOOKERS,
    input: z.object({ appointmentId: AppointmentId, version: Version, reason: line(200).nullable().optional() }),
    output: Appointment,
  }),
  markNoShow: command({
    summary: "The patient did not come",
    allow: DESK,
    input: z.object({ appointmentId: AppointmentId, version: Version }),
    output: Appointment,
  }),
  markArrived: command({
    summary: "The patient is here (desk)",
    allow: DESK,
    input: z.object({ appointmentId: AppointmentId, version: Version }),
    output: Appointment,
  }),
  listDay: query({
    summary: "Appointments of a clinic day, of one doctor or all, by time",
    allow: DESK,
    input: z.object({ day: Day, doctorId: DoctorId.optional() }),
    output: z.object({
      items: z.array(DayAppointment),
      /** Working intervals of each doctor on that day, as instants. */
      hours: z.array(z.object({ doctorId: DoctorId, startsAt: Instant, endsAt: Instant })),
    }),
  }),
  listMyAppointments: query({
    summary: "The signed-in patient's appointments: coming ones first, then past",
    allow: ["patient"],
    input: z.object({}),
    output: z.object({ upcoming: z.array(Appointment), past: z.array(Appointment) }),
  }),
};
