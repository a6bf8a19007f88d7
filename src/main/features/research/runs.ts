import type { Value } from "@main/data/graph/port.ts";
import type { ResearchEngine } from "@main/data/research/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { researchContract } from "@shared/contract/research.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { QueryId } from "@shared/model/ids.ts";
import { PAGE_ROWS_USUAL, PICTURE_NODES_MAX, RESULT_ROWS_MAX } from "@shared/model/research-limits.ts";
import { type Accepted, type Admit, isRefusal } from "./admission.ts";
import type { Grants } from "./grants.ts";
import type { FinishedRun, History } from "./history.ts";
import { boundedParameters, namedParameters } from "./parameters.ts";
import type { ResultDraft, ResultStore } from "./result-store.ts";
import { queryIdTaken, type Running, type RunningQueries, unlessStopped } from "./running.ts";

type RunInput = Input<(typeof researchContract)["run"]>;
type RunOutput = Output<(typeof researchContract)["run"]>;

/** JSON of a result that is kept at most. */
const RESULT_BYTES_MAX = 64 * 1024 * 1024;

export interface RunDeps {
  engine: ResearchEngine;
  admit: Admit;
  grants: Grants;
  history: History;
  running: RunningQueries;
  results: ResultStore;
  ids: Ids;
}

/** Runs one query: through the gate, onto the engine, into the store of results; what came of it goes to the history. */
export function createRun(deps: RunDeps): (input: RunInput, context: RequestContext) => Promise<RunOutput> {
  const { engine, admit, grants, history, running, results, ids } = deps;

  async function prepare(input: RunInput, run: Running, now: string): Promise<{ accepted: Accepted; parameters: Record<string, Value> }> {
    const given = boundedParameters(input.parameters ?? {});
    // Known from here on, so that taking the grant back stops this run, too.
    run.unmasked = await grants.holds(run.userId, now);
    try {
      const accepted = await admit(input.cypher, !run.unmasked);
      return { accepted, parameters: namedParameters(accepted.parameters, given) };
    } catch (error) {
      // What is refused here has asked nothing of the engine.
      run.unmasked = false;
      throw error;
    }
  }

  async function answer(input: RunInput, run: Running, now: string): Promise<RunOutput> {
    const { accepted, parameters } = await unlessStopped(run.signal, prepare(input, run, now));
    const masked = !run.unmasked;
    const head = { queryId: run.queryId, userId: run.userId, at: now, masked, countColumns: accepted.countColumns };
    const draft = results.draft(head, input.limit ?? PAGE_ROWS_USUAL);
    let columns: string[] = [];
    const sink = {
      columns(names: string[]) {
        columns = names;
        draft.columns(names);
      },
      rows: (rows: Value[][]) => draft.rows(rows),
    };
    const caps = { maxRows: RESULT_ROWS_MAX, maxBytes: RESULT_BYTES_MAX, maxNodes: PICTURE_NODES_MAX };
    // What is stopped in its last moment is not kept: whoever stopped it may have had a reason, such as a grant taken back.
    const { graph, graphTruncated, capped, durationMs, snapshotAt } = await unlessStopped(
      run.signal,
      engine.run({ cypher: input.cypher, parameters, masked, ...caps }, sink, run.signal),
    );
    draft.keep();
    return {
      ...{ queryId: QueryId.parse(run.queryId), columns, ...shownOf(draft, capped), capped },
      ...{ graph, graphTruncated, durationMs, masked, snapshotAt },
    };
  }

  return async (input, context) => {
    const { userId } = userOf(context);
    const { queryId = ids.uuid(), cypher, parameters = {} } = input;
    context.about({ queryId });
    const run = running.begin(queryId, userId, context.signal);
    try {
      if (await history.has(queryId)) throw queryIdTaken();
      const at = context.clock.now();
      const entry = { id: queryId, userId, cypher, parameters, at };
      try {
        const output = await answer(input, run, at);
        await history.record({ ...entry, ...succeeded(output) });
        return output;
      } catch (error) {
        await history.record({ ...entry, ...failed(error) });
        throw error;
      }
    } finally {
      if (run.unmasked) context.about({ identities: "shown" });
      run.end();
    }
  };
}

function shownOf(draft: ResultDraft, capped: boolean): Pick<RunOutput, "rows" | "rowCount" | "truncated"> {
  const rows = [...draft.first];
  return { rows, rowCount: draft.rowCount, truncated: capped || draft.rowCount > rows.length };
}

type Outcome = Pick<FinishedRun, "outcome" | "code" | "construct" | "rows" | "durationMs">;

function succeeded({ rowCount, durationMs }: RunOutput): Outcome {
  return { outcome: "ok", code: null, construct: null, rows: rowCount, durationMs };
}

function failed(error: unknown): Outcome {
  const nothing = { construct: null, rows: null, durationMs: null };
  if (!(error instanceof AppError)) return { ...nothing, outcome: "failed", code: "internal" };
  const outcome = error.code === "cancelled" ? "cancelled" : isRefusal(error) ? "refused" : "failed";
  return { ...nothing, outcome, code: error.code, construct: error.data.construct ?? null };
}
