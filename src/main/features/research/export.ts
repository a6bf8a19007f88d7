import type { Value } from "@main/data/graph/port.ts";
import type { researchContract } from "@shared/contract/research.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { FORMATS } from "./export-format.ts";
import type { KeptResult } from "./result-store.ts";

type Route = (typeof researchContract)["exportResult"];

/** Rows of one part. */
export const PART_ROWS = 5000;
/** Groups of fewer people could be told apart by who knows the clinic. */
const SMALLEST_GROUP = 11;
const SUPPRESSED = `<${SMALLEST_GROUP}`;

/**
 * A part of a kept result as a file's text. What leaves the console under masking shows no small groups: in columns that count, 1 to
 * 10 become `<11`; a zero is nobody and stays.
 */
export function exportPart(result: KeptResult, { format, offset = 0 }: Input<Route>): Output<Route> {
  if (offset > 0 && offset >= result.rowCount) throw new AppError("invalid-input", "The result has no such row.", { field: "offset" });
  const whole = result.rows(offset, PART_ROWS);
  const { rows, suppressed } = result.masked ? withoutSmallGroups(whole, result) : { rows: whole, suppressed: 0 };
  const end = offset + rows.length;
  const isLast = end >= result.rowCount;
  const { mediaType, write } = FORMATS[format];
  const filename = `polyclinic-result-${result.at.slice(0, 10)}-${result.queryId.slice(0, 8)}.${format}`;
  const content = write({ columns: result.columns, rows, isFirst: offset === 0, isLast });
  return { filename, mediaType, content, rows: rows.length, suppressed, nextOffset: isLast ? null : end };
}

function withoutSmallGroups(rows: readonly Value[][], { columns, countColumns }: KeptResult): { rows: Value[][]; suppressed: number } {
  const counts = columns.map((column) => countColumns.includes(column));
  let suppressed = 0;
  const hide = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, hide(part)]));
    if (!isSmall(value)) return value;
    suppressed += 1;
    return SUPPRESSED;
  };
  return { rows: rows.map((row) => row.map((value, index) => (counts[index] ? hide(value) : value))), suppressed };
}

/** A count from 1 to 10, also one that was made a text. */
function isSmall(value: string | number | boolean | null): boolean {
  const count = typeof value === "string" && /^\d+(\.0+)?$/.test(value) ? Number(value) : value;
  return typeof count === "number" && count > 0 && count < SMALLEST_GROUP;
}
