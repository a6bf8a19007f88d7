import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clinicWith, type SmallClinic } from "../world/clinic-with.ts";
import { openWorld, type World } from "../world/open-world.ts";

let world: World;
let clinic: SmallClinic;
let asAdmin: ReturnType<World["as"]>;
beforeAll(async () => {
  world = await openWorld();
  clinic = await clinicWith(world);
  asAdmin = world.as(clinic.users.admin);
});
afterAll(() => world.close());

const newDepartment = (name: string) => asAdmin("clinic", "createDepartment", { name });
const departmentById = async (id: string) =>
  (await asAdmin("clinic", "listDepartments", { includeInactive: true })).items.find((department) => department.id === id);
const doctorById = async (id: string) =>
  (await asAdmin("clinic", "listDoctors", { includeInactive: true })).items.find((doctor) => doctor.id === id);

describe("the clinic's settings", () => {
  it("change at the version read, and a stale change leaves them as they are", async () => {
    const before = await asAdmin("clinic", "getClinic", {});
    const changed = await asAdmin("clinic", "updateClinic", { version: before.version, phone: "+966 11 000 000", address: "1 Street" });
    expect(changed).toMatchObject({ name: before.name, phone: "+966 11 000 000", address: "1 Street", version: before.version + 1 });
    const stale = asAdmin("clinic", "updateClinic", { version: before.version, name: "Stale" });
    await expect(stale).rejects.toMatchObject({ code: "changed-meanwhile", data: { field: "version" } });
    expect(await asAdmin("clinic", "getClinic", {})).toEqual(changed);
  });

  it("lose what is set to null and keep what is left out", async () => {
    const { version } = await asAdmin("clinic", "getClinic", {});
    const named = await asAdmin("clinic", "updateClinic", { version, country: "Jordan" });
    const cleared = await asAdmin("clinic", "updateClinic", { version: named.version, country: null });
    expect(cleared).toEqual({ ...named, country: null, version: named.version + 1 });
  });

  it("are refused with a zone or currency that does not exist, by field", async () => {
    const { version } = await asAdmin("clinic", "getClinic", {});
    const zone = asAdmin("clinic", "updateClinic", { version, timeZone: "Moon/Tranquility" });
    await expect(zone).rejects.toMatchObject({ code: "invalid-input", data: { field: "timeZone" } });
    const currency = asAdmin("clinic", "updateClinic", { version, currency: "gold" });
    await expect(currency).rejects.toMatchObject({ code: "invalid-input", data: { field: "currency" } });
    expect((await asAdmin("clinic", "getClinic", {})).version).toBe(version);
  });
});

describe("departments", () => {
  it("are listed by name with how many active doctors each has", async () => {
    const [second, first] = [await newDepartment("Bones"), await newDepartment("Allergy")];
    await asAdmin("clinic", "createDoctor", { departmentId: second.id, name: "Dr Bone" });
    const { items } = await asAdmin("clinic", "listDepartments", {});
    const names = items.map(({ name }) => name);
    expect(names.indexOf("Allergy")).toBeLessThan(names.indexOf("Bones"));
    expect(items.find(({ id }) => id === second.id)?.doctorCount).toBe(1);
    expect(items.find(({ id }) => id === first.id)?.doctorCount).toBe(0);
  });

  it("get ids one after the other, whoever creates them at once", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => newDepartment(`Ward ${index}`)));
    const numbers = made.map(({ id }) => Number(id.slice(2))).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  it("are renamed at the version read; of two at once one wins", async () => {
    const { id: departmentId, version } = await newDepartment("Skin");
    const rename = (name: string) => asAdmin("clinic", "updateDepartment", { departmentId, version, name });
    const results = await Promise.allSettled([rename("Skin A"), rename("Skin B")]);
    const [lost] = results.filter((result) => result.status === "rejected");
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(lost?.reason).toMatchObject({ code: "changed-meanwhile" });
    expect(await departmentById(departmentId)).toMatchObject({ version: version + 1 });
  });

  it("stay open while they have active doctors, and take none when closed", async () => {
    const department = await newDepartment("Eyes");
    const doctor = await asAdmin("clinic", "createDoctor", { departmentId: department.id, name: "Dr Eye" });
    const close = () => asAdmin("clinic", "updateDepartment", { departmentId: department.id, version: department.version, active: false });
    await expect(close()).rejects.toMatchObject({ code: "conflict", data: { field: "active" } });
    expect(await departmentById(department.id)).toMatchObject({ active: true, version: department.version });
    await asAdmin("clinic", "updateDoctor", { doctorId: doctor.id, version: doctor.version, active: false });
    expect(await close()).toMatchObject({ active: false });
    const late = asAdmin("clinic", "createDoctor", { departmentId: department.id, name: "Dr Late" });
    await expect(late).rejects.toMatchObject({ code: "conflict", data: { field: "departmentId" } });
    const { items } = await asAdmin("clinic", "listDepartments", {});
    expect(items.map(({ id }) => id)).not.toContain(department.id);
  });

  it("that do not exist are not found, and nothing is created in them", async () => {
    const before = (await asAdmin("clinic", "listDoctors", { includeInactive: true })).items.length;
    const update = asAdmin("clinic", "updateDepartment", { departmentId: "DP999999", version: 1, name: "Nowhere" });
    await expect(update).rejects.toMatchObject({ code: "not-found", data: { field: "departmentId" } });
    const create = asAdmin("clinic", "createDoctor", { departmentId: "DP999999", name: "Dr Nowhere" });
    await expect(create).rejects.toMatchObject({ code: "not-found", data: { field: "departmentId" } });
    expect((await asAdmin("clinic", "listDoctors", { includeInactive: true })).items).toHaveLength(before);
  });
});

describe("doctors", () => {
  it("belong to a department, which can change", async () => {
    const [from, to] = [await newDepartment("Heart"), await newDepartment("Lungs")];
    const doctor = await asAdmin("clinic", "createDoctor", { departmentId: from.id, name: "Dr Mover", room: "12", specialty: "Breath" });
    expect(doctor).toMatchObject({ departmentName: "Heart", room: "12", active: true, version: 1 });
    const moved = await asAdmin("clinic", "updateDoctor", { doctorId: doctor.id, version: 1, departmentId: to.id, room: null });
    expect(moved).toMatchObject({ departmentId: to.id, departmentName: "Lungs", room: null, specialty: "Breath", version: 2 });
    expect((await asAdmin("clinic", "listDoctors", { departmentId: from.id })).items).toEqual([]);
    expect((await asAdmin("clinic", "listDoctors", { departmentId: to.id })).items.map(({ id }) => id)).toEqual([doctor.id]);
  });

  it("keep their visits in steps of five minutes", async () => {
    const { id: departmentId } = await newDepartment("Time");
    const odd = asAdmin("clinic", "createDoctor", { departmentId, name: "Dr Odd", slotMinutes: 7 });
    await expect(odd).rejects.toMatchObject({ code: "invalid-input", data: { field: "slotMinutes" } });
  });

  it("stay active while appointments are to come", async () => {
    const patient = await clinic.registerPatient();
    const doctorId = clinic.otherDoctor.id;
    await world.call(
      "scheduling",
      "bookAppointment",
      { patientId: patient.id, doctorId, startsAt: "2026-03-04T09:00:00.000Z", key: "clinic-test-0001" },
      clinic.users.reception,
    );
    const { version = 0 } = (await doctorById(doctorId)) ?? {};
    const leave = asAdmin("clinic", "updateDoctor", { doctorId, version, active: false });
    await expect(leave).rejects.toMatchObject({ code: "conflict", data: { field: "active" } });
    expect(await doctorById(doctorId)).toMatchObject({ active: true, version });
  });
});
