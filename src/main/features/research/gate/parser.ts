import { CypherLanguageService } from "@neo4j-cypher/language-support";
import {
  BaseErrorListener,
  CharStream,
  CommonTokenStream,
  DefaultErrorStrategy,
  type Lexer,
  type Parser,
  type ParserRuleContext,
  type ParseTree,
  TerminalNode,
  type Token,
} from "antlr4ng";
import type { Place } from "./verdict.ts";

/** The generated parser's rule that reads up to the end of the text; the others stop where they like and say nothing of the rest. */
interface CypherParser extends Parser {
  statementsOrCommands(): ParserRuleContext;
}

export interface SyntaxProblem extends Place {
  message: string;
}

/** A rule that was applied, or a token: names instead of the generated classes, which differ from release to release. */
export interface Branch {
  rule: string;
  children: Tree[];
  context: ParserRuleContext;
}
export interface Leaf {
  rule: null;
  /** The token's name in the grammar: `CREATE`, `STRING_LITERAL1`. */
  type: string;
  token: Token;
}
export type Tree = Branch | Leaf;

/** Tokens of a text in order, hidden ones (spaces, comments) too, without the end mark. */
export interface Lexed {
  tokens: readonly Lexeme[];
  parse(): { tree: Branch; leaves: number; problem: SyntaxProblem | null };
}
export interface Lexeme extends Place {
  type: string;
  text: string;
  /** Spaces and comments, which the grammar does not see. */
  hidden: boolean;
  /** First and last character, counted in code points. */
  start: number;
  stop: number;
}

class FirstProblem extends BaseErrorListener {
  problem: SyntaxProblem | null = null;
  override syntaxError(...[, symbol, line, column]: Parameters<BaseErrorListener["syntaxError"]>): void {
    this.problem ??= { line, column: column + 1, message: describe(symbol as Token | null) };
  }
}

/** Says what stands in the way; never the text of a string, which may be somebody's name. */
function describe(token: Token | null): string {
  const text = token?.text ?? "";
  if (token === null || text === "<EOF>") return "The statement ends too early";
  if (text.startsWith("'") || text.startsWith('"')) return "A string does not belong here";
  return `\`${text.slice(0, 40)}\` does not belong here`;
}

/** Reads Cypher by Neo4j's own grammar. Holds one lexer and one parser: not to be used by two callers at once. */
export interface CypherGrammar {
  lex(text: string): Lexed;
}

/** The package does not export its generated parser, only services around it: it is taken from what a service has parsed. */
export function loadGrammar(): CypherGrammar {
  const service = new CypherLanguageService({ consoleCommandsEnabled: false });
  const parsed = service["parse"]("RETURN 1").statementsParsing[0];
  const lexer = parsed.tokens[0].tokenSource as Lexer;
  const parser = parsed.parser as CypherParser;
  lexer.removeErrorListeners();
  // Its collectors are for editors, and its error strategy looks for completions: both cost time that hostile texts could use.
  parser.removeParseListeners();
  parser.errorHandler = new DefaultErrorStrategy();
  return { lex: (text) => lex(lexer, parser, text) };
}

function lex(lexer: Lexer, parser: CypherParser, text: string): Lexed {
  lexer.inputStream = CharStream.fromString(text);
  const stream = new CommonTokenStream(lexer);
  stream.fill();
  const name = (type: number) => lexer.vocabulary.getSymbolicName(type) ?? "?";
  const tokens = stream
    .getTokens()
    .filter((token) => token.type !== -1)
    .map((token) => ({
      type: name(token.type),
      text: token.text ?? "",
      hidden: token.channel !== 0,
      start: token.start,
      stop: token.stop,
      line: token.line,
      column: token.column + 1,
    }));
  return {
    tokens,
    parse() {
      const listener = new FirstProblem();
      parser.tokenStream = stream;
      parser.removeErrorListeners();
      parser.addErrorListener(listener);
      const root = parser.statementsOrCommands();
      const problem = listener.problem ?? (parser.numberOfSyntaxErrors > 0 ? { line: 1, column: 1, message: "This is no Cypher" } : null);
      if (problem !== null) return { tree: { rule: "", children: [], context: root }, leaves: 0, problem };
      const counter = { leaves: 0 };
      const tree = named(root, parser.ruleNames, name, counter);
      return { tree: tree as Branch, leaves: counter.leaves, problem: null };
    },
  };
}

function named(node: ParseTree, rules: readonly string[], name: (type: number) => string, counter: { leaves: number }): Tree {
  if (node instanceof TerminalNode) {
    if (node.symbol.type !== -1) counter.leaves += 1;
    return { rule: null, type: node.symbol.type === -1 ? "EOF" : name(node.symbol.type), token: node.symbol };
  }
  const context = node as ParserRuleContext;
  const children = Array.from({ length: context.getChildCount() }, (_, index) => context.getChild(index));
  return {
    rule: rules[context.ruleIndex] ?? "?",
    context,
    children: children.filter((child) => child !== null).map((child) => named(child, rules, name, counter)),
  };
}

/** Where a part of the tree begins. */
export function placeOf(tree: Tree): Place {
  const token = tree.rule === null ? tree.token : tree.context.start;
  return { line: token?.line ?? 1, column: (token?.column ?? 0) + 1 };
}

/** The text of a part of the tree as it was written. */
export function sourceOf(tree: Tree): string {
  if (tree.rule === null) return tree.token.text ?? "";
  const { start, stop } = tree.context;
  return start?.inputStream?.getTextFromRange(start.start, stop?.stop ?? start.stop) ?? "";
}

/** All parts with this rule's name, outermost first, not looking inside `except`. */
export function* findAll(tree: Tree, rule: string, except: ReadonlySet<string> = new Set()): Generator<Branch> {
  if (tree.rule === null) return;
  if (tree.rule === rule) yield tree;
  for (const child of tree.children) {
    if (child.rule !== null && except.has(child.rule)) continue;
    yield* findAll(child, rule, except);
  }
}

/** The children of a rule that have this name. */
export function childrenOf(branch: Branch, rule: string): Branch[] {
  return branch.children.filter((child): child is Branch => child.rule === rule);
}

/** The first of the children that have this name. */
export function childOf(branch: Branch, rule: string): Branch | undefined {
  return childrenOf(branch, rule)[0];
}

/** Whether a token of this name stands directly in the rule. */
export function hasToken(branch: Branch, type: string): boolean {
  return branch.children.some((child) => child.rule === null && child.type === type);
}

/** The part with this rule's name where the tree is nothing but it, brackets aside: an expression that is only a variable. */
export function only(tree: Tree, rule: string): Branch | undefined {
  let current: Tree | undefined = tree;
  while (current !== undefined && current.rule !== null) {
    if (current.rule === rule) return current;
    const inner: Tree[] = current.rule === "parenthesizedExpression" ? current.children.slice(1, -1) : current.children;
    current = inner.length === 1 ? inner[0] : undefined;
  }
  return undefined;
}
