import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, type DeskWorld, newKey, openDesk } from "./desk-world.ts";

let desk: DeskWorld;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const refused = (code: string, field?: string) =>
  expect.objectContaining({ code, ...(field ? { data: expect.objectContaining({ field }) } : {}) });
const newDepartment = (name: string) => desk.call("clinic", "createDepartment", { name, nameAr: "قسم" }, desk.admin);

describe("the clinic", () => {
  it("changes at the version read, clears what is set to null, and keeps the rest", async () => {
    const clinic = await desk.call("clinic", "getClinic", {}, desk.reception);
    const changed = await desk.call("clinic", "updateClinic", { version: clinic.version, phone: "+962 6 000", country: null }, desk.admin);
    expect(changed).toEqual({ ...clinic, phone: "+962 6 000", country: null, version: clinic.version + 1 });
    const stale = { version: clinic.version, name: "Stale" };
    await expect(desk.call("clinic", "updateClinic", stale, desk.admin)).rejects.toEqual(refused("changed-meanwhile", "version"));
    expect(await desk.call("clinic", "getClinic", {}, desk.reception)).toEqual(changed);
  });

  it("keeps its time zone while appointments are to come, which have their day in it", async () => {
    const [doctor, patient] = [await desk.newDoctor(), await desk.newPatient()];
    const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at("10:00"), key: newKey() };
    const appointment = await desk.call("scheduling", "bookAppointment", input, desk.reception);
    const { version, timeZone } = await desk.call("clinic", "getClinic", {}, desk.reception);
    const move = { version, timeZone: "Pacific/Auckland" };
    await expect(desk.call("clinic", "updateClinic", move, desk.admin)).rejects.toEqual(refused("conflict", "timeZone"));
    expect(await desk.call("clinic", "updateClinic", { version, timeZone, phone: "1" }, desk.admin)).toMatchObject({
      version: version + 1,
    });
    await desk.call("scheduling", "cancelAppointment", { appointmentId: appointment.id, version: 1 }, desk.reception);
    const moved = await desk.call("clinic", "updateClinic", { ...move, version: version + 1 }, desk.admin);
    expect(moved.timeZone).toBe("Pacific/Auckland");
    await desk.call("clinic", "updateClinic", { version: moved.version, timeZone }, desk.admin);
  });

  it("is the administrator's to change", async () => {
    await expect(desk.call("clinic", "updateClinic", { version: 1, name: "X" }, desk.reception)).rejects.toEqual(refused("forbidden"));
    await expect(desk.call("clinic", "createDepartment", { name: "X" }, desk.reception)).rejects.toEqual(refused("forbidden"));
  });
});

describe("departments and doctors", () => {
  it("get ids in sequence and are listed by name", async () => {
    const [b, a] = [await newDepartment("Zeta"), await newDepartment("Yota")];
    expect(Number(a.id.slice(2))).toBe(Number(b.id.slice(2)) + 1);
    const { items } = await desk.call("clinic", "listDepartments", {}, desk.reception);
    expect(items.slice(-2).map((item) => item.name)).toEqual(["Yota", "Zeta"]);
    expect(a).toMatchObject({ nameAr: "قسم", active: true, doctorCount: 0, version: 1 });
  });

  it("a department with active doctors stays active; one without can be deactivated and takes no doctor", async () => {
    const department = await newDepartment("Closing");
    const doctor = await desk.call("clinic", "createDoctor", { departmentId: department.id, name: "Dr Last" }, desk.admin);
    expect(doctor).toMatchObject({ departmentName: "Closing", slotMinutes: 20, active: true });
    const close = { departmentId: department.id, version: 1, active: false };
    await expect(desk.call("clinic", "updateDepartment", close, desk.admin)).rejects.toEqual(refused("conflict", "active"));
    const moved = { doctorId: doctor.id, version: 1, departmentId: desk.department.id };
    expect(await desk.call("clinic", "updateDoctor", moved, desk.admin)).toMatchObject({ departmentId: desk.department.id, version: 2 });
    expect(await desk.call("clinic", "updateDepartment", close, desk.admin)).toMatchObject({ active: false, doctorCount: 0, version: 2 });
    const late = { departmentId: department.id, name: "Dr Late" };
    await expect(desk.call("clinic", "createDoctor", late, desk.admin)).rejects.toEqual(refused("conflict", "departmentId"));
    const { items } = await desk.call("clinic", "listDoctors", { departmentId: department.id, includeInactive: true }, desk.admin);
    expect(items).toEqual([]);
  });

  it("a doctor with appointments to come stays active until they are cancelled", async () => {
    const [doctor, patient] = [await desk.newDoctor(), await desk.newPatient()];
    const input = { patientId: patient.id, doctorId: doctor.id, startsAt: at("09:00"), key: newKey() };
    const appointment = await desk.call("scheduling", "bookAppointment", input, desk.reception);
    const retire = { doctorId: doctor.id, version: doctor.version, active: false };
    await expect(desk.call("clinic", "updateDoctor", retire, desk.admin)).rejects.toEqual(refused("conflict", "active"));
    await desk.call("scheduling", "cancelAppointment", { appointmentId: appointment.id, version: 1 }, desk.reception);
    expect(await desk.call("clinic", "updateDoctor", retire, desk.admin)).toMatchObject({ active: false });
    const { items } = await desk.call("clinic", "listDoctors", {}, desk.reception);
    expect(items.map((item) => item.id)).not.toContain(doctor.id);
  });

  it("unknown ones and stale versions are refused", async () => {
    const unknown = { doctorId: "D999999" as never, version: 1, name: "X" };
    await expect(desk.call("clinic", "updateDoctor", unknown, desk.admin)).rejects.toEqual(refused("not-found", "doctorId"));
    const department = await newDepartment("Versioned");
    await expect(
      desk.call("clinic", "updateDepartment", { departmentId: department.id, version: 9, name: "X" }, desk.admin),
    ).rejects.toEqual(refused("changed-meanwhile", "version"));
    const nowhere = { departmentId: "DP999999" as never, name: "X" };
    await expect(desk.call("clinic", "createDoctor", nowhere, desk.admin)).rejects.toEqual(refused("not-found", "departmentId"));
  });
});
