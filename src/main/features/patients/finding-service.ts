import type { GraphPort } from "@main/data/graph/port.ts";
import { termsOf } from "./directory.ts";
import type { DirectoryUpkeep } from "./directory-upkeep.ts";
import * as store from "./store.ts";

/** Search and roster: ids from the directory, particulars from the graph. */
export function createFindingService(graph: GraphPort, upkeep: DirectoryUpkeep) {
  return {
    /** Best answers first. While the directory is being filled the graph is scanned for the typed words as they are. */
    async search(text: string, limit: number): Promise<store.PatientRow[]> {
      const terms = termsOf(text);
      if (terms.length === 0) return [];
      const directory = await upkeep.ifComplete();
      return graph.read(async (reader) => {
        const ids = directory ? directory.search(text, limit) : await store.scanForWords(reader, terms, limit);
        return store.listPatients(reader, ids);
      });
    },

    /** One page by family name, of one doctor's patients or all, and how many there are. */
    async listRoster(doctorId: string | null, skip: number, limit: number): Promise<{ patients: store.PatientRow[]; total: number }> {
      const directory = doctorId === null ? await upkeep.complete() : null;
      return graph.read(async (reader) => {
        const page = directory ? directory.page(skip, limit) : await store.doctorRoster(reader, doctorId ?? "", skip, limit);
        return { patients: await store.listPatients(reader, page.ids), total: page.total };
      });
    },
  };
}

export type FindingService = ReturnType<typeof createFindingService>;
