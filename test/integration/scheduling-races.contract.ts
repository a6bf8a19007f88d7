import type { Stores } from "@main/data/stores.ts";
import { createScheduling } from "@main/features/scheduling/index.ts";
import type { EventBus } from "@main/platform/events.ts";
import { systemIds } from "@main/platform/ids.ts";
import type { RequestContext } from "@main/platform/request.ts";
import { addMinutes, cellsOf } from "@shared/model/slots.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestClock } from "../world/test-clock.ts";
import { run } from "./care-world.ts";
import { at, NOW, newKey, person, TOMORROW } from "./desk-world.ts";

type Scheduling = ReturnType<typeof createScheduling>;
type Booking = Parameters<Scheduling["bookAppointment"]>[0];

const events: EventBus = {
  publish: () => undefined,
  resync: () => undefined,
  subscribe: () => Promise.reject(new Error("nobody listens")) as never,
};
const reception = person(["reception"]);
const context: RequestContext = {
  viewer: reception,
  requestId: "races",
  clock: createTestClock(NOW),
  signal: new AbortController().signal,
  about: () => undefined,
  origin: { transport: "internal", address: "", userAgent: "" },
};
const DOCTORS = ["D000001", "D000002"];
const PATIENTS = Array.from({ length: 64 }, (_, index) => `P${String(index + 1).padStart(6, "0")}`);

const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "booked",
    (error: { code?: string }) => error.code ?? String(error),
  );

/** The n-th half hour from tomorrow's midnight on. */
const slot = (n: number) => addMinutes(at("00:00"), 24 * 60 * Math.floor(n / 40) + 30 * (n % 40));

const TIME_BOX_MS = 12_000;

/** What the property test believes is booked. */
interface Believed {
  id: string;
  version: number;
  doctorId: string;
  patientId: string;
  startsAt: string;
  endsAt: string;
  overlap: boolean;
}
const step = fc.record({
  act: fc.constantFrom("book", "book", "override", "cancel", "move"),
  doctor: fc.constantFrom(...DOCTORS),
  patient: fc.constantFrom(...PATIENTS.slice(0, 4)),
  cell: fc.nat(20),
  minutes: fc.constantFrom(10, 30, 45),
  pick: fc.nat(1000),
});
const meets = (a: Believed, b: Omit<Believed, "id" | "version" | "overlap">) =>
  (a.doctorId === b.doctorId || a.patientId === b.patientId) && a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Stores with nothing in them, ready for use. */
export interface OpenedStores {
  stores: Stores;
  close(): Promise<void>;
}

/** What many who book at the same moment may and may not come to, whichever stores the clinic has. */
export function describeSchedulingRaces(open: () => Promise<OpenedStores>): void {
  let opened: OpenedStores;
  let stores: Stores;
  let scheduling: Scheduling;
  beforeAll(async () => {
    opened = await open();
    stores = opened.stores;
    scheduling = createScheduling({ graph: stores.graph, ids: systemIds, events, care: { require: async () => ({ breakGlass: false }) } });
    const doctors = DOCTORS.map((id) => ({ id, name: id, slotMinutes: 30, active: true, version: 1 }));
    const patients = PATIENTS.map((id) => ({
      id,
      givenName: "Rana",
      familyName: id,
      birthDate: "1990-01-01",
      sex: "female",
      active: true,
    }));
    await stores.graph.write(async (writer) => {
      await run(
        writer,
        "CREATE (c:Clinic)-[:HAS_DEPARTMENT]->(s:Department) SET c.timeZone = 'Asia/Amman', s.name = 'General' RETURN 1 AS one",
      );
      await run(writer, "MATCH (s:Department) UNWIND $rows AS row CREATE (s)-[:HAS_DOCTOR]->(d:Doctor) SET d += row RETURN 1 AS one", {
        rows: doctors,
      });
      await run(writer, "UNWIND $rows AS row CREATE (p:Patient) SET p += row RETURN 1 AS one", { rows: patients });
    });
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00", endsAt: "23:55" }));
    for (const doctorId of DOCTORS) await scheduling.setWorkingHours({ doctorId, version: 1, hours } as never, context);
  });
  afterAll(async () => {
    await opened?.close();
  });

  const book = (patientId: string, doctorId: string, startsAt: string, extra: Partial<Booking> = {}) =>
    scheduling.bookAppointment({ patientId, doctorId, startsAt, key: newKey(), ...extra } as Booking, context);

  async function read<Row extends Record<string, unknown>>(text: string): Promise<Row[]> {
    return stores.graph.read((reader) => reader.query<Row>({ name: "test/read", text, writes: false }));
  }
  const count = async (label: string) => (await read<{ n: number }>(`MATCH (x:${label}) RETURN count(x) AS n`))[0]?.n ?? 0;

  describe("invariant 1: no double booking", () => {
    it("of 64 bookings of one slot at once exactly one wins, round after round, and nothing is left behind", async () => {
      const started = performance.now();
      let rounds = 0;
      while (rounds < 40 && performance.now() - started < TIME_BOX_MS) {
        const before = { appointments: await count("Appointment"), slots: await count("Slot") };
        const outcomes = await Promise.all(PATIENTS.map((patientId) => outcome(book(patientId, "D000001", slot(rounds)))));
        expect(outcomes.filter((code) => code === "booked")).toHaveLength(1);
        expect(outcomes.filter((code) => code === "slot-taken")).toHaveLength(63);
        expect(await count("Appointment")).toBe(before.appointments + 1);
        expect(await count("Slot")).toBe(before.slots + 12);
        rounds++;
      }
      const seconds = (performance.now() - started) / 1000;
      console.log(`${rounds} rounds of 64 bookings of one slot: ${Math.round((rounds * 64) / seconds)} attempts a second, 0 double`);
      expect(rounds).toBeGreaterThan(3);
    });

    it("a patient is not booked with two doctors at overlapping times", async () => {
      for (let round = 0; round < 5; round++) {
        const start = addMinutes(at("00:00", "2026-05-01"), round * 60);
        const attempts = [book("P000001", "D000001", start), book("P000001", "D000002", addMinutes(start, 15))];
        expect((await Promise.all(attempts.map(outcome))).sort()).toEqual(["booked", "slot-taken"]);
      }
    });

    it("one command sent eight times at once books once and answers the same eight times (invariant 2)", async () => {
      for (let round = 0; round < 5; round++) {
        const before = await count("Appointment");
        const key = newKey();
        const start = addMinutes(at("00:00", "2026-05-02"), round * 60);
        const answers = await Promise.all(Array.from({ length: 8 }, () => book("P000002", "D000002", start, { key })));
        expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
        expect(await count("Appointment")).toBe(before + 1);
      }
    });

    it("books in sequence at the speed it says", async () => {
      const started = performance.now();
      for (let n = 0; n < 40; n++) await book(PATIENTS[n] as string, "D000002", addMinutes(at("00:00", "2026-06-01"), n * 30));
      console.log(`bookings one after another: ${Math.round(40_000 / (performance.now() - started))} a second`);
    });
  });

  describe("any sequence of bookings, moves and cancellations", () => {
    let day = 0;
    it("agrees with a model: no overlap but on purpose, and the cells are those of the live appointments", async () => {
      const end = performance.now() + TIME_BOX_MS;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
          fc.pre(performance.now() < end);
          const base = addMinutes(at("06:00", "2027-01-01"), 24 * 60 * day++);
          const live: Believed[] = [];
          for (const one of steps) await take(one, base, live);
          await compareCells(base, live);
        }),
        { numRuns: 40, maxSkipsPerRun: 10_000, markInterruptAsFailure: false, interruptAfterTimeLimit: TIME_BOX_MS },
      );
    });

    async function take(
      { act, doctor, patient, cell, minutes, pick }: typeof step extends fc.Arbitrary<infer T> ? T : never,
      base: string,
      live: Believed[],
    ) {
      const startsAt = addMinutes(base, cell * 5);
      const chosen = live[pick % Math.max(live.length, 1)];
      if (act === "cancel" || act === "move") {
        if (!chosen) return;
        const others = live.filter((other) => other !== chosen);
        if (act === "cancel") {
          await scheduling.cancelAppointment({ appointmentId: chosen.id, version: chosen.version } as never, context);
          live.splice(0, live.length, ...others);
          return;
        }
        const length = (Date.parse(chosen.endsAt) - Date.parse(chosen.startsAt)) / 60_000;
        const wanted = { doctorId: chosen.doctorId, patientId: chosen.patientId, startsAt, endsAt: addMinutes(startsAt, length) };
        const move = { appointmentId: chosen.id, version: chosen.version, startsAt, key: newKey() };
        const moving = scheduling.rescheduleAppointment(move as never, context);
        if (others.some((other) => meets(other, wanted))) return expect(await outcome(moving)).toBe("slot-taken");
        live.splice(0, live.length, ...others, (await moving) as Believed);
        return;
      }
      const wanted = { doctorId: doctor, patientId: patient, startsAt, endsAt: addMinutes(startsAt, minutes) };
      const clash = live.some((other) => meets(other, wanted));
      const override = act === "override" ? { reason: "on purpose" } : undefined;
      const booking = book(patient, doctor, startsAt, { minutes, override });
      if (clash && !override) return expect(await outcome(booking)).toBe("slot-taken");
      const booked = (await booking) as Believed;
      expect(booked.overlap).toBe(clash);
      live.push(booked);
    }

    async function compareCells(base: string, live: Believed[]) {
      const expected = new Set(
        live.flatMap((one) => cellsOf(one).flatMap((cell) => [`${one.doctorId}|${cell}`, `${one.patientId}|${cell}`])),
      );
      const rows = await read<{ key: string; n: number }>(
        "MATCH (s:Slot) OPTIONAL MATCH (a:Appointment)-[:OCCUPIES]->(s) WITH s, count(a) AS n RETURN s.key AS key, n AS n",
      );
      const ofDay = rows.filter(({ key }) => key.slice(8, 18) === base.slice(0, 10));
      expect(ofDay.map(({ key }) => key).sort()).toEqual([...expected].sort());
      expect(ofDay.every(({ n }) => n === 1)).toBe(true);
    }
  });

  it("the tests' days lie ahead of the clock", () => expect(TOMORROW > NOW.slice(0, 10)).toBe(true));
}
