import { TooDeep } from "./research-cells.ts";
import type { ResearchFailure } from "./research-protocol.ts";
import { ResearchRefusal } from "./research-refusal.ts";

/**
 * Reads an error of the engine. Of syntax and semantic errors the text is kept, which quotes the statement; of all others only what
 * kind it is, because they may quote what is stored.
 */
export function readResearchFailure(error: unknown): ResearchFailure {
  if (error instanceof ResearchRefusal) return error.failure;
  if (error instanceof TooDeep || error instanceof RangeError) return { kind: "too-large", memory: false };
  const message = error instanceof Error ? error.message : String(error);
  const code = /GRAFEO-([A-Z]\d{3})/.exec(message)?.[1];
  if (code === "T003") return { kind: "writes" };
  if (code === "Q001" || code === "Q002") return readText(message);
  return { kind: "cannot-compute", detail: CAUSES[statusOf(error)] ?? "a value does not fit what is done with it" };
}

function readText(message: string): ResearchFailure {
  const parameter = /Missing parameter: (\$\w+)/.exec(message)?.[1];
  if (parameter !== undefined) return { kind: "missing-parameter", detail: parameter };
  const detail = (message.split("\n")[0] ?? "").replace(/^.*?(?:syntax|semantic) error: (?:\[Cypher\] )?/, "").slice(0, 400);
  const hint = /help: ([^\n]+)/.exec(message)?.[1];
  const place = /--> query:(\d+):(\d+)/.exec(message);
  const said = { kind: "syntax", detail: hint === undefined ? detail : `${detail}. ${hint}` } as const;
  if (place === null) return said;
  const [line, column] = [Number(place[1]), Number(place[2])];
  return { ...said, line, column };
}

function statusOf(error: unknown): string {
  return typeof error === "object" && error !== null && "gqlStatus" in error ? String(error.gqlStatus) : "";
}

const CAUSES: Readonly<Record<string, string>> = {
  "22012": "division by zero",
  "22003": "a number is too large",
};
