import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, type DeskWorld, kiosk, newKey, openDesk, TOMORROW } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const refused = (code: string) => expect.objectContaining({ code });

describe("the kiosk", () => {
  const today = "2026-03-03";
  async function atKiosk() {
    const { doctor, patient } = { doctor: await desk.newDoctor(), patient: await desk.newPatient() };
    const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at("11:30", today), key: newKey() };
    const appointment = await desk.call("scheduling", "bookAppointment", { ...input, reason: "a private matter" }, desk.reception);
    return { doctor, patient, appointment, call: desk.as(kiosk()) };
  }

  it("knows a patient by today's code and checks them in once, telling nothing of the record", async () => {
    const { call, appointment, patient } = await atKiosk();
    const { handle, today: list } = await call("kiosk", "identify", { code: appointment.code });
    expect(list.map((item) => item.id)).toEqual([appointment.id]);
    const shown = JSON.stringify(list);
    for (const secret of [patient.id, patient.familyName, patient.givenName, "private"]) expect(shown).not.toContain(secret);
    const arrived = await call("kiosk", "checkIn", { handle, appointmentId: appointment.id });
    expect(arrived).toMatchObject({ status: "arrived" });
    expect(await call("kiosk", "checkIn", { handle, appointmentId: appointment.id })).toEqual(arrived);
  });

  it("leaves in the trail for whom it did what it did", async () => {
    const { call, appointment, patient, doctor } = await atKiosk();
    const { handle } = await call("kiosk", "identify", { code: appointment.code });
    await call("kiosk", "checkIn", { handle, appointmentId: appointment.id });
    await call("kiosk", "bookAppointment", { handle, doctorId: doctor.id, startsAt: at("09:30"), key: newKey() });
    const { items } = await desk.call("reports", "auditLog", { patientId: patient.id, outcome: "ok" }, desk.admin);
    const done = items.map((entry) => entry.action).filter((action) => action.startsWith("kiosk."));
    expect(done).toEqual(["kiosk.bookAppointment", "kiosk.checkIn", "kiosk.identify"]);
    const trail = JSON.stringify(items);
    for (const secret of [handle, patient.familyName, "private"]) expect(trail).not.toContain(secret);
  });

  it("knows a patient by birth date and name in any case or script form, and books a listed slot", async () => {
    const patient = await desk.newPatient({ givenName: "أحمد", familyName: "العلي", birthDate: "1971-02-03" });
    const doctor = await desk.newDoctor();
    const call = desk.as(kiosk());
    const { handle } = await call("kiosk", "identify", { birthDate: "1971-02-03", givenName: "احمد", familyName: "العلى " });
    const { items } = await call("kiosk", "listFreeSlots", { handle, doctorId: doctor.id, day: TOMORROW });
    const wish = { handle, doctorId: doctor.id, startsAt: items[0]?.startsAt ?? "", key: newKey() };
    const booked = await call("kiosk", "bookAppointment", wish);
    expect(booked.code).toMatch(/^\d{6}$/);
    expect(await call("kiosk", "bookAppointment", wish)).toEqual(booked);
    expect((await desk.call("scheduling", "listMyAppointments", {}, patient.viewer)).upcoming).toMatchObject([{ id: booked.id }]);
    await expect(call("kiosk", "bookAppointment", { ...wish, startsAt: at("09:05"), key: newKey() })).rejects.toEqual(
      refused("invalid-input"),
    );
  });

  it("gives one answer for every wrong person, and slows a device that guesses", async () => {
    const { doctor, patient, appointment } = await atKiosk();
    const later = { patientId: patient.id, doctorId: doctor.id, startsAt: at("10:30"), key: newKey() };
    const tomorrow = await desk.call("scheduling", "bookAppointment", later, desk.reception);
    const call = desk.as(kiosk());
    const wrong = [
      { code: tomorrow.code },
      { code: "" },
      { birthDate: patient.birthDate, givenName: patient.givenName, familyName: "Nobody" },
      { birthDate: "1800-01-01", givenName: patient.givenName, familyName: patient.familyName },
    ];
    const answers = await Promise.all(
      wrong.map((input) =>
        call("kiosk", "identify", input).catch((error: Error) => [error.message, (error as never as { code: string }).code]),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(answers[0]).toContain("invalid-code");
    for (let attempt = 0; attempt < 6; attempt++) await call("kiosk", "identify", { code: "" }).catch(() => undefined);
    await expect(call("kiosk", "identify", { code: appointment.code })).rejects.toEqual(refused("rate-limited"));
    await expect(desk.as(kiosk())("kiosk", "identify", { code: appointment.code })).resolves.toBeDefined();
  });

  it("lets a handle do nothing after two minutes, at another device, or for another's appointment", async () => {
    const { call, appointment } = await atKiosk();
    const other = await atKiosk();
    const device = kiosk();
    const { handle } = await desk.call("kiosk", "identify", { code: appointment.code }, device);
    await expect(call("kiosk", "checkIn", { handle, appointmentId: appointment.id })).rejects.toEqual(refused("invalid-code"));
    await expect(desk.call("kiosk", "checkIn", { handle, appointmentId: other.appointment.id }, device)).rejects.toEqual(
      refused("not-found"),
    );
    const later = { viewer: device, clock: { now: () => "2026-03-03T08:02:01.000Z", monotonic: () => 0 } };
    await expect(desk.app.call("kiosk", "checkIn", { handle, appointmentId: appointment.id }, later)).rejects.toEqual(
      refused("invalid-code"),
    );
  });
});
