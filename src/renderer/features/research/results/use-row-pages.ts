import { callRoute } from "@renderer/lib/api.ts";
import { useEffect, useMemo, useReducer } from "react";
import type { RunResult } from "../types.ts";
import { openRowPages, type RowPages } from "./row-pages.ts";

/** The rows of a result, drawn anew as their pages come. */
export function useRowPages(result: RunResult): RowPages {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const alive = useMemo(() => ({ mounted: true }), []);
  useEffect(() => {
    alive.mounted = true;
    return () => {
      alive.mounted = false;
    };
  }, [alive]);
  return useMemo(
    () =>
      openRowPages({
        first: result.rows,
        rowCount: result.rowCount,
        read: async (offset, limit) => (await callRoute("research", "readRows", { queryId: result.queryId, offset, limit })).rows,
        onChange: () => alive.mounted && redraw(),
      }),
    [result, alive],
  );
}
