import { z } from "zod";
import { command, query } from "../define.ts";
import { DepartmentId, DoctorId } from "../model/ids.ts";
import { STAFF_ROLES } from "../model/roles.ts";
import { line, Version } from "../model/text.ts";
import { TimeZone } from "../model/time.ts";
import { Currency, Locale } from "./setup.ts";

export const Clinic = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  languages: z.array(Locale),
  country: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  version: Version,
});
export const Department = z.object({
  id: DepartmentId,
  name: z.string(),
  nameAr: z.string().nullable(),
  active: z.boolean(),
  doctorCount: z.int(),
  version: Version,
});
export const Doctor = z.object({
  id: DoctorId,
  name: z.string(),
  nameAr: z.string().nullable(),
  departmentId: DepartmentId,
  departmentName: z.string(),
  departmentNameAr: z.string().nullable(),
  specialty: z.string().nullable(),
  room: z.string().nullable(),
  /** Length of a usual visit in minutes, a multiple of 5. */
  slotMinutes: z.int(),
  active: z.boolean(),
  version: Version,
});
const SlotMinutes = z.int().min(5).max(240).multipleOf(5);
const PhoneText = line(40);

export const clinicContract = {
  getClinic: query({
    summary: "The clinic: name, zone, currency, languages",
    allow: ["patient", ...STAFF_ROLES, "kiosk", "board"],
    input: z.object({}),
    output: Clinic,
  }),
  updateClinic: command({
    summary: "Change the clinic's settings",
    allow: ["admin"],
    input: z.object({
      version: Version,
      name: line(120).optional(),
      timeZone: TimeZone.optional(),
      currency: Currency.optional(),
      languages: z.array(Locale).min(1).max(2).optional(),
      country: line(80).nullable().optional(),
      phone: PhoneText.nullable().optional(),
      address: line(300).nullable().optional(),
    }),
    output: Clinic,
  }),
  listDepartments: query({
    summary: "Departments by name",
    allow: ["patient", ...STAFF_ROLES, "kiosk"],
    input: z.object({ includeInactive: z.boolean().optional() }),
    output: z.object({ items: z.array(Department) }),
  }),
  createDepartment: command({
    summary: "Add a department",
    allow: ["admin"],
    input: z.object({ name: line(120), nameAr: line(120).nullable().optional() }),
    output: Department,
  }),
  updateDepartment: command({
    summary: "Rename or deactivate a department",
    allow: ["admin"],
    input: z.object({
      departmentId: DepartmentId,
      version: Version,
      name: line(120).optional(),
      nameAr: line(120).nullable().optional(),
      active: z.boolean().optional(),
    }),
    output: Department,
  }),
  listDoctors: query({
    summary: "Doctors by name, of one department or all",
    allow: ["patient", ...STAFF_ROLES, "kiosk"],
    input: z.object({ departmentId: DepartmentId.optional(), includeInactive: z.boolean().optional() }),
    output: z.object({ items: z.array(Doctor) }),
  }),
  createDoctor: command({
    summary: "Add a doctor to a department",
    allow: ["admin"],
    input: z.object({
      departmentId: DepartmentId,
      name: line(120),
      nameAr: line(120).nullable().optional(),
      specialty: line(120).nullable().optional(),
      room: line(40).nullable().optional(),
      slotMinutes: SlotMinutes.optional(),
    }),
    output: Doctor,
  }),
  updateDoctor: command({
    summary: "Change, move or deactivate a doctor",
    allow: ["admin"],
    input: z.object({
      doctorId: DoctorId,
      version: Version,
      departmentId: DepartmentId.optional(),
      name: line(120).optional(),
      nameAr: line(120).nullable().optional(),
      specialty: line(120).nullable().optional(),
      room: line(40).nullable().optional(),
      slotMinutes: SlotMinutes.optional(),
      active: z.boolean().optional(),
    }),
    output: Doctor,
  }),
};
