import type { GraphPort } from "@main/data/graph/port.ts";
import { type Interval, weekdayOf, workingIntervals } from "@shared/model/slots.ts";
import { requireDoctor } from "./hours-service.ts";
import * as store from "./store.ts";

const COMING = ["booked", "arrived", "in-progress"];

/** The day board and a patient's own list. */
export function createListsService(graph: GraphPort) {
  return {
    listDay: (day: string, doctorId: string | null) =>
      graph.read(async (reader) => {
        if (doctorId !== null) await requireDoctor(reader, doctorId);
        const zone = await store.timeZone(reader);
        const { weekly, extra } = await store.listHoursOfDay(reader, day, weekdayOf(day), doctorId);
        const doctors = [...new Set([...weekly, ...extra].map((hours) => hours.doctorId))].sort();
        const hours = doctors.flatMap((id) => {
          const own = (interval: { doctorId: string }) => interval.doctorId === id;
          return workingIntervals(day, weekly.filter(own), extra.filter(own), zone).map((interval: Interval) => ({
            doctorId: id,
            ...interval,
          }));
        });
        return { appointments: await store.listDay(reader, day, doctorId), hours };
      }),

    /** Coming ones soonest first, then past and cancelled ones latest first. */
    async listOfPatient(patientId: string, now: string) {
      const all = await graph.read((reader) => store.listOfPatient(reader, patientId));
      const comes = (appointment: store.AppointmentRow) => COMING.includes(appointment.status) && appointment.endsAt > now;
      return { upcoming: all.filter(comes), past: all.filter((appointment) => !comes(appointment)).reverse() };
    },

    /** A patient's appointments of a clinic day that were not cancelled, by time. */
    listOfPatientOn: (patientId: string, day: string) =>
      graph.read(async (reader) => {
        const ids = (await store.listDay(reader, day, null)).filter((appointment) => appointment.patientId === patientId);
        return ids.filter((appointment) => appointment.status !== "cancelled");
      }),
  };
}

export type ListsService = ReturnType<typeof createListsService>;
