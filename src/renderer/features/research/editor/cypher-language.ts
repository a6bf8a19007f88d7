import { autocomplete, type CompletionItem, type DbSchema, highlightSyntax, type Neo4jFunction } from "@neo4j-cypher/language-support";
import type { EditorSchema, Finding, Suggestion, Token } from "./worker-messages.ts";

const PLAIN = { consoleCommandsEnabled: false };

/** Words that begin a change, or leave the graph. The host's gate decides by the parse tree; this only tells while typing. */
const WRITING = new Set([
  "CREATE",
  "MERGE",
  "SET",
  "DELETE",
  "DETACH",
  "NODETACH",
  "REMOVE",
  "INSERT",
  "FOREACH",
  "DROP",
  "ALTER",
  "GRANT",
  "REVOKE",
  "DENY",
  "LOAD",
  "TERMINATE",
  "SHOW",
  "USE",
]);
/** More that no reading statement needs: offered by the library, left out here. */
const NOT_OFFERED = new Set([
  ...WRITING,
  "CYPHER",
  "EXPLAIN",
  "PROFILE",
  "DRYRUN",
  "START",
  "STOP",
  "RENAME",
  "ENABLE",
  "REALLOCATE",
  "DEALLOCATE",
]);
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
interface ServiceToken {
  position: { startOffset: number };
  length: number;
  tokenType: string;
  token: string;
}
const serviceTokens = (text: string): ServiceToken[] => highlightSyntax(text, PLAIN);

/** The text in stretches, and the names of its parameters in order. */
export function tokenise(text: string): { tokens: Token[]; parameters: string[] } {
  const found = serviceTokens(text);
  const names = found.filter(({ tokenType }) => tokenType === "paramValue").map(({ token }) => token.replace(/^`(.*)`$/, "$1"));
  return {
    tokens: found.map(({ position, length, tokenType }) => ({
      from: position.startOffset,
      to: position.startOffset + length,
      kind: tokenType,
    })),
    parameters: [...new Set(names)].filter((name) => PARAMETER_NAME.test(name)),
  };
}

/** Where the text would write. */
export function writingWords(text: string): Finding[] {
  return serviceTokens(text)
    .filter(({ tokenType, token }) => tokenType === "keyword" && WRITING.has(token.toUpperCase()))
    .map(({ position, length, token }) => ({
      from: position.startOffset,
      to: position.startOffset + length,
      severity: "error",
      message: "",
      writes: token.toUpperCase(),
    }));
}

// Numbers of the language server protocol's CompletionItemKind, as the service uses them.
const KINDS: Record<number, Suggestion["kind"]> = { 3: "function", 6: "variable", 10: "property", 14: "keyword", 15: "path", 25: "label" };

function suggestion(item: CompletionItem, text: string, caret: number): Suggestion {
  const kind = item.label.startsWith("$") ? "parameter" : (KINDS[item.kind ?? 14] ?? "keyword");
  const insert = item.insertText ?? item.label;
  // After the `$` the service inserts the name alone; before it, the whole.
  const typedDollar = kind === "parameter" && /\$\w*$/.test(text.slice(0, caret));
  return {
    label: typedDollar ? item.label.slice(1) : item.label,
    insert: typedDollar ? item.label.slice(1) : insert,
    kind,
    ...(item.signature ? { detail: item.signature } : {}),
  };
}

function functionsOf(names: readonly string[]): Record<string, Neo4jFunction> {
  const blank = { category: "", description: "", isBuiltIn: true, argumentDescription: [], returnDescription: "", aggregating: false };
  return Object.fromEntries(names.map((name) => [name, { ...blank, name, signature: `${name}()`, isDeprecated: false }]));
}

/** What may stand at the caret: from the live schema, and no word that the console refuses. */
export function complete(text: string, caret: number, manual: boolean, schema: EditorSchema): Suggestion[] {
  const { parameters } = tokenise(text);
  const known: DbSchema = {
    labels: schema.labels,
    relationshipTypes: schema.relationshipTypes,
    propertyKeys: schema.propertyKeys,
    parameters: Object.fromEntries(parameters.map((name) => [name, 0])),
    functions: { "CYPHER 5": functionsOf(schema.functions) },
    graphSchema: schema.paths,
  };
  return autocomplete(text, known, { ...PLAIN, caretPosition: caret, manual })
    .filter(({ label }) => !NOT_OFFERED.has(label.split(" ")[0] ?? ""))
    .map((item) => suggestion(item, text, caret));
}
