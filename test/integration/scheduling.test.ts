import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, type DeskWorld, newKey, openDesk, person, TOMORROW } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const refused = (code: string, field?: string) =>
  expect.objectContaining({ code, ...(field ? { data: expect.objectContaining({ field }) } : {}) });

async function pair() {
  return { doctor: await desk.newDoctor(), patient: await desk.newPatient() };
}
async function booked(time = "09:00") {
  const { doctor, patient } = await pair();
  const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at(time), key: newKey() };
  return { doctor, patient, input, appointment: await desk.call("scheduling", "bookAppointment", input, desk.reception) };
}
const free = async (doctorId: string, day = TOMORROW) =>
  (await desk.call("scheduling", "listFreeSlots", { doctorId, day }, desk.reception)).items.map((slot) => slot.startsAt);

describe("working hours", () => {
  it("give the free slots of a day in the clinic's zone", async () => {
    const doctor = await desk.newDoctor();
    expect(await free(doctor.id)).toEqual(["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"].map((time) => at(time)));
    const { items, hours } = await desk.call("scheduling", "listDay", { day: TOMORROW, doctorId: doctor.id }, desk.reception);
    expect(items).toEqual([]);
    expect(hours).toEqual([{ doctorId: doctor.id, startsAt: at("09:00"), endsAt: at("12:00") }]);
  });

  it("leave out what has passed today", async () => {
    const doctor = await desk.newDoctor();
    expect(await free(doctor.id, "2026-03-03")).toEqual([at("11:00", "2026-03-03"), at("11:30", "2026-03-03")]);
  });

  it.each([
    [{ weekday: 1, startsAt: "09:00", endsAt: "08:00" }, "hours.0.endsAt"],
    [{ weekday: 1, startsAt: "09:02", endsAt: "10:00" }, "hours.0.startsAt"],
  ])("are refused when impossible, naming the field, and nothing changes", async (interval, field) => {
    const doctor = await desk.newDoctor();
    const change = { doctorId: doctor.id, version: doctor.version, hours: [interval] };
    await expect(desk.call("scheduling", "setWorkingHours", change, desk.admin)).rejects.toEqual(refused("invalid-input", field));
    const kept = await desk.call("scheduling", "getWorkingHours", { doctorId: doctor.id }, desk.admin);
    expect(kept).toMatchObject({ version: doctor.version });
    expect(kept.hours).toHaveLength(7);
  });

  it("are replaced whole at the version read, and not at a stale one", async () => {
    const doctor = await desk.newDoctor();
    const change = { doctorId: doctor.id, version: doctor.version, hours: [{ weekday: 2, startsAt: "10:00", endsAt: "11:00" }] };
    expect(await desk.call("scheduling", "setWorkingHours", change, doctor.viewer)).toEqual({
      version: doctor.version + 1,
      hours: change.hours,
    });
    await expect(desk.call("scheduling", "setWorkingHours", { ...change, hours: [] }, desk.admin)).rejects.toEqual(
      refused("changed-meanwhile"),
    );
    expect(await free(doctor.id)).toEqual([]);
  });

  it("of another doctor are not a doctor's to set", async () => {
    const [doctor, other] = [await desk.newDoctor(), await desk.newDoctor()];
    const change = { doctorId: doctor.id, version: doctor.version, hours: [] };
    await expect(desk.call("scheduling", "setWorkingHours", change, other.viewer)).rejects.toEqual(refused("forbidden"));
    await expect(desk.call("scheduling", "setWorkingHours", { ...change, doctorId: "D999999" as never }, desk.admin)).rejects.toEqual(
      refused("not-found", "doctorId"),
    );
  });

  it("can be opened for one day beyond the weekly ones, once", async () => {
    const doctor = await desk.newDoctor([]);
    const extra = { doctorId: doctor.id, day: TOMORROW, startsAt: "18:00", endsAt: "19:10" };
    const { items } = await desk.call("scheduling", "createSlots", extra, desk.reception);
    expect(items.map((slot) => slot.startsAt)).toEqual([at("18:00"), at("18:30")]);
    expect(await free(doctor.id)).toEqual([at("18:00"), at("18:30")]);
    await expect(desk.call("scheduling", "createSlots", { ...extra, startsAt: "19:00", endsAt: "20:00" }, desk.reception)).rejects.toEqual(
      refused("conflict", "startsAt"),
    );
    await expect(desk.call("scheduling", "createSlots", { ...extra, day: "2026-03-02" }, desk.reception)).rejects.toEqual(
      refused("invalid-input", "day"),
    );
  });

  it("lead to the next free slots, soonest first", async () => {
    const doctor = await desk.newDoctor([{ weekday: 5, startsAt: "09:00", endsAt: "10:00" }]);
    const { items } = await desk.call("scheduling", "findNextFree", { doctorId: doctor.id, limit: 3 }, desk.reception);
    expect(items.map((slot) => slot.startsAt)).toEqual([at("09:00", "2026-03-06"), at("09:30", "2026-03-06"), at("09:00", "2026-03-13")]);
  });
});

describe("booking", () => {
  it("takes the slot, gives a code, and a care edge opens the chart to the doctor", async () => {
    const { doctor, patient, appointment } = await booked();
    expect(appointment).toMatchObject({ status: "booked", doctorId: doctor.id, patientId: patient.id, overlap: false, version: 1 });
    expect(appointment.code).toMatch(/^\d{6}$/);
    expect(appointment).toMatchObject({ startsAt: at("09:00"), endsAt: at("09:30") });
    expect(await free(doctor.id)).not.toContain(at("09:00"));
    await expect(desk.call("patients", "getChart", { patientId: patient.id }, doctor.viewer)).resolves.toBeDefined();
    const { items } = await desk.call("scheduling", "listDay", { day: TOMORROW, doctorId: doctor.id }, desk.reception);
    expect(items).toMatchObject([{ id: appointment.id, patient: { givenName: "Mona" } }]);
  });

  it("answers a retry with the first booking, and refuses the key for another", async () => {
    const { input, appointment } = await booked();
    expect(await desk.call("scheduling", "bookAppointment", input, desk.reception)).toEqual(appointment);
    const other = { ...input, startsAt: at("10:00") };
    await expect(desk.call("scheduling", "bookAppointment", other, desk.reception)).rejects.toEqual(refused("conflict", "key"));
    expect(await free(input.doctorId)).toContain(at("10:00"));
  });

  it.each([
    ["a taken slot", { startsAt: at("09:00") }, "slot-taken", "startsAt"],
    ["a time that overlaps a taken one", { startsAt: at("09:15") }, "slot-taken", "startsAt"],
    ["a time outside the hours", { startsAt: at("12:00") }, "outside-hours", "startsAt"],
    ["a time half outside the hours", { startsAt: at("11:45") }, "outside-hours", "startsAt"],
    ["a past time", { startsAt: at("09:00", "2026-03-02") }, "in-the-past", "startsAt"],
    ["a time off the five minutes", { startsAt: at("09:03") }, "invalid-input", "startsAt"],
    ["an unknown doctor", { doctorId: "D999999" }, "not-found", "doctorId"],
    ["an unknown patient", { patientId: "P999999" }, "not-found", "patientId"],
  ])("refuses %s and leaves nothing behind", async (_what, wrong, code, field) => {
    const { doctor, input } = await booked();
    const other = await desk.newPatient();
    const attempt = { ...input, patientId: other.id, key: newKey(), ...wrong } as typeof input;
    const before = await free(doctor.id);
    await expect(desk.call("scheduling", "bookAppointment", attempt, desk.reception)).rejects.toEqual(refused(code, field));
    expect(await free(doctor.id)).toEqual(before);
    const mine = await desk.call("scheduling", "listMyAppointments", {}, other.viewer);
    expect(mine).toEqual({ upcoming: [], past: [] });
    // The key was not used up by the refusal.
    const again = { ...attempt, patientId: other.id, doctorId: doctor.id, startsAt: at("10:00") };
    await expect(desk.call("scheduling", "bookAppointment", again, desk.reception)).resolves.toMatchObject({ status: "booked" });
  });

  it("refuses a patient two places at once", async () => {
    const { patient } = await booked();
    const other = await desk.newDoctor();
    const attempt = { patientId: patient.id, doctorId: other.id, startsAt: at("09:00"), key: newKey() };
    await expect(desk.call("scheduling", "bookAppointment", attempt, desk.reception)).rejects.toEqual(refused("slot-taken"));
  });

  it("refuses a deactivated doctor and a deactivated patient", async () => {
    const { doctor, patient } = await pair();
    const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at("09:00"), key: newKey() };
    await desk.call("patients", "update", { patientId: patient.id, version: patient.version, active: false }, desk.reception);
    await expect(desk.call("scheduling", "bookAppointment", input, desk.reception)).rejects.toEqual(refused("conflict", "patientId"));
    await desk.call("clinic", "updateDoctor", { doctorId: doctor.id, version: doctor.version, active: false }, desk.admin);
    await expect(desk.call("scheduling", "bookAppointment", input, desk.reception)).rejects.toEqual(refused("conflict", "doctorId"));
    expect(await free(doctor.id)).toEqual([]);
  });

  it("overlaps on purpose only for staff with a reason, and the cells stay whole when the first is cancelled", async () => {
    const { doctor, input, appointment } = await booked();
    const other = await desk.newPatient();
    const attempt = { ...input, patientId: other.id, key: newKey(), override: { reason: "emergency" } };
    await expect(desk.call("scheduling", "bookAppointment", attempt, other.viewer)).rejects.toEqual(refused("forbidden"));
    const second = await desk.call("scheduling", "bookAppointment", attempt, desk.reception);
    expect(second).toMatchObject({ overlap: true });
    await desk.call("scheduling", "cancelAppointment", { appointmentId: appointment.id, version: 1 }, desk.reception);
    expect(await free(doctor.id)).not.toContain(at("09:00"));
    const third = { ...input, key: newKey() };
    await expect(desk.call("scheduling", "bookAppointment", third, desk.reception)).rejects.toEqual(refused("slot-taken"));
    await desk.call("scheduling", "cancelAppointment", { appointmentId: second.id, version: 1 }, desk.reception);
    expect(await free(doctor.id)).toContain(at("09:00"));
    await expect(desk.call("scheduling", "bookAppointment", third, desk.reception)).resolves.toMatchObject({ overlap: false });
  });

  it("may be in the past or outside the hours with an override", async () => {
    const { doctor, patient } = await pair();
    const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at("20:00", "2026-03-02"), override: { reason: "seen at home" } };
    const done = await desk.call("scheduling", "bookAppointment", { ...input, key: newKey() }, desk.reception);
    expect(done).toMatchObject({ status: "booked", overlap: false });
  });
});

describe("who may book", () => {
  it("a patient books a listed slot for themself, not for others, not off the slots, at most five", async () => {
    const { doctor, patient } = await pair();
    const own = (time: string, key = newKey()) => ({ patientId: patient.id, doctorId: doctor.id, startsAt: at(time), key });
    const other = await desk.newPatient();
    const book = desk.as(patient.viewer);
    await expect(book("scheduling", "bookAppointment", { ...own("09:00"), patientId: other.id })).rejects.toEqual(
      refused("not-found", "patientId"),
    );
    await expect(book("scheduling", "bookAppointment", own("09:10"))).rejects.toEqual(refused("invalid-input", "startsAt"));
    await expect(book("scheduling", "bookAppointment", { ...own("09:00"), minutes: 60 })).rejects.toEqual(refused("forbidden", "minutes"));
    for (const time of ["09:00", "09:30", "10:00", "10:30", "11:00"]) await book("scheduling", "bookAppointment", own(time));
    await expect(book("scheduling", "bookAppointment", own("11:30"))).rejects.toEqual(refused("conflict", "patientId"));
    expect((await book("scheduling", "listMyAppointments", {})).upcoming).toHaveLength(5);
  });

  it("a doctor books only for patients in their care, unless they also hold the desk", async () => {
    const { doctor, patient } = await pair();
    const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at("09:00"), key: newKey() };
    await expect(desk.call("scheduling", "bookAppointment", input, doctor.viewer)).rejects.toEqual(refused("care-edge-required"));
    const both = person(["doctor", "reception"], doctor.id);
    await expect(desk.call("scheduling", "bookAppointment", input, both)).resolves.toMatchObject({ status: "booked" });
    const again = { ...input, startsAt: at("10:00"), key: newKey() };
    await expect(desk.call("scheduling", "bookAppointment", again, doctor.viewer)).resolves.toMatchObject({ status: "booked" });
  });
});

describe("moving and ending", () => {
  it("moves in one step, even onto time it overlaps itself, and a retry answers the same", async () => {
    const { doctor, patient, appointment } = await booked();
    const move = { appointmentId: appointment.id, version: 1, startsAt: at("09:15"), key: newKey() };
    const moved = await desk.call("scheduling", "rescheduleAppointment", move, desk.reception);
    expect(moved).toMatchObject({ status: "booked", startsAt: at("09:15"), endsAt: at("09:45"), patientId: patient.id });
    expect(moved.id).not.toBe(appointment.id);
    expect(await desk.call("scheduling", "rescheduleAppointment", move, desk.reception)).toEqual(moved);
    const { past, upcoming } = await desk.call("scheduling", "listMyAppointments", {}, patient.viewer);
    expect(past).toMatchObject([{ id: appointment.id, status: "cancelled" }]);
    expect(upcoming).toMatchObject([{ id: moved.id }]);
    expect(await free(doctor.id)).toEqual(["10:00", "10:30", "11:00", "11:30"].map((time) => at(time)));
  });

  it("a move onto a taken slot leaves the appointment where it was", async () => {
    const { doctor, appointment } = await booked();
    const other = await desk.newPatient();
    await desk.call(
      "scheduling",
      "bookAppointment",
      { patientId: other.id, doctorId: doctor.id, startsAt: at("10:00"), key: newKey() },
      desk.reception,
    );
    const move = { appointmentId: appointment.id, version: 1, startsAt: at("10:00"), key: newKey() };
    await expect(desk.call("scheduling", "rescheduleAppointment", move, desk.reception)).rejects.toEqual(refused("slot-taken"));
    const { items } = await desk.call("scheduling", "listDay", { day: TOMORROW, doctorId: doctor.id }, desk.reception);
    expect(items.find((item) => item.id === appointment.id)).toMatchObject({ status: "booked", version: 1 });
    expect(items).toHaveLength(2);
  });

  it("a patient neither moves nor cancels another's, nor one whose time has come", async () => {
    const { patient, appointment } = await booked();
    const other = await desk.newPatient();
    const cancel = { appointmentId: appointment.id, version: 1 };
    const move = { ...cancel, startsAt: at("10:00"), key: newKey() };
    await expect(desk.call("scheduling", "cancelAppointment", cancel, other.viewer)).rejects.toEqual(refused("not-found", "appointmentId"));
    await expect(desk.call("scheduling", "rescheduleAppointment", move, other.viewer)).rejects.toEqual(
      refused("not-found", "appointmentId"),
    );
    const later = { viewer: patient.viewer, clock: { now: () => at("09:00"), monotonic: () => 0 } };
    await expect(desk.app.call("scheduling", "cancelAppointment", cancel, later)).rejects.toEqual(refused("invalid-transition"));
    await expect(desk.call("scheduling", "cancelAppointment", cancel, patient.viewer)).resolves.toMatchObject({ status: "cancelled" });
  });

  it("knows its steps: arrived only on the day, missed only afterwards, ended only once", async () => {
    const { appointment } = await booked();
    const step = { appointmentId: appointment.id, version: 1 };
    await expect(desk.call("scheduling", "markArrived", step, desk.reception)).rejects.toEqual(refused("invalid-transition"));
    await expect(desk.call("scheduling", "markNoShow", step, desk.reception)).rejects.toEqual(refused("invalid-transition"));
    const onTheDay = { viewer: desk.reception, clock: { now: () => at("09:20"), monotonic: () => 0 } };
    const arrived = await desk.app.call("scheduling", "markArrived", step, onTheDay);
    expect(arrived).toMatchObject({ status: "arrived", arrivedAt: at("09:20"), version: 2 });
    await expect(desk.app.call("scheduling", "markNoShow", step, onTheDay)).rejects.toEqual(refused("changed-meanwhile"));
    await expect(desk.app.call("scheduling", "markNoShow", { ...step, version: 2 }, onTheDay)).rejects.toEqual(
      refused("invalid-transition"),
    );
    await expect(desk.call("scheduling", "cancelAppointment", { ...step, version: 2 }, desk.reception)).rejects.toEqual(
      refused("invalid-transition"),
    );
  });
});
