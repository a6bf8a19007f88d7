import { nextId } from "@main/data/graph/next-id.ts";
import type { Writer } from "@main/data/graph/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import { AppError, type Input } from "@shared/define.ts";
import type { ChartDeps } from "./chart-needs.ts";
import { isActive, statusAfterVoid, substanceKey, visibleAllergies } from "./chart-rules.ts";
import * as store from "./chart-store.ts";

type Routes = typeof patientsContract;
type Recording = Input<Routes["recordAllergy"]>;

/** Allergies: recorded, found to be none, or voided. Nothing is deleted. */
export function createAllergies({ graph, care }: Pick<ChartDeps, "graph" | "care">) {
  return {
    async record(input: Recording, context: RequestContext) {
      const { patientId } = input;
      await care.require(context, patientId);
      const allergy = input.noneKnown ? null : allergyOf(input);
      if (!allergy) refuseBoth(input);
      return graph.write(async (writer) => {
        await store.holdPatient(writer, patientId);
        const active = (await store.listAllergies(writer, patientId)).filter(isActive);
        if (allergy) await add(writer, patientId, allergy, active, context);
        else if (active.length > 0) throw new AppError("conflict", "Allergies are recorded: void them first.", { field: "noneKnown" });
        const allergyStatus = allergy ? ("recorded" as const) : ("none-known" as const);
        await store.setAllergyStatus(writer, patientId, allergyStatus);
        return { allergyStatus, allergies: visibleAllergies({ allergies: await store.listAllergies(writer, patientId) }, false) };
      });
    },

    async void({ patientId, allergyId, reason }: Input<Routes["voidAllergy"]>, context: RequestContext) {
      await care.require(context, patientId);
      const voided = { at: context.clock.now(), by: userOf(context).displayName, reason };
      return graph.write(async (writer) => {
        await store.holdPatient(writer, patientId);
        const before = (await store.listAllergies(writer, patientId)).find((allergy) => allergy.id === allergyId);
        if (!before) throw new AppError("not-found", "The patient has no such allergy.", { field: "allergyId" });
        if (before.voided) throw new AppError("conflict", "This allergy is voided already.", { field: "allergyId" });
        await store.voidAllergy(writer, patientId, allergyId, voided);
        const allergies = await store.listAllergies(writer, patientId);
        await store.setAllergyStatus(writer, patientId, statusAfterVoid(allergies));
        return { allergies: visibleAllergies({ allergies }, false) };
      });
    },
  };
}

interface NewAllergy {
  substance: string;
  severity: NonNullable<Recording["severity"]>;
  reaction: string | null;
}

function allergyOf({ substance, severity, reaction = null }: Recording): NewAllergy {
  if (!substance) throw new AppError("invalid-input", "Name the substance, or say that none are known.", { field: "substance" });
  if (!severity) throw new AppError("invalid-input", "Say how severe it is.", { field: "severity" });
  return { substance, severity, reaction };
}

function refuseBoth({ substance }: Recording): void {
  if (substance) throw new AppError("invalid-input", "Either a substance or none known, not both.", { field: "noneKnown" });
}

async function add(
  writer: Writer,
  patientId: string,
  { substance, ...allergy }: NewAllergy,
  active: readonly store.KeyedAllergy[],
  context: RequestContext,
): Promise<void> {
  const key = substanceKey(substance);
  if (active.some((other) => other.key === key)) {
    throw new AppError("conflict", "This allergy is recorded already: void it to record it anew.", { field: "substance" });
  }
  const id = await nextId(writer, "Allergy");
  const recorded = { recordedAt: context.clock.now(), recordedBy: userOf(context).displayName };
  await store.recordAllergy(writer, patientId, { key, name: substance }, { id, ...allergy, ...recorded });
}
