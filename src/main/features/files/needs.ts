import type { AuditPort } from "@main/data/audit/port.ts";
import type { BlobPort } from "@main/data/blobs/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Leases } from "@main/data/leases/port.ts";
import type { CareAccess } from "@main/platform/care.ts";
import type { Clock } from "@main/platform/clock.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { Log } from "@main/platform/log.ts";
import type { Notifier } from "@main/platform/notifier.ts";
import type { Viewer } from "@main/platform/request.ts";

/** What the feature is made of: ports, who may see whom, and whether a session still lasts. */
export interface FilesDeps {
  graph: GraphPort;
  documents: DocumentPort;
  blobs: BlobPort;
  audit: AuditPort;
  care: CareAccess;
  events: EventBus;
  notifier: Notifier;
  ids: Ids;
  log: Log;
  /** For the sweep; what a route does takes its time from the call. */
  clock: Clock;
  /** An upload is one workstation's at a time, and the sweep is one's of all. */
  leases: Leases;
  /** Which workstation this is. */
  host: string;
  isAlive(viewer: Viewer, clock: Clock): Promise<boolean>;
  diskFreeBytes(): Promise<number | null>;
}
