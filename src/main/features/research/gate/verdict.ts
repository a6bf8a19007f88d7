/** The engines that answer queries; what the gate lets through depends on which one it is. */
export type EngineName = "embedded" | "neo4j";

/** Why a statement is not run, with its place in the text (both from 1). */
export interface Refusal {
  ok: false;
  code: "not-read-only" | "syntax" | "unsupported-construct";
  /** What is refused: `CREATE`, `apoc.load.json()`; null where the text is no Cypher at all. */
  construct: string | null;
  line: number;
  column: number;
  message: string;
}

export interface Acceptance {
  ok: true;
  /** Names of the parameters used, without `$`. */
  parameters: string[];
  /** Result columns that hold counts of a group. */
  countColumns: string[];
}

/** What the gate says of a statement. */
export type Verdict = Acceptance | Refusal;

/** Where something stands in the text, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Ends a check: thrown by its steps, turned into the verdict at its edge. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: Refusal["code"], construct: string | null, place: Place, message: string) {
    super(message);
    this.refusal = { ok: false, code, construct, line: place.line, column: place.column, message };
  }
}
