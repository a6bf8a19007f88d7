import type { RequestContext } from "@main/platform/request.ts";
import type { researchContract } from "@shared/contract/research.ts";
import type { Handlers } from "@shared/define.ts";
import { createAdmission } from "./admission.ts";
import { CARDS } from "./cards.ts";
import { createExplore } from "./explore.ts";
import { FUNCTION_NAMES, PROCEDURE_NAMES } from "./gate/functions.ts";
import { createGate } from "./gate/index.ts";
import { createGrants } from "./grants.ts";
import { researchHandlers } from "./handlers.ts";
import { createHistory } from "./history.ts";
import { createKeptResults } from "./kept-results.ts";
import type { ResearchDeps } from "./needs.ts";
import { createResultStore } from "./result-store.ts";
import { createRunningQueries } from "./running.ts";
import { createRun } from "./runs.ts";
import { createSavedQueries } from "./saved-queries.ts";

export interface Research {
  handlers: Handlers<typeof researchContract, RequestContext>;
  /** Stops the queries at work, so that closing the app need not wait for them. */
  interrupt(): void;
  close(): Promise<void>;
}

/** The research feature: reading Cypher behind a gate, its results, history, saved queries, cards, and who may see identities. */
export function createResearch({ documents, engine, visibilityOf, ids }: ResearchDeps): Research {
  const gate = createGate();
  const admit = createAdmission(gate, engine);
  const grants = createGrants(documents);
  const history = createHistory(documents);
  const running = createRunningQueries();
  const results = createResultStore();
  const handlers = researchHandlers({
    ...{ running, results, history, grants },
    cards: CARDS,
    run: createRun({ engine, admit, grants, history, running, results, ids }),
    kept: createKeptResults({ results, grants }),
    explore: createExplore({ engine, admit, grants, functions: [...FUNCTION_NAMES], procedures: [...PROCEDURE_NAMES], visibilityOf }),
    saved: createSavedQueries(documents, ids),
  });
  return {
    handlers: {
      ...handlers,
      getSchema: (input, context) => {
        // The console asks for this when it opens: the gate's grammar, which takes a second to load, is then there for the first query.
        void gate.check("RETURN 1 AS one", engine.answering(true));
        return handlers.getSchema(input, context);
      },
    },
    interrupt: () => running.cancelAll(),
    async close() {
      running.cancelAll();
      results.close();
      await gate.close();
    },
  };
}
