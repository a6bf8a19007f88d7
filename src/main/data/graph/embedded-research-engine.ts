import grafeo from "@grafeo-db/js";
import { SnapshotFill } from "./embedded-research-fill.ts";
import { fillFromCopy } from "./embedded-research-prepare.ts";
import { openResearchStore } from "./embedded-research-store.ts";
import type { QueryStore, ResearchCall, SnapshotSchema } from "./research-protocol.ts";

/** Makes the file that queries run on from a copy of the clinic's own store. */
export function prepareSnapshot(call: Extract<ResearchCall, { kind: "prepare" }>): Promise<{ schema: SnapshotSchema; version: string }> {
  return fillFromCopy(grafeo, call);
}

/** Begins a file that is made of what the host sends. */
export function beginFill(): SnapshotFill {
  return new SnapshotFill(grafeo);
}

/** Opens a prepared file so that nothing can be written to it. */
export function openSnapshot(file: string, snapshot: string): Promise<QueryStore> {
  return openResearchStore(grafeo, file, snapshot);
}
