import { checkProjection } from "./embedded-columns.ts";
import { checkFunction, checkReduce } from "./embedded-functions.ts";
import { caseResults, isNumber, type Kind, type Kinds, kindOf, kindsOfNames } from "./kinds.ts";
import { type Branch, childOf, childrenOf, hasToken, only, placeOf, sourceOf, type Tree } from "./parser.ts";
import { Refused } from "./verdict.ts";

/**
 * Refuses what the embedded engine is known to answer wrongly, or to die of; each rule stands for answers that were compared
 * with Neo4j's. Throws Refused.
 */
export function checkEmbedded(root: Branch): void {
  visit(root, kindsOfNames(root));
}

function visit(tree: Tree, kinds: Kinds): void {
  if (tree.rule === null) return;
  CHECKS[tree.rule]?.(tree, kinds);
  for (const child of tree.children) visit(child, kinds);
}

type Check = (branch: Branch, kinds: Kinds) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  expression9: checkNegation,
  expression8: checkComparisons,
  expression7: checkMembership,
  expression6: checkSum,
  expression4: checkPower,
  postFix: checkSlice,
  functionInvocation: checkFunction,
  reduceExpression: checkReduce,
  returnClause: checkProjection,
  caseExpression: checkCase,
  extendedCaseExpression: checkCase,
  listItemsPredicate: checkListPredicate,
  quantifier: missing("{ }", "The embedded engine does not know repeated paths in braces: write -[:TYPE*1..3]->"),
  pathPatternPrefix: missing("SHORTEST", "The embedded engine does not know this: write shortestPath(…)"),
  collectExpression: missing("COLLECT { }", "The embedded engine does not know COLLECT { }: write CALL (x) { … RETURN collect(…) AS y }"),
  nodePattern: (branch) => {
    if (hasToken(branch, "WHERE")) refuse(branch, "WHERE in a node", "The embedded engine wants WHERE after the pattern");
    checkLabels(branch);
  },
  skip: (branch) => {
    if (hasToken(branch, "OFFSET")) refuse(branch, "OFFSET", "The embedded engine calls it SKIP");
  },
};

function refuse(branch: Branch, construct: string, message: string): never {
  throw new Refused("unsupported-construct", construct, placeOf(branch), message);
}

function missing(construct: string, message: string): Check {
  return (branch) => refuse(branch, construct, message);
}

function checkLabels(branch: Branch): void {
  const labels = childOf(branch, "labelExpression");
  if (labels === undefined) return;
  const sign = /[|&!%]/.exec(sourceOf(labels).replaceAll(/`[^`]*`/g, ""))?.[0];
  if (sign !== undefined)
    refuse(labels, sign, `The embedded engine does not know ${sign} among labels: write WHERE n:A OR n:B, or WHERE NOT n:A`);
}

/** `NOT any(…)` is true there where Cypher says null. */
function checkNegation(branch: Branch): void {
  const inner = branch.children.at(-1);
  if (!hasToken(branch, "NOT") || inner === undefined) return;
  const predicate = only(inner, "listItemsPredicate");
  if (predicate !== undefined) refuse(branch, `NOT ${word(predicate)}()`, countInstead(predicate));
}

function checkListPredicate(branch: Branch): void {
  if (hasToken(branch, "NONE") || hasToken(branch, "SINGLE")) refuse(branch, `${word(branch)}()`, countInstead(branch));
}

const word = (branch: Branch) => branch.context.start?.text?.toLowerCase() ?? "";
const countInstead = (predicate: Branch) =>
  `The embedded engine answers ${word(predicate)}() wrongly where a value is null: count the elements with size([x IN list WHERE …])`;

function checkComparisons(branch: Branch, kinds: Kinds): void {
  const operands = childrenOf(branch, "expression7");
  const operators = branch.children.filter((child) => child.rule === null);
  operators.forEach((operator, index) => {
    const [left, right] = [operands[index], operands[index + 1]];
    if (left === undefined || right === undefined) return;
    const equality = operator.rule === null && ["EQ", "NEQ", "INVALID_NEQ"].includes(operator.type);
    const pair = [kindOf(left, kinds), kindOf(right, kinds)] as const;
    if (equality) refuseMixed(branch, ...pair);
    if (!equality && pair.some((kind) => kind === "list" || kind === "boolean")) {
      refuse(branch, "< >", "The embedded engine does not order lists and truth values");
    }
    if (equality && [left, right].some(hasNull))
      refuse(branch, "=", "The embedded engine takes a null inside a list for equal to another: use IS NULL");
  });
}

/** There, the text '1' equals the number 1. */
function refuseMixed(branch: Branch, left: Kind | null, right: Kind | null): void {
  const mixed = (isNumber(left) && right === "text") || (left === "text" && isNumber(right));
  if (!mixed) return;
  refuse(
    branch,
    "text = number",
    "The embedded engine takes the text '1' and the number 1 for equal: compare text with text, or use toInteger(…)",
  );
}

function hasNull(branch: Branch): boolean {
  const list = only(branch, "listLiteral");
  return list !== undefined && childrenOf(list, "expression").some((element) => kindOf(element, new Map()) === "null");
}

function checkMembership(branch: Branch, kinds: Kinds): void {
  const comparison = childOf(branch, "comparisonExpression6");
  const left = childOf(branch, "expression6");
  const right = comparison && childOf(comparison, "expression6");
  if (comparison === undefined || left === undefined || right === undefined || !hasToken(comparison, "IN")) return;
  const kind = kindOf(left, kinds);
  if (kind === "null") refuse(branch, "null IN", "The embedded engine answers null IN a list wrongly: use IS NULL");
  const list = only(right, "listLiteral");
  if (list === undefined) return;
  for (const element of childrenOf(list, "expression")) refuseMixed(branch, kind, kindOf(element, kinds));
}

/** Sums are taken from the left: `1 + 2 + 'a'` adds numbers first. */
function checkSum(branch: Branch, kinds: Kinds): void {
  const parts = childrenOf(branch, "expression5").map((part) => kindOf(part, kinds));
  if (parts.length < 2) return;
  if (parts.includes("list") && parts.some((part) => part !== "list")) {
    refuse(branch, "list + value", "The embedded engine loses the list: write list + [value]");
  }
  parts.slice(1).forEach((part, index) => {
    if (part === "text" && isNumber(parts[index] ?? null))
      refuse(branch, "number + text", "The embedded engine answers null: write toString(number) + text");
  });
  if (parts.includes("text") && parts.includes("float")) {
    refuse(branch, "text + float", "The embedded engine writes 2.0 as 2: make it an integer first, toInteger(…)");
  }
}

function checkPower(branch: Branch): void {
  if (childrenOf(branch, "expression3").length > 2)
    refuse(branch, "^", "The embedded engine takes powers from the right: use brackets, (a ^ b) ^ c");
}

function checkSlice(branch: Branch): void {
  if (!hasToken(branch, "DOTDOT")) return;
  const negative = childrenOf(branch, "expression").some((bound) => /^\(?\s*-/.test(sourceOf(bound)));
  if (negative)
    refuse(branch, "[..-1]", "The embedded engine answers slices from the end wrongly: count from the start, list[0..size(list) - 1]");
}

function checkCase(branch: Branch, kinds: Kinds): void {
  if (caseResults(branch).some((result) => kindOf(result, kinds) === "entity")) {
    refuse(branch, "CASE", "The embedded engine answers the number of a node out of CASE: let CASE answer a property, n.id");
  }
  const subject = branch.rule === "extendedCaseExpression" ? childOf(branch, "expression") : undefined;
  if (subject === undefined) return;
  const whens = childrenOf(branch, "extendedCaseAlternative").flatMap((alternative) => childrenOf(alternative, "extendedWhen"));
  for (const when of whens) {
    const value = childOf(when, "expression");
    if (value !== undefined) refuseMixed(when, kindOf(subject, kinds), kindOf(value, kinds));
    if (value === undefined || childrenOf(when, "expression").length !== 1)
      refuse(when, "CASE", "The embedded engine wants one value after WHEN");
  }
}
