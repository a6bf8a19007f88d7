import { nextId } from "@main/data/graph/next-id.ts";
import type { Writer } from "@main/data/graph/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import { AppError } from "@shared/define.ts";
import { addDays, addMinutes, clinicDay } from "@shared/model/slots.ts";
import { type Actor, active, cellKeys, checkCell, checkTime, MAX_UPCOMING } from "./rules.ts";
import * as store from "./store.ts";
import * as writes from "./store-writes.ts";

/** What is to be booked, by whom. */
export interface BookingRequest {
  actor: Actor;
  patientId: string;
  doctorId: string;
  startsAt: string;
  /** The doctor's usual length when left out. */
  minutes?: number;
  reason: string | null;
  /** The client-made key with the actor's id before it. */
  key: string;
  override?: { reason: string };
  /** The appointment that moves here, and the id that it already names as its successor. */
  moved?: { from: string; id: string };
  now: string;
}

/** The same command has booked before: its first answer is the answer. Thrown so that nothing of the second try is kept. */
export class RepeatedBooking extends Error {}

/**
 * Books inside the caller's transaction and answers the new appointment. The cells' uniqueness decides who gets a time:
 * nothing here looks first whether it is free. Throws RepeatedBooking, and UniqueViolation (Slot: taken; key: a twin of this
 * command was faster; codeKey: the drawn code is in use).
 */
export async function placeBooking(writer: Writer, ids: Ids, request: BookingRequest): Promise<store.AppointmentRow> {
  const { actor, patientId, doctorId, startsAt, now } = request;
  checkCell(startsAt);
  // The id first, since every booking queues on it: what is read after it cannot change until the commit.
  const [id, ground] = await Promise.all([request.moved?.id ?? nextId(writer, "Appointment"), groundOf(writer, request)]);
  if (ground.repeated) throw new RepeatedBooking();
  const { timeZone: zone, slotMinutes, weekly, extra } = ground;
  const wanted = { startsAt, endsAt: addMinutes(startsAt, request.minutes ?? slotMinutes) };
  if (!request.override) checkTime({ wanted, actor, now, zone, slotMinutes, weekly, extra });
  if (actor.kind !== "staff") await checkUpcoming(writer, patientId, now);

  const cells = cellKeys({ ...wanted, doctorId, patientId });
  const taken = request.override ? await store.findOccupied(writer, cells) : new Set<string>();
  const keys = cells.filter((key) => !taken.has(key));
  const day = clinicDay(startsAt, zone);
  const code = ids.code(6);
  const booked = { id, status: "booked" as const, ...wanted, day, code, reason: request.reason, overlap: taken.size > 0, version: 1 };
  await writes.createAppointment(
    writer,
    { doctorId, patientId, now, keys },
    {
      ...{ ...booked, codeKey: `${day}|${code}`, key: request.key, bookedAt: now, bookedBy: actor.id },
      ...{ overrideReason: request.override?.reason ?? null, movedFrom: request.moved?.from ?? null },
    },
  );
  return { ...booked, ...namesOf(ground), doctorId, patientId, arrivedAt: null, encounterId: null };
}

/** What decides the booking. Throws for a doctor or patient who is missing or not active. */
async function groundOf(writer: Writer, { doctorId, patientId, key, startsAt }: BookingRequest): Promise<store.BookingGround> {
  const utcDay = startsAt.slice(0, 10);
  const around = { from: addDays(utcDay, -1), to: addDays(utcDay, 1) };
  const ground = await store.findBookingGround(writer, { doctorId, patientId, key, ...around });
  if (ground?.repeated) return ground;
  active(ground ? { active: ground.doctorActive } : await store.findDoctor(writer, doctorId), "doctorId");
  active(ground ? { active: ground.patientActive } : await store.findPatient(writer, patientId), "patientId");
  if (!ground) throw new AppError("internal", "The doctor is in no department of the clinic.");
  return ground;
}

function namesOf(ground: store.BookingGround): store.Named {
  const { doctorName, doctorNameAr, room, departmentName, departmentNameAr, givenName, familyName, birthDate, sex } = ground;
  return { doctorName, doctorNameAr, room, departmentName, departmentNameAr, givenName, familyName, birthDate, sex };
}

async function checkUpcoming(writer: Writer, patientId: string, now: string): Promise<void> {
  if ((await store.countUpcoming(writer, patientId, now)) < MAX_UPCOMING) return;
  throw new AppError("conflict", `At most ${MAX_UPCOMING} coming appointments: ask the desk for more.`, { field: "patientId" });
}

/**
 * Cancels inside the caller's transaction. Cells that it frees and that an overlapping appointment still needs pass to
 * that one: the cells of a doctor are always those of all their appointments together.
 */
export async function releaseBooking(writer: Writer, booking: store.AppointmentRow, changes: Record<string, string | null>): Promise<void> {
  const freed = await store.listOccupiedBy(writer, booking.id);
  const around = [addDays(booking.day, -1), booking.day, addDays(booking.day, 1)];
  const heirs = await store.listOverlapping(writer, booking, around);
  if (!(await writes.updateAppointment(writer, booking.id, booking.version, { status: "cancelled", ...changes }))) {
    throw new AppError("changed-meanwhile", "Someone changed the appointment meanwhile.", { field: "version" });
  }
  await writes.free(writer, booking.id);
  const left = new Set(freed);
  for (const heir of heirs) {
    const inherited = cellKeys(heir).filter((key) => left.delete(key));
    await writes.occupy(writer, heir.id, inherited);
  }
}
