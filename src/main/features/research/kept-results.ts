import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { researchContract } from "@shared/contract/research.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { exportPart } from "./export.ts";
import type { Grants } from "./grants.ts";
import type { KeptResult, ResultStore } from "./result-store.ts";

type Routes = typeof researchContract;

/** What can still be had of a result: more of its rows, and a file of it. */
export function createKeptResults({ results, grants }: { results: ResultStore; grants: Grants }) {
  async function find(queryId: string, context: RequestContext): Promise<KeptResult> {
    const { userId } = userOf(context);
    const now = context.clock.now();
    // A result with identities is not shown to somebody who may see them no more.
    if (!(await grants.holds(userId, now))) results.dropUnmasked(userId);
    const result = results.find(queryId, userId, now);
    if (!result) throw new AppError("not-found", "This result is no longer kept: run the query again.", { field: "queryId" });
    return result;
  }

  return {
    async readRows({ queryId, offset, limit }: Input<Routes["readRows"]>, context: RequestContext): Promise<Output<Routes["readRows"]>> {
      const result = await find(queryId, context);
      return { rows: result.rows(offset, limit), rowCount: result.rowCount };
    },
    async exportResult(input: Input<Routes["exportResult"]>, context: RequestContext): Promise<Output<Routes["exportResult"]>> {
      const result = await find(input.queryId, context);
      if (!result.masked) context.about({ identities: "shown" });
      return exportPart(result, input);
    },
  };
}
