import { rm } from "node:fs/promises";
import patientText from "@cypher/patients/list-patients.cypher?raw";
import bookText from "@cypher/scheduling/book-appointment.cypher?raw";
import groundText from "@cypher/scheduling/get-booking-ground.cypher?raw";
import appointmentsText from "@cypher/scheduling/list-appointments.cypher?raw";
import dayIdsText from "@cypher/scheduling/list-day-ids.cypher?raw";
import nextIdText from "@cypher/schema/next-id.cypher?raw";
import { formatId } from "@shared/model/ids.ts";
import { addMinutes, cellsOf } from "@shared/model/slots.ts";
import { BUSY_DAY, type Clinic, copyOfClinic, DOCTORS, NOW } from "../clinic.ts";
import { compare, type Figure } from "../measure.ts";
import { openRawEngine, type RawEngine } from "../raw-engine.ts";

const SLOTS_A_DAY = 80;
export const slot = (turn: number) =>
  addMinutes("2027-01-04T00:00:00.000Z", 24 * 60 * Math.floor(turn / SLOTS_A_DAY) + 15 * (turn % SLOTS_A_DAY));
export const patientId = (clinic: Pick<Clinic, "patients">, turn: number) => formatId("Patient", 1 + ((turn * 7919) % clinic.patients));

/** What the router, the session, the audit trail and the engine's own process add to the statements themselves. */
export async function routes(clinic: Clinic, turns: number): Promise<Figure[]> {
  const folder = await copyOfClinic(clinic.patients);
  const raw = await openRawEngine(folder);
  try {
    return [...(await reads(clinic, raw, turns)), ...(await writes(clinic, raw, turns))];
  } finally {
    await raw.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function reads(clinic: Clinic, raw: RawEngine, turns: number): Promise<Figure[]> {
  const one = await compare(
    turns,
    (turn) => clinic.call("patients", "get", { patientId: patientId(clinic, turn) }),
    (turn) => raw.read(patientText, { ids: [patientId(clinic, turn)] }),
  );
  const day = await compare(
    Math.ceil(turns / 5),
    () => clinic.call("scheduling", "listDay", { day: BUSY_DAY }),
    async () => {
      const ids = (await raw.read(dayIdsText, { day: BUSY_DAY, doctorId: null })).map(({ id }) => id ?? null);
      await raw.read(appointmentsText, { ids });
    },
  );
  return [...against("read one patient", one, { moreMs: 1 }), ...against("read a day of 300 appointments", day, { times: 1.3 })];
}

async function writes(clinic: Clinic, raw: RawEngine, turns: number): Promise<Figure[]> {
  const startsAt = (turn: number) => slot(Math.floor(turn / DOCTORS));
  const doctorId = (turn: number) => clinic.doctorIds[turn % DOCTORS] ?? "";
  const book = await compare(
    turns,
    (turn) =>
      clinic.call("scheduling", "bookAppointment", {
        ...{ patientId: patientId(clinic, turn), doctorId: doctorId(turn), startsAt: startsAt(turn), key: `routes-${turn}` },
      }),
    (turn) =>
      raw.write(bookingStatements({ turn, patientId: patientId(clinic, turn), doctorId: doctorId(turn), startsAt: startsAt(turn) })),
  );
  return against("book, with its audit pair", book, { times: 2 });
}

/** The statements that a booking consists of, as the scheduling feature runs them. */
export function bookingStatements({
  turn,
  patientId,
  doctorId,
  startsAt,
}: {
  turn: number;
  patientId: string;
  doctorId: string;
  startsAt: string;
}) {
  const id = `AX${turn}`;
  const endsAt = addMinutes(startsAt, 15);
  const day = startsAt.slice(0, 10);
  const cells = cellsOf({ startsAt, endsAt });
  const keys = [doctorId, patientId].flatMap((holder) => cells.map((cell) => `${holder}|${cell}`));
  const appointment = {
    ...{ id, status: "booked", startsAt, endsAt, day, code: "123456", codeKey: id, key: id, reason: null },
    ...{ bookedAt: NOW, bookedBy: "bench", overlap: false, overrideReason: null, movedFrom: null, version: 1 },
  };
  return [
    [nextIdText, { name: "Appointment", count: 1 }],
    [groundText, { doctorId, patientId, key: id, from: day, to: day }],
    [bookText, { doctorId, patientId, now: NOW, keys, appointment }],
  ] as const;
}

type Compared = Awaited<ReturnType<typeof compare>>;

/** The median and its ratio; the goal is a ratio, or so many milliseconds more than the raw engine. */
function against(name: string, { ours, raw, ratio }: Compared, goal: { times: number } | { moreMs: number }): Figure[] {
  const note = `p95 ${ours.p95.toFixed(2)} ms; raw engine ${raw.p50.toFixed(2)} ms`;
  const more = ours.p50 - raw.p50;
  return [
    { name, value: ours.p50, unit: "ms", note },
    "times" in goal
      ? { name: `${name}: times the raw engine`, value: ratio, unit: "×", goal: { atMost: goal.times } }
      : {
          name: `${name}: more than the raw engine`,
          value: more,
          unit: "ms",
          goal: { atMost: goal.moreMs },
          note: `${ratio.toFixed(2)} ×`,
        },
  ];
}
