import type { DocumentPort } from "@main/data/documents/port.ts";
import type { ResearchEngine } from "@main/data/research/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { Visibility } from "@shared/contract/research.ts";
import type { z } from "zod";

export interface ResearchDeps {
  documents: DocumentPort;
  engine: ResearchEngine;
  /** How a property of a label or relationship type is seen by who may not see identities. */
  visibilityOf(labelOrType: string, property: string): z.infer<typeof Visibility>;
  ids: Ids;
}
