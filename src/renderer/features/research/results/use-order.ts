import { useMemo, useState } from "react";
import type { RunResult } from "../types.ts";
import { compareCells } from "./cells.ts";
import type { RowPages } from "./row-pages.ts";

export interface Sorting {
  column: number;
  desc: boolean;
}

/** The order in which rows are shown, where all of them are here; a longer result is ordered by its query. */
export function useOrder(result: RunResult, pages: RowPages) {
  const [sorting, setSorting] = useState<(Sorting & { of: RunResult }) | null>(null);
  const canSort = result.rows.length >= result.rowCount;
  const now = sorting?.of === result ? sorting : null;
  const order = useMemo(() => {
    if (!now) return null;
    const indexes = result.rows.map((_, index) => index);
    const by = (one: number, other: number) =>
      compareCells(result.rows[one]?.[now.column] ?? null, result.rows[other]?.[now.column] ?? null);
    return indexes.toSorted((one, other) => (now.desc ? by(other, one) : by(one, other)));
  }, [now, result]);
  // First upwards, then downwards, then as the query answered.
  const sort = (column: number) => {
    if (now?.column !== column) setSorting({ of: result, column, desc: false });
    else if (!now.desc) setSorting({ of: result, column, desc: true });
    else setSorting(null);
  };
  return {
    canSort,
    sorting: now,
    sort,
    /** Which row of the result stands at this place. */
    indexAt: (place: number) => order?.[place] ?? place,
    /** At which place a row of the result stands. */
    placeOf: (index: number) => (order ? order.indexOf(index) : index),
    rowAt: (place: number) => pages.row(order?.[place] ?? place),
  };
}
