import { useMemo, useState } from "react";
import type { RunResult } from "../types.ts";
import { lineOf } from "./cells.ts";

/** Rows that say how wide a column begins. */
const SAMPLED = 60;
const NARROWEST = 6;
const WIDEST = 44;
const LEAST_WIDTH = 56;
const CHARACTER = 7.6;
const ROOM = 32;

export interface ResultColumn {
  index: number;
  name: string;
  /** Numbers stand at the end side. */
  numeric: boolean;
  width: number;
}

/** The columns with the width their first rows ask for, and the act that changes one. */
export function useColumns(result: RunResult): [ResultColumn[], (index: number, width: number) => void] {
  const [chosen, setChosen] = useState<{ of: RunResult; widths: Record<number, number> }>({ of: result, widths: {} });
  const widths = chosen.of === result ? chosen.widths : {};
  const found = useMemo(() => measured(result), [result]);
  const columns = found.map((column) => ({ ...column, width: widths[column.index] ?? column.width }));
  const resize = (index: number, width: number) =>
    setChosen({ of: result, widths: { ...widths, [index]: Math.max(LEAST_WIDTH, Math.round(width)) } });
  return [columns, resize];
}

function measured({ columns, rows }: RunResult): ResultColumn[] {
  const sample = rows.slice(0, SAMPLED);
  return columns.map((name, index) => {
    const cells = sample.map((row) => row[index] ?? null);
    const present = cells.filter((cell) => cell !== null);
    const longest = Math.max(name.length + 2, ...cells.map((cell) => lineOf(cell).length));
    return {
      index,
      name,
      numeric: present.length > 0 && present.every((cell) => typeof cell === "number"),
      width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, longest)) * CHARACTER + ROOM),
    };
  });
}
