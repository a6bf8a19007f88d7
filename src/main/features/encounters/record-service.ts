import { nextId } from "@main/data/graph/next-id.ts";
import type { Writer } from "@main/data/graph/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import { AppError, type Input } from "@shared/define.ts";
import { keyOf, requireVisit, writeOnce } from "./command.ts";
import type { ConditionCode } from "./icd10/index.ts";
import type { EncountersDeps } from "./needs.ts";
import { advance, CARRIER_KIND, carrierKey, sameSubject } from "./rules.ts";
import * as store from "./store.ts";
import * as writes from "./store-writes.ts";

type Routes = typeof encountersContract;
type DiagnosisInput = Input<Routes["recordDiagnosis"]>;

const USUAL_LIMIT = 20;

/** What is found and diagnosed in an open visit. Any clinician with access may add to it, whoever began it. */
export function createRecordService(deps: EncountersDeps) {
  return {
    async observe(input: Input<Routes["recordObservation"]>, context: RequestContext): Promise<store.Observation> {
      await requireVisit(deps, context, input.encounterId);
      const { key: _key, ...observation } = await writeOnce(deps.graph, (writer) => observe(writer, input, context));
      return observation;
    },

    async diagnose(input: DiagnosisInput, context: RequestContext): Promise<store.Diagnosis> {
      await requireVisit(deps, context, input.encounterId);
      const condition = billable((await deps.icd10()).find(input.code));
      return writeOnce(deps.graph, (writer) => diagnose(writer, input, condition, context));
    },

    async searchConditions({ text, limit = USUAL_LIMIT }: Input<Routes["searchConditions"]>): Promise<ConditionCode[]> {
      return (await deps.icd10()).search(text, limit);
    },
  };
}

/** A diagnosis names a leaf of the classification. Throws `invalid-input` for the field `code`. */
function billable(condition: ConditionCode | null): ConditionCode {
  if (!condition) throw new AppError("invalid-input", "There is no such ICD-10-CM code.", { field: "code" });
  if (!condition.billable) throw new AppError("invalid-input", "This ICD-10-CM code is a group: name one of its codes.", { field: "code" });
  return condition;
}

/** An observation's stored properties, said now by this viewer. */
function said(context: RequestContext) {
  return { recordedAt: context.clock.now(), recordedBy: userOf(context).displayName };
}

async function observe(writer: Writer, input: Input<Routes["recordObservation"]>, context: RequestContext): Promise<store.ObservationRow> {
  const { encounterId, kind, text = null, value = null, unit = null } = input;
  const key = keyOf(context, input.key);
  const [visit, before] = await Promise.all([writes.holdEncounter(writer, encounterId), store.findObservationByKey(writer, key)]);
  if (before) {
    const same = before.encounterId === encounterId && before.kind === kind && before.unit === unit;
    sameSubject(same && before.text === text && before.value === value);
    return before;
  }
  advance(visit.status, "record");
  const observation = { id: await nextId(writer, "Observation"), kind, text, value, unit, ...said(context), key };
  await writes.recordObservation(writer, encounterId, observation);
  return { ...observation, encounterId };
}

async function diagnose(
  writer: Writer,
  input: DiagnosisInput,
  condition: ConditionCode,
  context: RequestContext,
): Promise<store.Diagnosis> {
  const { encounterId, certainty = "confirmed" } = input;
  const key = keyOf(context, input.key);
  const [visit, before] = await Promise.all([writes.holdEncounter(writer, encounterId), store.findDiagnosisByKey(writer, key)]);
  if (before) {
    const same = before.encounterId === encounterId && before.code === condition.code && before.certainty === certainty;
    sameSubject(same && (input.observationId ?? before.observationId) === before.observationId);
    return before;
  }
  advance(visit.status, "record");
  const observationId = input.observationId ?? (await carrier(writer, encounterId, context));
  if (input.observationId && !(await store.hasObservation(writer, encounterId, input.observationId))) {
    throw new AppError("not-found", "The visit has no such observation.", { field: "observationId" });
  }
  const diagnosis = { id: await nextId(writer, "Diagnosis"), certainty, ...said(context) };
  await writes.recordDiagnosis(writer, observationId, { ...diagnosis, key }, condition);
  return { ...diagnosis, observationId, encounterId, code: condition.code, title: condition.title };
}

/** The observation that carries the diagnoses of the visit as a whole; the first of them makes it. */
async function carrier(writer: Writer, encounterId: string, context: RequestContext): Promise<string> {
  const key = carrierKey(encounterId);
  const before = await store.findObservationByKey(writer, key);
  if (before) return before.id;
  const id = await nextId(writer, "Observation");
  await writes.recordObservation(writer, encounterId, { id, kind: CARRIER_KIND, ...said(context), key });
  return id;
}
