import type { GraphPort } from "@main/data/graph/port.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { clinicContract } from "@shared/contract/clinic.ts";
import type { Handlers } from "@shared/define.ts";
import { clinicHandlers } from "./handlers.ts";
import { createClinicService } from "./service.ts";

/** The clinic feature: its settings, departments and doctors. */
export function createClinic(deps: { graph: GraphPort }): Handlers<typeof clinicContract, RequestContext> {
  return clinicHandlers(createClinicService(deps.graph));
}
