import { clinicDay, type Interval } from "@shared/model/slots.ts";
import { announce } from "./announce.ts";
import type { SchedulingDeps } from "./needs.ts";
import { appointmentView } from "./rules.ts";
import { createServices } from "./services.ts";
import { findByCode, timeZone } from "./store.ts";

type View = ReturnType<typeof appointmentView>;

/** What a kiosk may do at the scheduling desk for the patient before it: today's check-in, and booking a listed slot. */
export interface KioskDesk {
  /** Whose check-in code this is today; null for a code of nobody, of another day, or of a cancelled appointment. */
  patientOfCode(code: string, now: string): Promise<string | null>;
  listToday(patientId: string, now: string): Promise<View[]>;
  listFreeSlots(doctorId: string, day: string, now: string): Promise<Interval[]>;
  /** Throws `not-found` for an appointment that is not the patient's, `invalid-transition` for one that is not booked for today. */
  checkIn(patientId: string, appointmentId: string, now: string): Promise<View>;
  /** Throws `slot-taken`, `outside-hours`, `in-the-past`, `conflict`; a retry with the key answers the first booking. */
  book(request: { deviceId: string; patientId: string; doctorId: string; startsAt: string; key: string; now: string }): Promise<View>;
}

export function createKioskDesk(deps: Pick<SchedulingDeps, "graph" | "ids" | "events">): KioskDesk {
  const { slots, booking, status, lists } = createServices(deps);
  const today = async (now: string) => clinicDay(now, await deps.graph.read(timeZone));
  return {
    async patientOfCode(code, now) {
      const codeKey = `${await today(now)}|${code}`;
      const found = await deps.graph.read((reader) => findByCode(reader, codeKey));
      return found?.active && found.status !== "cancelled" ? found.patientId : null;
    },
    listToday: async (patientId, now) => (await lists.listOfPatientOn(patientId, await today(now))).map(appointmentView),
    listFreeSlots: (doctorId, day, now) => slots.listFreeSlots(doctorId, day, now),
    async checkIn(patientId, appointmentId, now) {
      const arrived = await status.checkIn(patientId, appointmentId, now);
      announce(deps.events, arrived);
      return appointmentView(arrived);
    },
    async book({ deviceId, key, ...wish }) {
      const request = { ...wish, actor: { id: deviceId, kind: "device" }, reason: null, key: `${deviceId}|${key}` } as const;
      const booked = await booking.book(request);
      announce(deps.events, booked);
      return appointmentView(booked);
    },
  };
}
