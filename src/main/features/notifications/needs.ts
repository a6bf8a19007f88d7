import type { DocumentPort } from "@main/data/documents/port.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Ids } from "@main/platform/ids.ts";

/** What the feature is made of: ports alone. */
export interface NotificationsDeps {
  documents: DocumentPort;
  ids: Ids;
  events: EventBus;
}
