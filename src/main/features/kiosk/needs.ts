import type { DocumentPort } from "@main/data/documents/port.ts";
import type { Ids } from "@main/platform/ids.ts";

interface Slot {
  startsAt: string;
  endsAt: string;
}

/** An appointment as the scheduling feature shows it; the kiosk passes on only what its contract names. */
export interface DeskAppointment extends Slot {
  id: string;
  status: "booked" | "arrived" | "in-progress" | "completed" | "cancelled" | "no-show";
  doctorName: string;
  doctorNameAr: string | null;
  departmentName: string;
  departmentNameAr: string | null;
  room: string | null;
  code: string;
}

/** The scheduling feature, as far as a kiosk may use it for the patient before it. */
export interface Desk {
  patientOfCode(code: string, now: string): Promise<string | null>;
  listToday(patientId: string, now: string): Promise<DeskAppointment[]>;
  listFreeSlots(doctorId: string, day: string, now: string): Promise<Slot[]>;
  checkIn(patientId: string, appointmentId: string, now: string): Promise<DeskAppointment>;
  book(request: {
    deviceId: string;
    patientId: string;
    doctorId: string;
    startsAt: string;
    key: string;
    now: string;
  }): Promise<DeskAppointment>;
}

/** The patients feature, as far as a kiosk recognises people. */
export interface Identity {
  findByNameAndBirthDate(person: { givenName: string; familyName: string; birthDate: string }): Promise<string | null>;
}

export interface KioskDeps {
  documents: DocumentPort;
  ids: Ids;
  desk: Desk;
  identity: Identity;
}
