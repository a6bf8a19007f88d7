import { type QueryRunDocument, queryRuns } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { researchContract } from "@shared/contract/research.ts";
import type { Input, Output } from "@shared/define.ts";
import { QueryId } from "@shared/model/ids.ts";
import { fold } from "@shared/model/search-key.ts";
import type { Parameters } from "./parameters.ts";

type Routes = typeof researchContract;
type Item = Output<Routes["listHistory"]>["items"][number];

/** Runs that are remembered of one researcher. */
const REMEMBERED = 500;
const USUAL_LIMIT = 50;
/** Parameters that are remembered of one run, in characters of JSON. */
const PARAMETERS_MAX = 4096;

/** A run that is over, before it is written down. */
export type FinishedRun = Omit<QueryRunDocument, "parameters"> & { parameters: Parameters };

/** What each researcher has run, for themselves alone. */
export interface History {
  /** Whether a query of this id has been run, by whomever. */
  has(queryId: string): Promise<boolean>;
  record(run: FinishedRun): Promise<void>;
  list(input: Input<Routes["listHistory"]>, userId: string): Promise<Item[]>;
}

export function createHistory(documents: DocumentPort): History {
  const runs = documents.collection(queryRuns);

  async function forgetOldest(userId: string): Promise<void> {
    const old = await runs.find({ userId }, { sort: { at: "desc" }, skip: REMEMBERED, limit: 100 });
    if (old.length > 0) await runs.delete({ id: { in: old.map(({ id }) => id) } });
  }

  return {
    has: async (queryId) => (await runs.get(queryId)) !== null,
    async record({ parameters, ...run }) {
      await runs.insert({ ...run, parameters: JSON.stringify(rememberedOf(parameters)) });
      await forgetOldest(run.userId);
    },
    async list({ text = "", before, limit = USUAL_LIMIT }, userId) {
      const filter = before === undefined ? { userId } : { userId, at: { lt: before } };
      const found = await runs.find(filter, { sort: { at: "desc" }, limit: REMEMBERED });
      return found
        .filter(({ cypher }) => mentions(cypher, text))
        .slice(0, limit)
        .map(toItem);
    },
  };
}

/** Whether a text contains another, whatever the case, accents and forms of letters; signs count when there is nothing else. */
export function mentions(text: string, wanted: string): boolean {
  const folded = fold(wanted);
  return folded === "" ? text.includes(wanted.trim()) : fold(text).includes(folded);
}

/** The values that fit; a large one is left out, and whoever runs the query again is asked for it. */
function rememberedOf(parameters: Parameters): Parameters {
  const kept: Parameters = {};
  let room = PARAMETERS_MAX;
  for (const [name, value] of Object.entries(parameters)) {
    const size = JSON.stringify([name, value]).length;
    if (size > room) continue;
    kept[name] = value;
    room -= size;
  }
  return kept;
}

function toItem({ id, userId: _userId, parameters, ...run }: QueryRunDocument): Item {
  return { ...run, queryId: QueryId.parse(id), parameters: JSON.parse(parameters) };
}
