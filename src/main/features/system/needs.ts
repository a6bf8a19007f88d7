import type { BlobPort } from "@main/data/blobs/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { SecretStore } from "@main/platform/secrets.ts";

export interface SystemDeps {
  graph: GraphPort;
  documents: DocumentPort;
  blobs: Pick<BlobPort, "health">;
  secrets: Pick<SecretStore, "kind" | "place">;
  ids: Ids;
  version: string;
  /** Null where this process has no folder of its own. */
  dataFolder: string | null;
  diskFreeBytes(): Promise<number | null>;
}
