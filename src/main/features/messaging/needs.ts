import type { BlobPort } from "@main/data/blobs/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { CareAccess } from "@main/platform/care.ts";
import type { Clock } from "@main/platform/clock.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { Images } from "@main/platform/images.ts";
import type { Log } from "@main/platform/log.ts";
import type { Notifier } from "@main/platform/notifier.ts";
import type { RequestContext } from "@main/platform/request.ts";

/** A picture on its way into a chart. */
export interface ChartPicture {
  patientId: string;
  filename: string;
  bytes: Uint8Array;
  description: string | null;
  /** Link it to this finding of the patient. */
  observationId: string | null;
  /** The same key again answers the first file. */
  key: string;
}

/** Files what is not uploaded by hand; the files feature's part. */
export interface ChartFiles {
  /** Answers the file's id. Throws as the files' own routes do: `not-found` for a finding that is not of this patient. */
  addFile(context: RequestContext, picture: ChartPicture): Promise<{ id: string }>;
}

/** What the feature is made of: ports, and what other features do for it. */
export interface MessagingDeps {
  graph: GraphPort;
  documents: DocumentPort;
  blobs: BlobPort;
  /** For what is finished at a start; what a route does takes its time from the call. */
  clock: Clock;
  ids: Ids;
  events: EventBus;
  log: Log;
  images: Images;
  care: CareAccess;
  notifier: Notifier;
  chartFiles: ChartFiles;
}
