import type { GraphPort, Reader } from "@main/data/graph/port.ts";
import { AppError } from "@shared/define.ts";
import {
  clinicDay,
  type DayHours,
  freeSlots,
  type Interval,
  onDay,
  overlaps,
  problemOfHours,
  problemOfInterval,
  slotsOf,
  type WeeklyHours,
  workingIntervals,
} from "@shared/model/slots.ts";
import * as store from "./store.ts";
import * as writes from "./store-writes.ts";

const LAST_DAY = "9999-12-31";

/** When doctors work: weekly hours, and extra hours opened for one day. */
export function createHoursService(graph: GraphPort) {
  return {
    async setWorkingHours(doctorId: string, version: number, hours: WeeklyHours[]): Promise<{ version: number; hours: WeeklyHours[] }> {
      const problem = problemOfHours(hours);
      if (problem) throw invalid(problem.message, `hours.${problem.index}.${problem.part}`);
      return graph.write(async (writer) => {
        const advanced = await writes.advanceDoctor(writer, doctorId, version);
        await requireDoctor(writer, doctorId);
        if (!advanced) throw new AppError("changed-meanwhile", "Someone changed the doctor meanwhile.", { field: "version" });
        await writes.replaceWeeklyHours(writer, doctorId, hours);
        return { version: version + 1, hours: await store.listWeeklyHours(writer, doctorId) };
      });
    },

    getWorkingHours: (doctorId: string, now: string) =>
      graph.read(async (reader) => {
        const { version } = await requireDoctor(reader, doctorId);
        const today = clinicDay(now, await store.timeZone(reader));
        const hours = await store.listWeeklyHours(reader, doctorId);
        return { version, hours, extra: await store.listExtraHours(reader, doctorId, today, LAST_DAY) };
      }),

    /** Opens extra hours and answers the slots they add. */
    openExtra(doctorId: string, hours: DayHours, now: string): Promise<Interval[]> {
      const problem = problemOfInterval(hours);
      if (problem) throw invalid(problem.message, problem.part);
      return graph.write(async (writer) => {
        await writes.holdDoctor(writer, doctorId);
        const doctor = await requireDoctor(writer, doctorId);
        if (!doctor.active) throw new AppError("conflict", "The doctor is not active.", { field: "doctorId" });
        const zone = await store.timeZone(writer);
        const opened = onDay(hours, zone);
        if (!opened) throw invalid("does not exist on that day", "startsAt");
        if (opened.endsAt <= now) throw invalid("lies in the past", "day");
        const weekly = await store.listWeeklyHours(writer, doctorId);
        const extra = await store.listExtraHours(writer, doctorId, hours.day, hours.day);
        if (workingIntervals(hours.day, weekly, extra, zone).some((interval) => overlaps(interval, opened))) {
          throw new AppError("conflict", "The doctor already works then.", { field: "startsAt" });
        }
        await writes.openExtraHours(writer, doctorId, hours);
        const taken = await store.listTaken(writer, doctorId, [hours.day]);
        return freeSlots(slotsOf([opened], doctor.slotMinutes), taken, now);
      });
    },
  };
}

export type HoursService = ReturnType<typeof createHoursService>;

/** The doctor of that id; throws `not-found`. */
export async function requireDoctor(reader: Reader, doctorId: string): Promise<store.DoctorRow> {
  const doctor = await store.findDoctor(reader, doctorId);
  if (!doctor) throw new AppError("not-found", "There is no such doctor.", { field: "doctorId" });
  return doctor;
}

const invalid = (message: string, field: string) => new AppError("invalid-input", message, { field });
