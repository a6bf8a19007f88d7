/** What the editor knows of the graph: names only, for completion and hints. */
export interface EditorSchema {
  labels: string[];
  relationshipTypes: string[];
  propertyKeys: string[];
  functions: string[];
  procedures: string[];
  /** Which labels a relationship type joins, for completing paths. */
  paths: { from: string; relType: string; to: string }[];
}

/** A stretch of the text with what it is: `keyword`, `label`, `stringLiteral`. Offsets are UTF-16 units. */
export interface Token {
  from: number;
  to: number;
  kind: string;
}

export interface Finding {
  from: number;
  to: number;
  severity: "error" | "warning" | "hint";
  /** The parser's own words, in English. */
  message: string;
  /** A writing word, which this console refuses: its hint has words of ours. */
  writes?: string;
}

export interface Suggestion {
  label: string;
  insert: string;
  kind: "label" | "property" | "function" | "parameter" | "variable" | "keyword" | "path";
  detail?: string;
}

export type Request =
  | { kind: "schema"; schema: EditorSchema }
  | { kind: "tokens"; id: number; text: string }
  | { kind: "lint"; id: number; text: string }
  | { kind: "complete"; id: number; text: string; caret: number; manual: boolean };

export type Answer =
  | { kind: "tokens"; id: number; tokens: Token[]; parameters: string[] }
  | { kind: "lint"; id: number; findings: Finding[] }
  | { kind: "complete"; id: number; suggestions: Suggestion[] }
  | { kind: "failed"; id: number };
