import type { Reader } from "@main/data/graph/port.ts";
import type { EncounterSummary } from "@shared/contract/encounters.ts";
import type { z } from "zod";
import { ANY_STATUS, FINISHED, isFinding } from "./rules.ts";
import * as store from "./store.ts";

export type Summary = z.input<typeof EncounterSummary>;

/** Visits with what was found, diagnosed and written in them. */
export interface Visits {
  encounters: Summary[];
  observations: store.Observation[];
  diagnoses: store.Diagnosis[];
  notes: store.Note[];
}

export interface Page {
  page: number;
  pageSize: number;
  /** Leaves out visits that are still open: the patient's own view. */
  finishedOnly: boolean;
}

/** A patient's visits, for the features that show them. */
export interface Timeline {
  /** One page, newest visit first, and how many visits there are in all. */
  page(reader: Reader, patientId: string, page: Page): Promise<Visits & { total: number }>;
}

/** Loads these visits whole: one round trip for each kind of thing in them. */
export async function loadVisits(reader: Reader, ids: readonly string[]): Promise<Visits> {
  if (ids.length === 0) return { encounters: [], observations: [], diagnoses: [], notes: [] };
  const [rows, observed, diagnoses, notes] = await Promise.all([
    store.summarize(reader, ids),
    store.listObservations(reader, ids),
    store.listDiagnoses(reader, ids),
    store.listNotes(reader, ids),
  ]);
  const observations = observed.filter(isFinding).map(({ key: _key, ...observation }) => observation);
  const diagnosesOf = Map.groupBy(diagnoses, (diagnosis) => diagnosis.encounterId);
  const observationsOf = Map.groupBy(observations, (observation) => observation.encounterId);
  const notesOf = Map.groupBy(notes, (note) => note.encounterId);
  const encounters = rows.map((row) => ({
    ...row,
    diagnoses: distinct(diagnosesOf.get(row.id) ?? []),
    observationCount: observationsOf.get(row.id)?.length ?? 0,
    noteCount: notesOf.get(row.id)?.length ?? 0,
  }));
  return { encounters, observations, diagnoses, notes };
}

/** The same condition diagnosed twice in a visit is named once. */
function distinct(diagnoses: readonly store.Diagnosis[]): Summary["diagnoses"] {
  return [...new Map(diagnoses.map(({ code, title }) => [code, { code, title }])).values()];
}

/** The summary of a visit that is known to be there. */
export async function summaryOf(reader: Reader, encounterId: string): Promise<Summary> {
  const { encounters } = await loadVisits(reader, [encounterId]);
  return encounters[0] as Summary;
}

/** Reads a patient's visits for the chart and the lists. Whether the viewer may see the patient is the caller's to ask. */
export function createTimeline(): Timeline {
  return {
    async page(reader, patientId, { page, pageSize, finishedOnly }) {
      const statuses = finishedOnly ? FINISHED : ANY_STATUS;
      const [ids, total] = await Promise.all([
        store.listEncounterIds(reader, patientId, statuses, { skip: (page - 1) * pageSize, limit: pageSize }),
        store.countEncounters(reader, patientId, statuses),
      ]);
      return { ...(await loadVisits(reader, ids)), total };
    },
  };
}
