import { CYPHER_MAX } from "../../../../shared/model/research-limits.ts";
import { countColumnsOf, parametersOf } from "./columns.ts";
import { checkEmbedded } from "./embedded-answers.ts";
import type { CypherGrammar } from "./parser.ts";
import { WRITING_WORDS } from "./rules.ts";
import { checkTokens } from "./tokens.ts";
import { type EngineName, Refused, type Verdict } from "./verdict.ts";
import { checkReadOnly } from "./walk.ts";

/** Says whether a statement only reads, and whether the engine is known to answer it rightly. */
export function checkStatement(grammar: CypherGrammar, text: string, engine: EngineName): Verdict {
  try {
    return examine(grammar, text, engine);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function examine(grammar: CypherGrammar, text: string, engine: EngineName): Verdict {
  const start = { line: 1, column: 1 };
  if (text.length > CYPHER_MAX) {
    throw new Refused("unsupported-construct", null, start, `The statement is longer than ${CYPHER_MAX.toLocaleString("en")} characters`);
  }
  const lexed = grammar.lex(text);
  checkTokens(lexed.tokens);
  const visible = lexed.tokens.filter((token) => !token.hidden);
  if (visible.length === 0) throw new Refused("syntax", null, start, "There is no statement here");
  const { tree, leaves, problem } = lexed.parse();
  if (problem !== null) throw new Refused("syntax", null, problem, problem.message);
  // The parser may leave the end of a text unread, or mend it: then the tree is not the text.
  if (leaves !== visible.length) throw new Refused("syntax", null, start, "This is no Cypher");
  checkReadOnly(tree);
  const writing = visible.find((token) => WRITING_WORDS.has(token.type));
  if (writing !== undefined) {
    const word = writing.text;
    throw new Refused("not-read-only", word.toUpperCase(), writing, `Write \`${word}\` in backticks where it is a name`);
  }
  if (engine === "embedded") checkEmbedded(tree);
  return { ok: true, parameters: parametersOf(tree), countColumns: countColumnsOf(tree) };
}
