import type { Cell } from "../types.ts";

export const KINDS = ["text", "number", "day", "boolean", "json", "null"] as const;
export type Kind = (typeof KINDS)[number];

/** A parameter as it is typed: what was written, and what it is to be read as. */
export interface ParameterValue {
  kind: Kind;
  text: string;
}
export type ParameterValues = Record<string, ParameterValue>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a parameter that was never given a value is likely to be: from where it stands in the text, then from its name. */
export function guessKind(name: string, text: string): Kind {
  const used = (before: string) => new RegExp(`${before}\\s*\\$${name}\\b`, "i").test(text);
  if (used("\\b(?:LIMIT|SKIP)")) return "number";
  if (used("\\b(?:IN|UNWIND)")) return "json";
  if (/^(?:is|has|only|with|include)[A-Z_]/.test(name)) return "boolean";
  if (/(?:day|date|from|since|until|before|after)$/i.test(name) || name === "to") return "day";
  if (/(?:limit|top|count|min|max|minutes|days|years|age|hops|depth|threshold|number|size|visits)$/i.test(name)) return "number";
  return "text";
}

/** A stored value as the form shows it. */
export function fromJson(value: Cell): ParameterValue {
  if (value === null) return { kind: "null", text: "" };
  if (typeof value === "number") return { kind: "number", text: String(value) };
  if (typeof value === "boolean") return { kind: "boolean", text: String(value) };
  if (typeof value === "string") return { kind: DAY.test(value) ? "day" : "text", text: value };
  return { kind: "json", text: JSON.stringify(value) };
}

/** All of a saved query's parameters as the form shows them. */
export function valuesOf(parameters: Record<string, Cell>): ParameterValues {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, fromJson(value)]));
}

export type ParameterFault = "number" | "day" | "json";

/** What goes to the host, or why what was typed cannot. */
export function toJson({ kind, text }: ParameterValue): { value: Cell } | { fault: ParameterFault } {
  switch (kind) {
    case "null":
      return { value: null };
    case "text":
      return { value: text };
    case "boolean":
      return { value: text === "true" };
    case "number": {
      const value = Number(text.trim());
      return text.trim() !== "" && Number.isFinite(value) ? { value } : { fault: "number" };
    }
    case "day":
      return isDay(text) ? { value: text } : { fault: "day" };
    case "json":
      try {
        return { value: JSON.parse(text) as Cell };
      } catch {
        return { fault: "json" };
      }
  }
}

function isDay(text: string): boolean {
  const at = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** The parameters that stand in the text, ready to be sent; faults by name. */
export function readParameters(names: readonly string[], values: ParameterValues, text: string) {
  const parameters: Record<string, Cell> = {};
  const faults: Record<string, ParameterFault> = {};
  for (const name of names) {
    const read = toJson(values[name] ?? { kind: guessKind(name, text), text: "" });
    if ("fault" in read) faults[name] = read.fault;
    else parameters[name] = read.value;
  }
  return { parameters, faults };
}
