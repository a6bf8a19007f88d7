import { nextId } from "@main/data/graph/next-id.ts";
import type { GraphPort, Writer } from "@main/data/graph/port.ts";
import type { clinicContract } from "@shared/contract/clinic.ts";
import { AppError, type Input } from "@shared/define.ts";
import { atVersion, given, openDepartment, refuseMoved, refuseWhile, USUAL_SLOT_MINUTES, unchanged, written } from "./rules.ts";
import * as store from "./store.ts";

type Routes = typeof clinicContract;

/** The clinic's own data: its settings, departments and doctors. */
export function createClinicService(graph: GraphPort) {
  return {
    async getClinic(): Promise<store.ClinicRow> {
      const clinic = await graph.read(store.findClinic);
      if (!clinic) throw new AppError("not-found", "No clinic has been created yet.");
      return clinic;
    },

    updateClinic({ version, ...changes }: Input<Routes["updateClinic"]>, now: string): Promise<store.ClinicRow> {
      return graph.write(async (writer) => {
        // A booking takes this lock too: none slips in between check and change.
        if (changes.timeZone) await store.holdCreation(writer, "Appointment");
        const clinic = atVersion(await store.findClinic(writer), version);
        if (changes.timeZone && changes.timeZone !== clinic.timeZone) refuseMoved(await store.countAllComing(writer, now));
        unchanged(await store.updateClinic(writer, version, given(changes)));
        return written(await store.findClinic(writer));
      });
    },

    listDepartments: (includeInactive: boolean) => graph.read((reader) => store.listDepartments(reader, includeInactive)),

    createDepartment({ name, nameAr = null }: Input<Routes["createDepartment"]>): Promise<store.DepartmentRow> {
      return graph.write(async (writer) => {
        const id = await nextId(writer, "Department");
        const created = await store.createDepartment(writer, { id, name, nameAr, active: true, version: 1 });
        if (!created) throw new AppError("not-found", "No clinic has been created yet.");
        return written(await store.findDepartment(writer, id));
      });
    },

    updateDepartment({ departmentId, version, ...changes }: Input<Routes["updateDepartment"]>): Promise<store.DepartmentRow> {
      return graph.write(async (writer) => {
        if (changes.active === false) await store.holdCreation(writer, "Doctor");
        const department = atVersion(await store.findDepartment(writer, departmentId), version, "departmentId");
        if (changes.active === false) refuseWhile(department.doctorCount, "The department still has active doctors.");
        unchanged(await store.updateDepartment(writer, departmentId, version, given(changes)));
        return written(await store.findDepartment(writer, departmentId));
      });
    },

    listDoctors: (departmentId: string | null, includeInactive: boolean) =>
      graph.read((reader) => store.listDoctors(reader, departmentId, includeInactive)),

    createDoctor({ departmentId, ...doctor }: Input<Routes["createDoctor"]>): Promise<store.DoctorRow> {
      return graph.write(async (writer) => {
        const id = await nextId(writer, "Doctor");
        openDepartment(await store.findDepartment(writer, departmentId));
        const usual = { slotMinutes: USUAL_SLOT_MINUTES };
        await store.createDoctor(writer, departmentId, { ...usual, ...given(doctor), id, active: true, version: 1 });
        return written(await store.findDoctor(writer, id));
      });
    },

    updateDoctor({ doctorId, ...input }: Input<Routes["updateDoctor"]>, now: string): Promise<store.DoctorRow> {
      return graph.write((writer) => changeDoctor(writer, doctorId, input, now));
    },
  };
}

export type ClinicService = ReturnType<typeof createClinicService>;

async function changeDoctor(
  writer: Writer,
  doctorId: string,
  { version, departmentId, ...changes }: Omit<Input<Routes["updateDoctor"]>, "doctorId">,
  now: string,
): Promise<store.DoctorRow> {
  // A booking and a department's deactivation take these locks too: neither can slip in between check and change.
  await store.holdCreation(writer, changes.active === false ? "Appointment" : "Doctor");
  const doctor = atVersion(await store.findDoctor(writer, doctorId), version, "doctorId");
  if (changes.active === false) {
    refuseWhile(await store.countComing(writer, doctorId, now), "The doctor still has appointments to come.");
  }
  const moves = departmentId !== undefined && departmentId !== doctor.departmentId;
  if (moves || (changes.active === true && !doctor.active)) {
    openDepartment(await store.findDepartment(writer, departmentId ?? doctor.departmentId));
  }
  if (moves) await store.moveDoctor(writer, doctorId, departmentId);
  unchanged(await store.updateDoctor(writer, doctorId, version, given(changes)));
  return written(await store.findDoctor(writer, doctorId));
}
