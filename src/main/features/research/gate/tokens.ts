import { CASES_MAX, COMPREHENSIONS_MAX, NESTING_MAX, TOKENS_MAX } from "./limits.ts";
import type { Lexeme } from "./parser.ts";
import { type Place, Refused } from "./verdict.ts";

const STRINGS = new Set(["STRING_LITERAL1", "STRING_LITERAL2"]);
const COMMENTS = new Set(["SINGLE_LINE_COMMENT", "MULTI_LINE_COMMENT"]);
const NUMBERS: Record<string, RegExp> = {
  UNSIGNED_DECIMAL_INTEGER: /^\d+$/,
  UNSIGNED_HEX_INTEGER: /^0x[\da-f]+$/i,
  UNSIGNED_OCTAL_INTEGER: /^0o[0-7]+$/i,
  DECIMAL_DOUBLE: /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i,
};
const OPENING = new Set(["LPAREN", "LBRACKET", "LCURLY"]);
const CLOSING = new Set(["RPAREN", "RBRACKET", "RCURLY"]);

/** Neo4j decodes these before it reads anything else, also twice-escaped ones: `CR\u0045ATE` is CREATE there. */
const ESCAPE = /\\u+([\da-f]{4})/gi;
/** What an escape inside a string must not turn into: what ends the string or a line, or escapes its end. */
const SPECIAL = /["'`\\\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Characters that are not seen, or turn the reading direction: the text would not be what it looks like. */
const INVISIBLE = /[\0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;
/** Ends of lines for some readers and not for others: what follows would be comment to one and code to the other. */
const LINE_ENDS = /[\v\f\u0085\u2028\u2029\u001c-\u001e]|\r(?!\n)/;

/** Checks what a text is made of, before it is parsed. Throws Refused. */
export function checkTokens(tokens: readonly Lexeme[]): void {
  checkComplete(tokens);
  if (tokens.length > TOKENS_MAX) {
    throw new Refused(
      "unsupported-construct",
      null,
      START,
      `The statement has more than ${TOKENS_MAX.toLocaleString("en")} words and signs`,
    );
  }
  for (const token of tokens) checkCharacters(token);
  checkLineEnds(tokens);
  checkNesting(tokens);
}

const START: Place = { line: 1, column: 1 };

/** Every character belongs to a token: nothing is passed over. */
function checkComplete(tokens: readonly Lexeme[]): void {
  let next = 0;
  for (const token of tokens) {
    if (token.start !== next || token.stop < token.start) throw new Refused("syntax", null, token, "This is no Cypher");
    next = token.stop + 1;
    if (token.type !== "ErrorChar") continue;
    const unfinished = { '"': "string", "'": "string", "`": "quoted name" }[token.text];
    const message = unfinished === undefined ? "This character does not belong here" : `The ${unfinished} that begins here has no end`;
    throw new Refused(/\\/.test(token.text) ? "not-read-only" : "syntax", /\\/.test(token.text) ? "\\u" : null, token, message);
  }
}

function checkCharacters(token: Lexeme): void {
  const { type, text } = token;
  const isString = STRINGS.has(type);
  for (const [escape, digits = ""] of text.matchAll(ESCAPE)) {
    if (isString && !SPECIAL.test(String.fromCharCode(Number.parseInt(digits, 16)))) continue;
    throw new Refused("not-read-only", escape, token, "Unicode escapes are only allowed for letters inside strings");
  }
  if (isString) return;
  if (COMMENTS.has(type)) {
    const inside = type === "SINGLE_LINE_COMMENT" ? text : text.replaceAll("\r\n", "\n");
    if (LINE_ENDS.test(inside))
      throw new Refused("syntax", null, token, "The comment holds a sign that some readers take for the end of the line");
    return;
  }
  if (INVISIBLE.test(text)) throw new Refused("syntax", null, token, "There is a character here that cannot be seen");
  if (type === "ESCAPED_SYMBOLIC_NAME" && (text.slice(1, -1).includes("`") || text.length < 3)) {
    throw new Refused("syntax", null, token, "A quoted name must not be empty or hold a backtick");
  }
  if (NUMBERS[type]?.test(text) === false) throw new Refused("syntax", null, token, "This is no number");
}

/** A carriage return alone ends a comment for some readers only. */
function checkLineEnds(tokens: readonly Lexeme[]): void {
  tokens.forEach((token, index) => {
    if (token.type !== "SPACE") return;
    const alone = token.text === "\r" && tokens[index + 1]?.text !== "\n";
    if (alone || (token.text !== "\r" && LINE_ENDS.test(token.text))) {
      throw new Refused("syntax", null, token, "There is a character here that cannot be seen");
    }
  });
}

/** Brackets, list comprehensions (also `all(x IN …)`) and CASE inside each other. Before parsing: the parser's time grows with the depth. */
function checkNesting(tokens: readonly Lexeme[]): void {
  const visible = tokens.filter((token) => !token.hidden);
  const open: string[] = [];
  let comprehensions = 0;
  let cases = 0;
  visible.forEach((token, index) => {
    const { type } = token;
    const before = visible[index - 1]?.type;
    if (OPENING.has(type)) {
      const kind = visible[index + 2]?.type === "IN" ? "comprehension" : "bracket";
      open.push(kind);
      if (kind === "comprehension") comprehensions += 1;
    }
    if (CLOSING.has(type) && open.pop() === "comprehension") comprehensions -= 1;
    if (type === "CASE" && before !== "DOT") cases += 1;
    // A property may be called `end`.
    if (type === "END" && before !== "DOT") cases = Math.max(0, cases - 1);
    if (open.length > NESTING_MAX) throw tooDeep(token, `${NESTING_MAX} brackets`);
    if (comprehensions > COMPREHENSIONS_MAX) throw tooDeep(token, `${COMPREHENSIONS_MAX} lists`);
    if (cases > CASES_MAX) throw tooDeep(token, `${CASES_MAX} CASE`);
  });
}

function tooDeep(token: Lexeme, many: string): Refused {
  return new Refused("unsupported-construct", token.text, token, `More than ${many} lie inside each other`);
}
