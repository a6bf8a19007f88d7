import type { GraphPort } from "@main/data/graph/port.ts";
import type { CareAccess } from "@main/platform/care.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Ids } from "@main/platform/ids.ts";

/** What the feature is made of: ports, and who may see whom (the patients feature's part). */
export interface SchedulingDeps {
  graph: GraphPort;
  ids: Ids;
  events: EventBus;
  care: CareAccess;
}
