import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { CareAccess } from "@main/platform/care.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Icd10 } from "./icd10/index.ts";

/** What the feature is made of: ports, and who may see whom (the patients feature's part). */
export interface EncountersDeps {
  graph: GraphPort;
  documents: DocumentPort;
  care: CareAccess;
  events: EventBus;
  icd10: () => Promise<Icd10>;
}
