import type { RequestContext } from "@main/platform/request.ts";
import type { clinicContract } from "@shared/contract/clinic.ts";
import type { Handlers } from "@shared/define.ts";
import type { ClinicService } from "./service.ts";

/** Routes of the clinic domain: each takes its parsed input to the service and shapes the answer. */
export function clinicHandlers(service: ClinicService): Handlers<typeof clinicContract, RequestContext> {
  return {
    getClinic: () => service.getClinic(),
    updateClinic: (input, context) => service.updateClinic(input, context.clock.now()),
    listDepartments: async ({ includeInactive = false }) => ({ items: await service.listDepartments(includeInactive) }),
    createDepartment: (input) => service.createDepartment(input),
    updateDepartment: (input) => service.updateDepartment(input),
    listDoctors: async ({ departmentId = null, includeInactive = false }) => ({
      items: await service.listDoctors(departmentId, includeInactive),
    }),
    createDoctor: (input) => service.createDoctor(input),
    updateDoctor: (input, context) => service.updateDoctor(input, context.clock.now()),
  };
}
