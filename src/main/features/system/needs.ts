import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Ids } from "@main/platform/ids.ts";

export interface SystemDeps {
  graph: GraphPort;
  documents: DocumentPort;
  ids: Ids;
  version: string;
  /** Null where this process has no folder of its own. */
  dataFolder: string | null;
  diskFreeBytes(): Promise<number | null>;
}
