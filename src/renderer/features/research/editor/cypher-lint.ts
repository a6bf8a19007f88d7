import { type DbSchema, lintCypherQuery } from "@neo4j-cypher/language-support";
import { tokenise, writingWords } from "./cypher-language.ts";
import type { EditorSchema, Finding } from "./worker-messages.ts";

/** What the language service numbers as errors and warnings. */
const ERROR = 1;
const WARNING = 2;
const MISSPELT = /\. Make sure you didn't misspell it.*$/s;

/** What is wrong with the text, by Neo4j's own semantic analysis, and where it would write. */
export function analyse(text: string, schema: EditorSchema): Finding[] {
  if (text.trim() === "") return [];
  const known: DbSchema = {
    // Before the schema has come nothing is called unknown.
    ...(schema.labels.length > 0
      ? { labels: schema.labels, relationshipTypes: schema.relationshipTypes, propertyKeys: schema.propertyKeys }
      : {}),
    // Every parameter is known: its field in the form says what is missing.
    parameters: Object.fromEntries(tokenise(text).parameters.map((name) => [name, 0])),
  };
  const { diagnostics } = lintCypherQuery(text, known, { consoleCommandsEnabled: false });
  const found = diagnostics.map(
    ({ offsets, severity, message }): Finding => ({
      from: offsets.start,
      to: Math.min(offsets.end, text.length),
      severity: severity === ERROR ? "error" : severity === WARNING ? "warning" : "hint",
      message: (typeof message === "string" ? message : message.value).replace(MISSPELT, "."),
    }),
  );
  return [...writingWords(text), ...found];
}
