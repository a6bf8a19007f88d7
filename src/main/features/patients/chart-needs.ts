import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort, Reader } from "@main/data/graph/port.ts";
import type { CareAccess } from "@main/platform/care.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { EncounterSummary, NoteText, ObservationView } from "@shared/contract/encounters.ts";
import type { MedicalFile } from "@shared/contract/files.ts";
import type { z } from "zod";

/** A patient's visits, as the encounters feature keeps them. */
export interface Timeline {
  /** One page, newest visit first, with what was found and written in its visits, and how many visits there are in all. */
  page(
    reader: Reader,
    patientId: string,
    page: { page: number; pageSize: number; finishedOnly: boolean },
  ): Promise<{
    encounters: z.input<typeof EncounterSummary>[];
    observations: z.input<typeof ObservationView>[];
    notes: z.input<typeof NoteText>[];
    total: number;
  }>;
}

/** The classification of conditions, as the encounters feature keeps it. */
export interface ConditionCodes {
  find(code: string): { code: string; title: string; billable: boolean } | null;
}

/** A patient's files, as the files feature keeps them. */
export interface ChartFiles {
  /** Those that are not voided, newest first; to the patient themself only links to findings of finished visits. */
  listForChart(reader: Reader, patientId: string, viewer: { self: boolean }): Promise<z.input<typeof MedicalFile>[]>;
}

/** What the clinical half of the patients feature is made of. */
export interface ChartDeps {
  graph: GraphPort;
  documents: DocumentPort;
  ids: Ids;
  care: CareAccess;
  timeline: Timeline;
  files: ChartFiles;
  icd10: () => Promise<ConditionCodes>;
}
