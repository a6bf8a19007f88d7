import type { RequestContext } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import type { Handlers } from "@shared/define.ts";
import type { EncountersDeps } from "./deps.ts";
import { encountersHandlers } from "./handlers.ts";

export { type ConditionCode, createIcd10, type Icd10 } from "./icd10/index.ts";
export { createTimeline, type Timeline } from "./timeline.ts";
export type { EncountersDeps };

/** The encounters feature: visits with their observations, diagnoses, notes and drafts. */
export function createEncounters(deps: EncountersDeps): Handlers<typeof encountersContract, RequestContext> {
  return encountersHandlers(deps);
}
