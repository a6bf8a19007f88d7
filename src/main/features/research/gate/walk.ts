import { FUNCTIONS, PROCEDURES } from "./functions.ts";
import { ALTERNATIVES_MAX, CHAIN_MAX, CLAUSES_MAX, DEPTH_MAX, PARTS_MAX } from "./limits.ts";
import { type Branch, childOf, childrenOf, hasToken, placeOf, sourceOf, type Tree } from "./parser.ts";
import { ALLOWED_RULES, CONSTRUCT_OF } from "./rules.ts";
import { Refused } from "./verdict.ts";

/** Refuses every part of a statement that is not known to only read. Throws Refused. */
export function checkReadOnly(root: Branch): void {
  const statements = childrenOf(root, "statementOrCommand");
  const second = statements[1];
  if (second !== undefined) throw new Refused("not-read-only", ";", placeOf(second), "One statement at a time");
  visit(root, 0);
}

/** `depth` counts what an engine may descend into: brackets, operators in a row, clauses. */
function visit(tree: Tree, depth: number): void {
  if (tree.rule === null) return;
  checkRule(tree);
  const own = depth + descent(tree);
  if (own > DEPTH_MAX) throw tooMuch(tree, `nests deeper than ${DEPTH_MAX} levels`);
  for (const child of tree.children) visit(child, own);
}

function checkRule(branch: Branch): void {
  if (!ALLOWED_RULES.has(branch.rule)) {
    const construct = CONSTRUCT_OF[branch.rule] ?? firstWord(branch);
    throw new Refused(
      "not-read-only",
      construct,
      placeOf(branch),
      `${construct} is not among what the console allows: it only reads the graph`,
    );
  }
  SPECIAL[branch.rule]?.(branch);
}

function firstWord(branch: Branch): string {
  const word = branch.context.start?.text ?? "";
  return /^["']/.test(word) ? "string" : word.slice(0, 40).toUpperCase();
}

function refuse(branch: Branch, construct: string, message: string): never {
  throw new Refused("not-read-only", construct, placeOf(branch), message);
}

function tooMuch(branch: Branch, what: string): Refused {
  return new Refused("unsupported-construct", null, placeOf(branch), `The statement ${what}`);
}

/** Rules that are allowed in one form and not in another. */
const SPECIAL: Readonly<Record<string, (branch: Branch) => void>> = {
  nextStatement: (branch) => {
    if (hasToken(branch, "NEXT")) refuse(branch, "NEXT", "NEXT is not among what the console allows");
  },
  singleQuery: (branch) => {
    if (hasToken(branch, "LCURLY")) refuse(branch, "{ }", "A query in braces of its own is not among what the console allows");
  },
  functionInvocation: (branch) => {
    const name = callee(branch, "functionName");
    if (!FUNCTIONS.has(name.toLowerCase())) refuse(branch, `${name}()`, `The function ${name}() is not among what the console allows`);
  },
  callClause: (branch) => {
    const name = callee(branch, "procedureName");
    if (!PROCEDURES.has(name.toLowerCase())) refuse(branch, `CALL ${name}`, `The procedure ${name} is not among what the console allows`);
  },
  quantifier: (branch) => {
    const source = sourceOf(branch);
    if (!/^\{\s*(?:\d+|\d*\s*,\s*\d+)\s*\}$/.test(source)) {
      throw new Refused("unsupported-construct", source, placeOf(branch), "A repeated path needs an upper bound: {1,5}");
    }
  },
};

/** The full name of a called function or procedure. Quotes fall away where they change nothing, so that no spelling hides a name. */
export function callee(branch: Branch, rule: "functionName" | "procedureName"): string {
  const name = childOf(branch, rule);
  const parts = name === undefined ? [] : [...leaves(name)];
  return parts.map((part) => (/^`\w+`$/.test(part) ? part.slice(1, -1) : part)).join("");
}

function* leaves(tree: Tree): Generator<string> {
  if (tree.rule === null) yield tree.token.text ?? "";
  else for (const child of tree.children) yield* leaves(child);
}

const OPERATORS = new Set(["expression8", "expression6", "expression5", "expression4", "expression9", "expression2", "expression3"]);
const ALTERNATIVES = new Set(["expression", "expression11", "expression10"]);
const LEVELS = new Set(["parenthesizedExpression", "listLiteral", "map", "functionInvocation", "caseExpression", "extendedCaseExpression"]);
const BLOCKS = new Set(["subqueryClause", "existsExpression", "countExpression", "collectExpression", "listComprehension"]);

/** How much deeper an engine gets inside this rule; bounds what stands beside each other, too. */
function descent(branch: Branch): number {
  const { rule, children } = branch;
  if (OPERATORS.has(rule)) {
    const chain = rule === "expression9" || rule === "expression2" ? children.length - 1 : (children.length - 1) / 2;
    if (chain > CHAIN_MAX) throw tooMuch(branch, `has more than ${CHAIN_MAX} operators in a row`);
    return Math.ceil(chain);
  }
  if (ALTERNATIVES.has(rule)) {
    if (children.length > 2 * ALTERNATIVES_MAX) throw tooMuch(branch, `has more than ${ALTERNATIVES_MAX} alternatives`);
    return children.length > 1 ? 1 : 0;
  }
  if (rule === "singleQuery" || rule === "union") {
    if (children.length > CLAUSES_MAX) throw tooMuch(branch, `has more than ${CLAUSES_MAX} clauses`);
    return 0;
  }
  if (children.length > 2 * PARTS_MAX) throw tooMuch(branch, `has a list of more than ${PARTS_MAX.toLocaleString("en")} parts`);
  return LEVELS.has(rule) || BLOCKS.has(rule) ? 1 : 0;
}
