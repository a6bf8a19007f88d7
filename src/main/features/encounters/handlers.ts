import type { RequestContext } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import type { Handlers } from "@shared/define.ts";
import { createDraftService } from "./draft-service.ts";
import type { EncountersDeps } from "./needs.ts";
import { createNoteService } from "./note-service.ts";
import { createRecordService } from "./record-service.ts";
import { createVisitService } from "./visit-service.ts";

/** Routes of the encounters domain: each takes its parsed input to a service and shapes the answer. */
export function encountersHandlers(deps: EncountersDeps): Handlers<typeof encountersContract, RequestContext> {
  const visits = createVisitService(deps);
  const records = createRecordService(deps);
  const drafts = createDraftService(deps);
  const notes = createNoteService(deps, drafts);
  return {
    startEncounter: (input, context) => visits.start(input, context),
    saveDraft: (input, context) => drafts.save(input, context),
    getDraft: async ({ encounterId }, context) => ({ draft: await drafts.get(encounterId, context) }),
    recordObservation: (input, context) => records.observe(input, context),
    recordDiagnosis: (input, context) => records.diagnose(input, context),
    writeNote: (input, context) => notes.write(input, context),
    completeEncounter: (input, context) => visits.complete(input, context),
    amendEncounter: (input, context) => notes.amend(input, context),
    listEncounters: (input, context) => visits.list(input, context),
    getEncounter: ({ encounterId }, context) => visits.get(encounterId, context),
    searchConditions: async (input) => ({ items: await records.searchConditions(input) }),
  };
}
