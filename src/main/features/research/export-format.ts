import type { Value } from "@main/data/graph/port.ts";
import Papa from "papaparse";

export type ExportFormat = "csv" | "json" | "ndjson";

/** Rows of a result that are written together, and where they lie in it. */
export interface ExportPart {
  columns: readonly string[];
  rows: readonly Value[][];
  isFirst: boolean;
  isLast: boolean;
}

/** The media type of each format, and how a part of it is written: the parts one after the other are the whole file. */
export const FORMATS: Record<ExportFormat, { mediaType: string; write(part: ExportPart): string }> = {
  csv: { mediaType: "text/csv; charset=utf-8", write: csvPart },
  json: { mediaType: "application/json", write: jsonPart },
  ndjson: { mediaType: "application/x-ndjson", write: ({ columns, rows }) => objectsOf(columns, rows).map(lineOf).join("") },
};

/** Without it Excel takes UTF-8 for the machine's own code page, and Arabic for noise. */
const BYTE_ORDER_MARK = "\uFEFF";
/** What a spreadsheet may take for a formula, also behind blanks, over several lines, and in full-width signs. */
const FORMULA = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
const NEWLINE = "\r\n";

/** RFC 4180: a header once, CRLF, quotes doubled. Texts that a spreadsheet would run begin with an apostrophe. */
function csvPart({ columns, rows, isFirst }: ExportPart): string {
  const lines = rows.map((row) => row.map(csvCell));
  const all = isFirst ? [[...columns], ...lines] : lines;
  if (all.length === 0) return "";
  // An empty cell alone on its line would be no line to whoever reads it.
  const csv = Papa.unparse(all, { newline: NEWLINE, escapeFormulae: FORMULA, quotes: columns.length === 1 });
  return `${isFirst ? BYTE_ORDER_MARK : ""}${csv}${NEWLINE}`;
}

/** Numbers and truth values as they are, nothing for null, JSON for lists, maps, nodes, edges and paths. */
function csvCell(value: Value): string | number | boolean {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : value;
}

function jsonPart({ columns, rows, isFirst, isLast }: ExportPart): string {
  const objects = objectsOf(columns, rows).map((object, index) => `${isFirst && index === 0 ? "" : ","}\n${object}`);
  return `${isFirst ? "[" : ""}${objects.join("")}${isLast ? "\n]\n" : ""}`;
}

/** Each row as the JSON text of an object under the names of its columns. */
function objectsOf(columns: readonly string[], rows: readonly Value[][]): string[] {
  const names = distinct(columns);
  return rows.map((row) => JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))));
}

const lineOf = (text: string) => `${text}\n`;

/** An object cannot hold two columns of one name: the second becomes `name_2`. */
function distinct(columns: readonly string[]): string[] {
  const taken = new Set(columns);
  const seen = new Set<string>();
  return columns.map((column) => {
    let name = column;
    for (let number = 2; seen.has(name) || (name !== column && taken.has(name)); number += 1) name = `${column}_${number}`;
    seen.add(name);
    return name;
  });
}
