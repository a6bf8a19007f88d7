import type { RequestContext } from "@main/platform/request.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import type { Handlers } from "@shared/define.ts";
import { createChart } from "./chart.ts";
import type { ChartDeps } from "./chart-needs.ts";
import { createParticulars, type ParticularsDeps } from "./particulars.ts";

export { createCareAccess } from "./care-access.ts";
export { createPatientIdentity, type PatientIdentity } from "./identity.ts";

/** The patients feature: particulars and finding people, and the chart. */
export function createPatients(deps: ParticularsDeps & ChartDeps): Handlers<typeof patientsContract, RequestContext> {
  return { ...createParticulars(deps), ...createChart(deps) };
}
