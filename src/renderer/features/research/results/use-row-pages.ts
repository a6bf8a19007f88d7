import { callRoute } from "@renderer/lib/api.ts";
import { useEffect, useMemo, useReducer, useRef } from "react";
import type { RunResult } from "../types.ts";
import { openRowPages, type RowPages } from "./row-pages.ts";

/** The rows of a result, drawn anew as their pages come. */
export function useRowPages(result: RunResult): RowPages {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return useMemo(
    () =>
      openRowPages({
        first: result.rows,
        rowCount: result.rowCount,
        read: async (offset, limit) => (await callRoute("research", "readRows", { queryId: result.queryId, offset, limit })).rows,
        onChange: () => mounted.current && redraw(),
      }),
    [result],
  );
}
