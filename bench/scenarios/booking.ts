import { addMinutes } from "@shared/model/slots.ts";
import { type Clinic, DOCTORS } from "../clinic.ts";
import { type Figure, perSecond } from "../measure.ts";

const IN_FLIGHT = 64;
const FIRST_SLOT = "2026-05-04T00:00:00.000Z";
/** Quarter hours that a doctor works between midnight and midnight, less the margins around the change of day. */
const SLOTS_A_DAY = 80;

let keys = 0;
const newKey = () => `bench-key-${process.pid}-${++keys}`;

/** The n-th quarter hour of one doctor's days from the first slot on. */
const slot = (number: number) => addMinutes(FIRST_SLOT, 24 * 60 * Math.floor(number / SLOTS_A_DAY) + 15 * (number % SLOTS_A_DAY));

const patientId = (index: number) => `P${String(index + 1).padStart(6, "0")}`;

interface BookingOptions {
  bookings: number;
  rounds: number;
  /** Bookings a second that are wanted; null where nothing is said of it. */
  goal?: number | null;
}

/** Bookings a second by many desks at once, and races for one slot. */
export async function booking(clinic: Clinic, { bookings, rounds, goal = 500 }: BookingOptions): Promise<Figure[]> {
  const book = (index: number) =>
    clinic.call("scheduling", "bookAppointment", {
      patientId: patientId(index % clinic.patients),
      doctorId: clinic.doctorIds[index % DOCTORS] ?? "",
      startsAt: slot(Math.floor(index / DOCTORS)),
      key: newKey(),
    });
  await perSecond(200, IN_FLIGHT, book);
  const rate = await perSecond(bookings, IN_FLIGHT, (index) => book(index + 200));
  const { twice, lost } = await races(clinic, rounds);
  return [
    {
      name: `bookings, ${IN_FLIGHT} in flight`,
      value: rate,
      unit: "/s",
      ...(goal === null ? {} : { goal: { atLeast: goal } }),
      note: `${bookings} through the router, audited`,
    },
    { name: `double bookings in ${rounds} rounds of ${IN_FLIGHT}`, value: twice, unit: "", goal: { atMost: 0 } },
    { name: "rounds that nobody won", value: lost, unit: "", goal: { atMost: 0 } },
  ];
}

async function races(clinic: Clinic, rounds: number): Promise<{ twice: number; lost: number }> {
  let twice = 0;
  let lost = 0;
  for (let round = 0; round < rounds; round += 1) {
    const startsAt = addMinutes(slot(round), 300 * 24 * 60);
    const attempts = Array.from({ length: IN_FLIGHT }, (_, index) =>
      clinic.call("scheduling", "bookAppointment", {
        patientId: patientId(index),
        doctorId: clinic.doctorIds[0] ?? "",
        startsAt,
        key: newKey(),
      }),
    );
    const won = (await Promise.allSettled(attempts)).filter((attempt) => attempt.status === "fulfilled").length;
    if (won > 1) twice += 1;
    if (won === 0) lost += 1;
  }
  return { twice, lost };
}
