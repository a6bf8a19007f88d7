import { nextId } from "@main/data/graph/next-id.ts";
import { type GraphPort, type Reader, UniqueViolation, type Writer } from "@main/data/graph/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import { AppError } from "@shared/define.ts";
import { addMinutes } from "@shared/model/slots.ts";
import { type BookingRequest, placeBooking, RepeatedBooking, releaseBooking } from "./booking.ts";
import { type Actor, checkStep } from "./rules.ts";
import * as store from "./store.ts";

/** Where an appointment is to move. */
export interface MoveRequest {
  actor: Actor;
  appointmentId: string;
  version: number;
  startsAt: string;
  doctorId?: string;
  key: string;
  override?: { reason: string };
  now: string;
}

/** Booking and moving, each in one transaction with the answer of its first try for every retry. */
export function createBookingService({ graph, ids }: { graph: GraphPort; ids: Ids }) {
  return {
    book(request: BookingRequest): Promise<store.AppointmentRow> {
      return once(graph, request.override !== undefined, (writer) => placeBooking(writer, ids, request)).catch(async (error: unknown) => {
        if (!(error instanceof RepeatedBooking)) throw error;
        const earlier = await graph.read((reader) => firstAnswer(reader, request.key));
        if (!earlier || !sameBooking(earlier, request)) throw keyUsed();
        return earlier;
      });
    },

    /** Cancels and books in one transaction; answers the new appointment and, unless it is a retry, the one it came from. */
    move(request: MoveRequest): Promise<{ moved: store.AppointmentRow; from: store.AppointmentRow | null }> {
      return once(graph, request.override !== undefined, async (writer) => {
        const earlier = await firstAnswer(writer, request.key);
        if (!earlier) return moveBooking(writer, ids, request);
        const same = earlier.movedFrom === request.appointmentId && earlier.startsAt === request.startsAt;
        if (!same || (request.doctorId !== undefined && request.doctorId !== earlier.doctorId)) throw keyUsed();
        return { moved: earlier, from: null };
      });
    },
  };
}

export type BookingService = ReturnType<typeof createBookingService>;

async function moveBooking(writer: Writer, ids: Ids, request: MoveRequest) {
  const { actor, appointmentId, version, startsAt, key, override, now } = request;
  const from = await store.findAppointment(writer, appointmentId);
  if (!from) throw new AppError("not-found", "There is no such appointment.", { field: "appointmentId" });
  if (from.version !== version) throw new AppError("changed-meanwhile", "Someone changed it meanwhile.", { field: "version" });
  checkStep(from.status, "cancelled");
  if (actor.kind !== "staff") refuseBegun(from, now);
  const id = await nextId(writer, "Appointment");
  await releaseBooking(writer, from, { cancelledAt: now, cancelledBy: actor.id, movedTo: id });
  const doctorId = request.doctorId ?? from.doctorId;
  // The desk keeps a length it has chosen; a patient's slot is as long as the doctor's slots are.
  const keepsLength = actor.kind === "staff" && doctorId === from.doctorId;
  const minutes = keepsLength ? (Date.parse(from.endsAt) - Date.parse(from.startsAt)) / 60_000 : undefined;
  const target = { doctorId, startsAt, minutes, patientId: from.patientId, reason: from.reason };
  const moved = await placeBooking(writer, ids, { ...target, actor, key, override, now, moved: { from: from.id, id } });
  return { moved, from };
}

/** Patients change only what has not begun. */
export function refuseBegun(appointment: store.AppointmentRow, now: string): void {
  if (appointment.startsAt > now) return;
  throw new AppError("invalid-transition", "The appointment's time has come.", { field: "appointmentId" });
}

async function firstAnswer(reader: Reader, key: string) {
  const earlier = await store.findByKey(reader, key);
  const appointment = earlier && (await store.findAppointment(reader, earlier.id));
  return appointment ? { ...appointment, movedFrom: earlier.movedFrom } : null;
}

function sameBooking(earlier: store.AppointmentRow & { movedFrom: string | null }, request: BookingRequest): boolean {
  return (
    earlier.movedFrom === null &&
    earlier.patientId === request.patientId &&
    earlier.doctorId === request.doctorId &&
    earlier.startsAt === request.startsAt &&
    earlier.reason === request.reason &&
    (request.minutes === undefined || earlier.endsAt === addMinutes(earlier.startsAt, request.minutes))
  );
}

const keyUsed = () => new AppError("conflict", "This key has already made another booking.", { field: "key" });

const TRIES = 5;

/**
 * Runs the transaction and turns a lost race into its answer: a taken cell is `slot-taken`; a key or code taken in the
 * same moment runs it again, and so does a cell taken from under an override, which then steps around it.
 */
async function once<T>(graph: GraphPort, overrides: boolean, work: (writer: Writer) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await graph.write(work);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      if (error.label === "Slot" && !overrides) throw new AppError("slot-taken", "The time is taken.", { field: "startsAt" });
      if (attempt === TRIES) throw new AppError("conflict", "Too many others are booking: try again.");
    }
  }
}
