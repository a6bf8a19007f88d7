import { AppError } from "@shared/define.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, type DeskWorld, newKey, openDesk, person, TOMORROW } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const refusal = (call: Promise<unknown>): Promise<AppError> =>
  call.then(
    () => Promise.reject(new Error("was not refused")),
    (error: unknown) => (error instanceof AppError ? error : Promise.reject(error)),
  );

async function booked(time: string, day = TOMORROW) {
  const [doctor, patient] = [await desk.newDoctor(), await desk.newPatient()];
  const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at(time, day), reason: "a private matter", key: newKey() };
  return { doctor, patient, appointment: await desk.call("scheduling", "bookAppointment", input, desk.reception) };
}

describe("what the day board tells of why somebody comes", () => {
  const reasonFor = async (appointmentId: string, day: string, as: Parameters<DeskWorld["call"]>[3]) => {
    const { items } = await desk.call("scheduling", "listDay", { day }, as);
    return items.find((item) => item.id === appointmentId)?.reason;
  };

  it("is for the desk and the patient's doctor, not for other doctors", async () => {
    const { appointment, doctor } = await booked("09:00");
    const other = await desk.newDoctor();
    expect(await reasonFor(appointment.id, TOMORROW, desk.reception)).toBe("a private matter");
    expect(await reasonFor(appointment.id, TOMORROW, doctor.viewer)).toBe("a private matter");
    expect(await reasonFor(appointment.id, TOMORROW, other.viewer)).toBeNull();
  });

  it("is for nurses in the days around now only", async () => {
    const nurse = person(["nurse"]);
    const [near, far] = [await booked("09:00"), await booked("09:00", "2026-03-20")];
    expect(await reasonFor(near.appointment.id, TOMORROW, nurse)).toBe("a private matter");
    expect(await reasonFor(far.appointment.id, "2026-03-20", nurse)).toBeNull();
  });
});

describe("somebody else's appointment", () => {
  it("is to a patient as if it were not there, and stays as it was", async () => {
    const { appointment } = await booked("10:00");
    const stranger = (await desk.newPatient()).viewer;
    const tell = async (appointmentId: string) => {
      const { code, message, data } = await refusal(
        desk.call("scheduling", "cancelAppointment", { appointmentId: appointmentId as never, version: 1 }, stranger),
      );
      return { code, message, field: data.field };
    };
    expect(await tell(appointment.id)).toEqual(await tell("A999999"));
    const move = { appointmentId: appointment.id, version: 1, startsAt: at("10:30"), key: newKey() };
    expect(await refusal(desk.call("scheduling", "rescheduleAppointment", move, stranger))).toMatchObject({ code: "not-found" });
    const { items } = await desk.call("scheduling", "listDay", { day: TOMORROW }, desk.reception);
    expect(items.find((item) => item.id === appointment.id)).toMatchObject({ status: "booked", version: 1 });
  });
});

describe("a time beyond the calendar", () => {
  it("is refused by name, with an override too", async () => {
    const [doctor, patient] = [await desk.newDoctor(), await desk.newPatient()];
    for (const startsAt of ["9999-12-31T23:59:00-01:00", "0000-01-01T00:00:00+01:00", "9999-12-31T23:55:00.000Z"]) {
      const input = { patientId: patient.id, doctorId: doctor.id, startsAt, key: newKey(), override: { reason: "on purpose" } };
      const error = await refusal(desk.call("scheduling", "bookAppointment", input, desk.reception));
      expect(error).toMatchObject({ code: "invalid-input", data: { field: "startsAt" } });
    }
  });
});
