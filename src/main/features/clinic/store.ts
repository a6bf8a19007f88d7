import countAllComingText from "@cypher/clinic/count-all-coming-appointments.cypher?raw";
import countComingAppointments from "@cypher/clinic/count-coming-appointments.cypher?raw";
import createDepartmentText from "@cypher/clinic/create-department.cypher?raw";
import createDoctorText from "@cypher/clinic/create-doctor.cypher?raw";
import getClinicText from "@cypher/clinic/get-clinic.cypher?raw";
import holdCounter from "@cypher/clinic/hold-counter.cypher?raw";
import listDepartmentsText from "@cypher/clinic/list-departments.cypher?raw";
import listDoctorsText from "@cypher/clinic/list-doctors.cypher?raw";
import moveDoctorText from "@cypher/clinic/move-doctor.cypher?raw";
import updateClinicText from "@cypher/clinic/update-clinic.cypher?raw";
import updateDepartmentText from "@cypher/clinic/update-department.cypher?raw";
import updateDoctorText from "@cypher/clinic/update-doctor.cypher?raw";
import type { Params, Reader, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { Clinic, Department, Doctor } from "@shared/contract/clinic.ts";
import type { CountedLabel } from "@shared/model/ids.ts";
import type { z } from "zod";

export type ClinicRow = z.input<typeof Clinic>;
export type DepartmentRow = z.input<typeof Department>;
export type DoctorRow = z.input<typeof Doctor>;

const statements = {
  getClinic: statement("clinic/get-clinic", getClinicText),
  updateClinic: statement("clinic/update-clinic", updateClinicText),
  listDepartments: statement("clinic/list-departments", listDepartmentsText),
  createDepartment: statement("clinic/create-department", createDepartmentText),
  updateDepartment: statement("clinic/update-department", updateDepartmentText),
  listDoctors: statement("clinic/list-doctors", listDoctorsText),
  createDoctor: statement("clinic/create-doctor", createDoctorText),
  updateDoctor: statement("clinic/update-doctor", updateDoctorText),
  moveDoctor: statement("clinic/move-doctor", moveDoctorText),
  holdCounter: statement("clinic/hold-counter", holdCounter),
  countAllComing: statement("clinic/count-all-coming-appointments", countAllComingText),
  countComingAppointments: statement("clinic/count-coming-appointments", countComingAppointments),
};

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function findClinic(reader: Reader): Promise<ClinicRow | null> {
  const [row] = await reader.query<ClinicRow & Record<string, unknown>>(statements.getClinic);
  return row ?? null;
}

export function listDepartments(reader: Reader, includeInactive: boolean): Promise<DepartmentRow[]> {
  return reader.query(statements.listDepartments, { departmentId: null, includeInactive });
}

export async function findDepartment(reader: Reader, departmentId: string): Promise<DepartmentRow | null> {
  const [row] = await reader.query<DepartmentRow>(statements.listDepartments, { departmentId, includeInactive: true });
  return row ?? null;
}

export function listDoctors(reader: Reader, departmentId: string | null, includeInactive: boolean): Promise<DoctorRow[]> {
  return reader.query(statements.listDoctors, { doctorId: null, departmentId, includeInactive });
}

export async function findDoctor(reader: Reader, doctorId: string): Promise<DoctorRow | null> {
  const [row] = await reader.query<DoctorRow>(statements.listDoctors, { doctorId, departmentId: null, includeInactive: true });
  return row ?? null;
}

/** Booked appointments of a doctor that start after `now`. */
export async function countComing(reader: Reader, doctorId: string, now: string): Promise<number> {
  const [row] = await reader.query<{ coming: number }>(statements.countComingAppointments, { doctorId, now });
  return row?.coming ?? 0;
}

/** Booked appointments of the whole clinic that start after `now`. */
export async function countAllComing(reader: Reader, now: string): Promise<number> {
  const [row] = await reader.query<{ coming: number }>(statements.countAllComing, { now });
  return row?.coming ?? 0;
}

// ── Writing: each answers whether a node of that id and version was there ────────────────────────────────────────────

export async function updateClinic(writer: Writer, version: number, changes: Params): Promise<boolean> {
  return (await writer.execute(statements.updateClinic, { version, changes })).length === 1;
}

export async function createDepartment(writer: Writer, department: Params): Promise<boolean> {
  return (await writer.execute(statements.createDepartment, { department })).length === 1;
}

export async function updateDepartment(writer: Writer, departmentId: string, version: number, changes: Params): Promise<boolean> {
  return (await writer.execute(statements.updateDepartment, { departmentId, version, changes })).length === 1;
}

export async function createDoctor(writer: Writer, departmentId: string, doctor: Params): Promise<boolean> {
  return (await writer.execute(statements.createDoctor, { departmentId, doctor })).length === 1;
}

export async function updateDoctor(writer: Writer, doctorId: string, version: number, changes: Params): Promise<boolean> {
  return (await writer.execute(statements.updateDoctor, { doctorId, version, changes })).length === 1;
}

export async function moveDoctor(writer: Writer, doctorId: string, departmentId: string): Promise<boolean> {
  return (await writer.execute(statements.moveDoctor, { doctorId, departmentId })).length === 1;
}

/** Until this transaction ends, no other creates a node of the label. */
export async function holdCreation(writer: Writer, label: CountedLabel): Promise<void> {
  await writer.execute(statements.holdCounter, { label });
}
