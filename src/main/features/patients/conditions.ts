import { nextId } from "@main/data/graph/next-id.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import { AppError, type Input } from "@shared/define.ts";
import type { ChartDeps } from "./chart-needs.ts";
import { dayIn, plausibleSince } from "./chart-rules.ts";
import * as store from "./chart-store.ts";

/** The problem list. A group of codes will do here (`E11`): it is not a diagnosis of a visit and nobody bills it. */
export function createConditions({ graph, care, icd10 }: Pick<ChartDeps, "graph" | "care" | "icd10">) {
  return async (
    { patientId, code, since = null }: Input<(typeof patientsContract)["recordCondition"]>,
    context: RequestContext,
  ): Promise<store.Condition> => {
    await care.require(context, patientId);
    const found = (await icd10()).find(code);
    if (!found) throw new AppError("invalid-input", "There is no such ICD-10-CM code.", { field: "code" });
    const recordedAt = context.clock.now();
    return graph.write(async (writer) => {
      const patient = await store.holdPatient(writer, patientId);
      plausibleSince(since, patient.birthDate, dayIn(recordedAt, patient.timeZone).toString());
      const conditions = await store.listConditions(writer, patientId);
      if (conditions.some((condition) => condition.code === found.code)) {
        throw new AppError("conflict", "This condition is on the list already.", { field: "code" });
      }
      const id = await nextId(writer, "PatientCondition");
      await store.recordCondition(writer, patientId, found, { id, since, recordedAt, recordedBy: userOf(context).displayName });
      return { id, code: found.code, title: found.title, since, recordedAt };
    });
  };
}
