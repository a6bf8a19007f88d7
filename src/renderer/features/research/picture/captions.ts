import type { GraphNode } from "@shared/contract/research.ts";
import type { LabelLook } from "./labels.ts";
import { mainLabel } from "./labels.ts";

const LONGEST = 28;
/** What names a node where nobody chose: the first of these that it has. */
const USUAL = ["name", "title", "filename", "number", "code", "id", "key", "kind", "day"];

/** A value in one line: text as it is, the rest as JSON. Line ends and characters that turn the writing round are taken out. */
export function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu, " ").trim();
}

/** The text under a node: the chosen property, else a usual one, else any text it has, else its label. Masked values stand as they came. */
export function captionOf(node: GraphNode, look?: LabelLook): string {
  const of = (name: string) => (Object.hasOwn(node.properties, name) ? valueText(node.properties[name] ?? "") : "");
  const chosen = look?.caption ? of(look.caption) : "";
  if (chosen) return shortened(chosen);
  for (const name of USUAL) if (of(name)) return shortened(of(name));
  const any = Object.entries(node.properties).find(([, value]) => typeof value === "string" && valueText(value) !== "");
  return shortened(any ? valueText(any[1]) : mainLabel(node));
}

const LETTERS = new Intl.Segmenter();

/** Cut between letters as a reader sees them, so that none loses its mark. */
export function shortened(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  let [count, kept] = [0, 0];
  for (const { segment, index } of LETTERS.segment(text)) {
    count += 1;
    if (count < longest) kept = index + segment.length;
    if (count > longest) return `${text.slice(0, kept)}…`;
  }
  return text;
}
