import { z } from "zod";
import { command, query } from "../define.ts";
import { AppointmentId, DoctorId } from "../model/ids.ts";
import { CommandKey } from "../model/text.ts";
import { Day, Instant } from "../model/time.ts";
import { AppointmentStatus, FreeSlot } from "./scheduling.ts";

const KIOSK = ["kiosk"] as const;
const Handle = z.string().max(100);
/** What the kiosk may show: no name, no reason, nothing of the record. */
const KioskAppointment = z.object({
  id: AppointmentId,
  status: AppointmentStatus,
  startsAt: Instant,
  endsAt: Instant,
  doctorName: z.string(),
  doctorNameAr: z.string().nullable(),
  departmentName: z.string(),
  departmentNameAr: z.string().nullable(),
  room: z.string().nullable(),
});

export const kioskContract = {
  identify: command({
    summary: "A handle good for two minutes from today's booking code, or birth date and name; the same answer for wrong and unknown",
    allow: KIOSK,
    perMinute: 30,
    errors: ["invalid-code"],
    input: z.union([
      z.object({ code: z.string().max(20) }),
      z.object({ birthDate: Day, familyName: z.string().max(100), givenName: z.string().max(100) }),
    ]),
    output: z.object({ handle: z.string(), expiresAt: Instant, today: z.array(KioskAppointment) }),
  }),
  checkIn: command({
    summary: "The identified patient is here for this appointment of today",
    allow: KIOSK,
    input: z.object({ handle: Handle, appointmentId: AppointmentId }),
    output: KioskAppointment,
  }),
  listFreeSlots: query({
    summary: "Free slots of a doctor on a day, for the identified patient",
    allow: KIOSK,
    input: z.object({ handle: Handle, doctorId: DoctorId, day: Day }),
    output: z.object({ items: z.array(FreeSlot) }),
  }),
  bookAppointment: command({
    summary: "Book a slot for the identified patient; answers the code for check-in",
    allow: KIOSK,
    errors: ["slot-taken", "outside-hours", "in-the-past"],
    input: z.object({ handle: Handle, doctorId: DoctorId, startsAt: Instant, key: CommandKey }),
    output: KioskAppointment.extend({ code: z.string() }),
  }),
};
