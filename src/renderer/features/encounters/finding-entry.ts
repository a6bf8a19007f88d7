import { MEASURES, type Measure } from "./measures.ts";

export interface NewFinding {
  kind: string;
  value: number | null;
  unit: string | null;
  text: string | null;
}

export type Entry =
  | { ok: true; findings: NewFinding[] }
  /** A measure was named, but its value cannot be: too many numbers, or beyond what a body shows. */
  | { ok: false; measure: Measure };

const latinDigits = (text: string) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/\u066b/g, ".");

const PART =
  /^([\p{L}][\p{L}\p{M}\d]*)[\s:=]*(\d+(?:[.,]\d+)?)(?:\s*[/\\]\s*(\d+(?:[.,]\d+)?))?\s*(%|°?c|mmhg|\/min|kg|cm|mmol\/l|كغ|سم)?$/iu;

/**
 * What was typed as findings: "bp 148/92, t 38.1" becomes values with their units; anything that names no measure is
 * kept as words, whole.
 */
export function readEntry(typed: string): Entry {
  const text = typed.trim();
  const parts = latinDigits(text)
    .split(/[;،؛\n]+|,\s+/)
    .map((part) => part.trim())
    .filter(Boolean);
  const read = parts.map(readPart);
  const faulty = read.find((part) => part !== null && !part.ok);
  if (faulty) return faulty;
  if (read.length === 0 || read.includes(null))
    return { ok: true, findings: text ? [{ kind: "finding", value: null, unit: null, text }] : [] };
  return { ok: true, findings: read.flatMap((part) => (part?.ok ? part.findings : [])) };
}

/** One measure with its value; null where no measure is named. */
function readPart(part: string): Entry | null {
  const match = PART.exec(part);
  const measure = match && MEASURES.find(({ words }) => words.includes((match[1] ?? "").toLowerCase()));
  if (!match || !measure) return null;
  const values = [match[2], match[3]].filter((value) => value !== undefined).map((value) => Number(value.replace(",", ".")));
  const [least, most] = measure.enterable;
  const fits = values.length === measure.kinds.length && values.every((value) => value >= least && value <= most);
  const falling = values.length < 2 || (values[0] ?? 0) > (values[1] ?? 0);
  if (!fits || !falling) return { ok: false, measure };
  const findings = measure.kinds.map((kind, at) => ({ kind, value: values[at] ?? null, unit: measure.unit, text: null }));
  return { ok: true, findings };
}
