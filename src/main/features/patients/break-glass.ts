import { breakGlass as grantsSpec } from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import { AppError, type Input } from "@shared/define.ts";
import type { ChartDeps } from "./chart-needs.ts";
import { findChartPatient } from "./chart-store.ts";

/** How long a chart stays open by break-glass. */
const GRANT_SECONDS = 60 * 60;

/** Opens a chart without a care edge. The grant is what the admin's report shows; the router audits the act with its reason. */
export function createBreakGlass({ graph, documents, ids }: Pick<ChartDeps, "graph" | "documents" | "ids">) {
  const grants = documents.collection(grantsSpec);
  return async ({ patientId, reason }: Input<(typeof patientsContract)["breakGlass"]>, context: RequestContext) => {
    const { userId, displayName } = userOf(context);
    const patient = await graph.read((reader) => findChartPatient(reader, patientId));
    if (!patient) throw new AppError("not-found", "There is no such patient.", { field: "patientId" });
    const at = context.clock.now();
    const expiresAt = shift(at, GRANT_SECONDS);
    await grants.insert({ id: ids.uuid(), userId, displayName, patientId, reason, at, expiresAt });
    return { expiresAt };
  };
}
