import type { GraphPort, Reader } from "@main/data/graph/port.ts";
import { addDays, clinicDay, freeSlots, type Interval, slotsOf, workingIntervals } from "@shared/model/slots.ts";
import { requireDoctor } from "./hours-service.ts";
import * as store from "./store.ts";

export interface DoctorSlot extends Interval {
  doctorId: string;
  doctorName: string;
  doctorNameAr: string | null;
}

/** How far ahead the next free slots are looked for, and how many days are read at a time. */
const HORIZON_DAYS = 60;
const STEP_DAYS = 6;

/** Slots that can still be booked. */
export function createFreeService(graph: GraphPort) {
  return {
    listFreeSlots: (doctorId: string, day: string, now: string): Promise<Interval[]> =>
      graph.read(async (reader) => {
        const doctor = await requireDoctor(reader, doctorId);
        return doctor.active ? slotsOnDays(reader, doctor, [day], now) : [];
      }),

    /** The soonest free slots of one doctor, or of the active doctors of a department or of the clinic. */
    findNextFree: (wish: { doctorId?: string; departmentId?: string; limit: number }, now: string): Promise<DoctorSlot[]> =>
      graph.read(async (reader) => {
        const doctors = wish.doctorId
          ? [await requireDoctor(reader, wish.doctorId)].filter((doctor) => doctor.active)
          : await store.listActiveDoctors(reader, wish.departmentId ?? null);
        const today = clinicDay(now, await store.timeZone(reader));
        const found: DoctorSlot[] = [];
        for (let ahead = 0; ahead <= HORIZON_DAYS && found.length < wish.limit; ahead += STEP_DAYS) {
          const days = Array.from({ length: Math.min(STEP_DAYS, HORIZON_DAYS + 1 - ahead) }, (_, index) => addDays(today, ahead + index));
          for (const doctor of doctors) {
            const slots = await slotsOnDays(reader, doctor, days, now);
            found.push(...slots.map((slot) => ({ ...slot, doctorId: doctor.id, doctorName: doctor.name, doctorNameAr: doctor.nameAr })));
          }
        }
        found.sort((a, b) => (a.startsAt === b.startsAt ? (a.doctorId < b.doctorId ? -1 : 1) : a.startsAt < b.startsAt ? -1 : 1));
        return found.slice(0, wish.limit);
      }),
  };
}

export type FreeService = ReturnType<typeof createFreeService>;

/** Free slots on consecutive days. An appointment of the evening before can reach into the first. */
async function slotsOnDays(reader: Reader, doctor: store.DoctorRow, days: string[], now: string): Promise<Interval[]> {
  const [from = "", to = from] = [days[0], days.at(-1)];
  const zone = await store.timeZone(reader);
  const weekly = await store.listWeeklyHours(reader, doctor.id);
  const extra = await store.listExtraHours(reader, doctor.id, from, to);
  const slots = days.flatMap((day) => slotsOf(workingIntervals(day, weekly, extra, zone), doctor.slotMinutes));
  if (slots.length === 0) return [];
  const taken = await store.listTaken(reader, doctor.id, [addDays(from, -1), ...days]);
  return freeSlots(slots, taken, now);
}
