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

/**
 * Books inside the caller's transaction and answers the new appointment. The cells' uniqueness decides who gets a time:
 * nothing here looks first whether it is free. Throws UniqueViolation (Slot: taken; key: a twin of this command was
 * faster; codeKey: the drawn code is in use).
 */
export async function placeBooking(writer: Writer, ids: Ids, request: BookingRequest): Promise<store.AppointmentRow> {
  const { actor, patientId, doctorId, startsAt, now } = request;
  checkCell(startsAt);
  // First, since every booking queues on it: what is read after it cannot change until the commit.
  const id = request.moved?.id ?? (await nextId(writer, "Appointment"));
  const utcDay = startsAt.slice(0, 10);
  const [zone, doctorFound, patientFound, weekly, extra] = await Promise.all([
    store.timeZone(writer),
    store.findDoctor(writer, doctorId),
    store.findPatient(writer, patientId),
    store.listWeeklyHours(writer, doctorId),
    store.listExtraHours(writer, doctorId, addDays(utcDay, -1), addDays(utcDay, 1)),
  ]);
  const doctor = active(doctorFound, "doctorId");
  active(patientFound, "patientId");
  const wanted = { startsAt, endsAt: addMinutes(startsAt, request.minutes ?? doctor.slotMinutes) };
  if (!request.override) checkTime({ wanted, actor, now, zone, slotMinutes: doctor.slotMinutes, weekly, extra });
  if (actor.kind !== "staff") await checkUpcoming(writer, patientId, now);

  const keys = cellKeys({ ...wanted, doctorId, patientId });
  const taken = request.override ? await store.findOccupied(writer, keys) : new Set<string>();
  const day = clinicDay(startsAt, zone);
  const code = await freeCode(writer, ids, day);
  await writes.createAppointment(
    writer,
    { doctorId, patientId, now },
    {
      ...{ id, status: "booked", ...wanted, day, code, codeKey: `${day}|${code}`, key: request.key, reason: request.reason },
      ...{ bookedAt: now, bookedBy: actor.id, overlap: taken.size > 0, overrideReason: request.override?.reason ?? null },
      ...{ movedFrom: request.moved?.from ?? null, version: 1 },
    },
  );
  await writes.occupy(
    writer,
    id,
    keys.filter((key) => !taken.has(key)),
  );
  const booked = await store.findAppointment(writer, id);
  if (!booked) throw new AppError("internal", "What was just booked cannot be read.");
  return booked;
}

async function checkUpcoming(writer: Writer, patientId: string, now: string): Promise<void> {
  if ((await store.countUpcoming(writer, patientId, now)) < MAX_UPCOMING) return;
  throw new AppError("conflict", `At most ${MAX_UPCOMING} coming appointments: ask the desk for more.`, { field: "patientId" });
}

const DRAWS = 50;

async function freeCode(writer: Writer, ids: Ids, day: string): Promise<string> {
  for (let draw = 0; draw < DRAWS; draw++) {
    const code = ids.code(6);
    if (!(await store.findByCode(writer, `${day}|${code}`))) return code;
  }
  throw new AppError("conflict", "No check-in code is left for that day.", { field: "startsAt" });
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
