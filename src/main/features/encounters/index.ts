import type { RequestContext } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import type { Handlers } from "@shared/define.ts";
import { encountersHandlers } from "./handlers.ts";
import type { EncountersDeps } from "./needs.ts";

export { createIcd10 } from "./icd10/index.ts";
export { createTimeline } from "./timeline.ts";

/** The encounters feature: visits with their observations, diagnoses, notes and drafts. */
export function createEncounters(deps: EncountersDeps): Handlers<typeof encountersContract, RequestContext> {
  return encountersHandlers(deps);
}
