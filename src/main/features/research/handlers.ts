import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { Card, researchContract } from "@shared/contract/research.ts";
import { AppError, type Handlers } from "@shared/define.ts";
import { cardParameters } from "./card-parameters.ts";
import type { createExplore } from "./explore.ts";
import type { Grants } from "./grants.ts";
import type { History } from "./history.ts";
import type { createKeptResults } from "./kept-results.ts";
import type { ResultStore } from "./result-store.ts";
import type { RunningQueries } from "./running.ts";
import type { createRun } from "./runs.ts";
import type { SavedQueries } from "./saved-queries.ts";

export interface ResearchServices {
  run: ReturnType<typeof createRun>;
  running: RunningQueries;
  results: ResultStore;
  kept: ReturnType<typeof createKeptResults>;
  explore: ReturnType<typeof createExplore>;
  history: History;
  saved: SavedQueries;
  grants: Grants;
  cards: readonly Card[];
}

export function researchHandlers(services: ResearchServices): Handlers<typeof researchContract, RequestContext> {
  const { run, running, results, kept, explore, history, saved, grants, cards } = services;
  return {
    getSchema: (input, context) => explore.getSchema(input, context),
    run: (input, context) => run(input, context),
    readRows: (input, context) => kept.readRows(input, context),
    cancel: async ({ queryId }, context) => ({ cancelled: await running.cancel(queryId, userOf(context).userId) }),
    explain: (input, context) => explore.explain(input, context),
    expand: (input, context) => explore.expand(input, context),
    listHistory: async (input, context) => ({ items: await history.list(input, userOf(context).userId) }),
    listSavedQueries: async (input, context) => ({ items: await saved.list(input, userOf(context).userId) }),
    saveQuery: (input, context) => saved.save(input, context),
    async deleteSavedQuery({ id }, context) {
      await saved.remove(id, userOf(context).userId);
      return {};
    },
    listCards: async () => ({ items: [...cards] }),
    async runCard({ cardId, parameters = {}, ...options }, context) {
      const card = cards.find(({ id }) => id === cardId);
      if (!card) throw new AppError("not-found", "There is no such card.", { field: "cardId" });
      return run({ ...options, cypher: card.cypher, parameters: cardParameters(card, parameters) as typeof parameters }, context);
    },
    exportResult: (input, context) => kept.exportResult(input, context),
    listGrants: async (_input, context) => ({ items: await grants.list(context.clock.now()) }),
    grantIdentities: (input, context) => grants.give(input, context),
    async revokeIdentities({ userId }) {
      await grants.take(userId);
      running.cancelUnmasked(userId);
      results.dropUnmasked(userId);
      return {};
    },
  };
}
