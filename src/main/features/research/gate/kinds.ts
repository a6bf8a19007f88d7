import { type Branch, childOf, childrenOf, findAll, hasToken, sourceOf, type Tree } from "./parser.ts";
import { callee } from "./walk.ts";

/** What a value certainly is; null where that cannot be told from the text. */
export type Kind = "integer" | "float" | "number" | "text" | "boolean" | "list" | "map" | "null" | "entity" | "date";
export type Kinds = ReadonlyMap<string, Kind | null>;

const names = (kind: Kind, list: string) => list.split(" ").map((name): [string, Kind] => [name.toLowerCase(), kind]);

const FUNCTION_KINDS: ReadonlyMap<string, Kind> = new Map([
  ...names("integer", "count size length toInteger toIntegerOrNull sign id timestamp char_length character_length"),
  ...names("float", "avg round ceil floor sqrt exp log log10 toFloat toFloatOrNull rand pi e percentileCont stDev stDevP"),
  ...names(
    "text",
    "toString toStringOrNull substring left right replace trim btrim ltrim rtrim toUpper toLower upper lower normalize type elementId",
  ),
  ...names("list", "collect range labels keys nodes relationships split tail toStringList toIntegerList toFloatList toBooleanList"),
  ...names("boolean", "exists isEmpty isNaN toBoolean toBooleanOrNull"),
  ...names("number", "sum abs"),
  ...names("date", "date datetime"),
  ...names("entity", "startNode endNode"),
]);

/**
 * Properties of the clinic's graph, after `cypher/schema`, whose kind matters: those that hold no text, and those whose text may
 * look like a number, as the year that is left of a day where identities are masked.
 */
export const PROPERTY_KINDS: ReadonlyMap<string, Kind> = new Map([
  ...names("integer", "version slotMinutes weekday filesize width height"),
  ...names("number", "value"),
  ...names("boolean", "active overlap"),
  ...names("list", "languages"),
  ...names("text", "birthDate registeredAt nationalId phone code room"),
]);

export const isNumber = (kind: Kind | null) => kind === "integer" || kind === "float" || kind === "number";

/** What every name in a statement stands for; null where it stands for several things. */
export function kindsOfNames(root: Branch): Kinds {
  const kinds = new Map<string, Kind | null>();
  collectNames(root, kinds);
  return kinds;
}

function collectNames(tree: Tree, kinds: Map<string, Kind | null>): void {
  if (tree.rule === null) return;
  for (const child of tree.children) collectNames(child, kinds);
  const variable = childOf(tree, "variable");
  if (variable === undefined) return;
  const kind = givenKind(tree, childOf(tree, "expression"), kinds);
  if (kind === undefined) return;
  const name = nameOf(variable);
  kinds.set(name, kinds.has(name) && kinds.get(name) !== kind ? null : kind);
}

/** What the rule makes of the name in it; undefined where it only uses the name. */
function givenKind(branch: Branch, value: Branch | undefined, kinds: Kinds): Kind | null | undefined {
  if (PATTERN_PARTS.has(branch.rule)) return "entity";
  if (BINDING.has(branch.rule)) return null;
  if (value === undefined) return undefined;
  if (branch.rule === "returnItem" || branch.rule === "reduceExpression") return kindOf(value, kinds);
  return branch.rule === "unwindClause" ? elementKind(value, kinds) : undefined;
}

const BINDING = new Set(["listComprehension", "listItemsPredicate"]);

const PATTERN_PARTS = new Set(["nodePattern", "relationshipPattern", "pattern"]);

/** What the elements of a written list are, if they are all one thing. */
function elementKind(list: Branch, kinds: Kinds): Kind | null {
  const literal = [...findAll(list, "listLiteral")][0];
  if (literal !== undefined && sourceOf(literal) === sourceOf(list)) {
    const found = new Set(childrenOf(literal, "expression").map((element) => kindOf(element, kinds)));
    return found.size === 1 ? ([...found][0] ?? null) : null;
  }
  return /^\s*range\s*\(/i.test(sourceOf(list)) ? "integer" : null;
}

/** A name without its backticks. */
export function nameOf(branch: Branch): string {
  const source = sourceOf(branch);
  return source.startsWith("`") ? source.slice(1, -1) : source;
}

/** What an expression certainly is. */
export function kindOf(tree: Tree, kinds: Kinds): Kind | null {
  if (tree.rule === null) return TOKEN_KINDS[tree.type] ?? null;
  const { rule, children } = tree;
  const own = KIND_OF_RULE[rule];
  if (own !== undefined) return typeof own === "function" ? own(tree, kinds) : own;
  const first = children[0];
  if (children.length === 1 && first !== undefined) return kindOf(first, kinds);
  if (BOOLEAN_RULES.has(rule)) return "boolean";
  return null;
}

const TOKEN_KINDS: Readonly<Record<string, Kind>> = {
  TRUE: "boolean",
  FALSE: "boolean",
  NULL: "null",
  NAN: "float",
  INF: "float",
  INFINITY: "float",
};
const BOOLEAN_RULES = new Set(["expression", "expression11", "expression10", "expression9", "expression8", "expression7"]);

const KIND_OF_RULE: Readonly<Record<string, Kind | ((branch: Branch, kinds: Kinds) => Kind | null)>> = {
  numberLiteral: (branch) => (hasToken(branch, "DECIMAL_DOUBLE") ? "float" : "integer"),
  stringLiteral: "text",
  map: "map",
  mapProjection: "map",
  listLiteral: "list",
  listComprehension: "list",
  patternComprehension: "list",
  collectExpression: "list",
  countStar: "integer",
  countExpression: "integer",
  existsExpression: "boolean",
  listItemsPredicate: "boolean",
  trimFunction: "text",
  normalizeFunction: "text",
  parameter: () => null,
  variable: (branch, kinds) => kinds.get(nameOf(branch)) ?? null,
  parenthesizedExpression: (branch, kinds) => kindOf(branch.children[1] ?? branch, kinds),
  functionInvocation: (branch) => FUNCTION_KINDS.get(callee(branch, "functionName").toLowerCase()) ?? null,
  caseExpression: (branch, kinds) => sameKind(caseResults(branch), kinds),
  extendedCaseExpression: (branch, kinds) => sameKind(caseResults(branch), kinds),
  expression6: (branch, kinds) => sumKind(branch, kinds),
  expression5: (branch, kinds) => productKind(branch, kinds),
  expression4: (branch, kinds) => (branch.children.length > 1 ? "float" : kindOf(branch.children[0] ?? branch, kinds)),
  expression3: (branch, kinds) => kindOf(branch.children.at(-1) ?? branch, kinds),
  expression2: (branch, kinds) => accessKind(branch, kinds),
};

/** The expressions that a CASE may answer. */
export function caseResults(branch: Branch): Branch[] {
  const alternatives = [...childrenOf(branch, "caseAlternative"), ...childrenOf(branch, "extendedCaseAlternative")];
  const results = alternatives.map((alternative) => childrenOf(alternative, "expression").at(-1));
  const otherwise = hasToken(branch, "ELSE") ? childrenOf(branch, "expression").at(-1) : undefined;
  return [...results, otherwise].filter((result) => result !== undefined);
}

function sameKind(parts: readonly Branch[], kinds: Kinds): Kind | null {
  const found = new Set(parts.map((part) => kindOf(part, kinds)).filter((kind) => kind !== "null"));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

function sumKind(branch: Branch, kinds: Kinds): Kind | null {
  const parts = childrenOf(branch, "expression5").map((part) => kindOf(part, kinds));
  if (parts.length === 1) return parts[0] ?? null;
  if (parts.includes("date")) return "date";
  if (parts.includes("list")) return "list";
  if (parts.includes("text")) return "text";
  return numericKind(parts);
}

function productKind(branch: Branch, kinds: Kinds): Kind | null {
  const parts = childrenOf(branch, "expression4").map((part) => kindOf(part, kinds));
  return parts.length === 1 ? (parts[0] ?? null) : numericKind(parts);
}

function numericKind(parts: readonly (Kind | null)[]): Kind | null {
  if (parts.includes("float")) return "float";
  if (parts.every((part) => part === "integer")) return "integer";
  return parts.every(isNumber) ? "number" : null;
}

function accessKind(branch: Branch, kinds: Kinds): Kind | null {
  const [base, ...rest] = branch.children;
  const last = rest.at(-1);
  if (base === undefined) return null;
  if (last === undefined) return kindOf(base, kinds);
  if (last.rule !== "postFix") return null;
  const property = childOf(last, "property");
  if (property !== undefined) return propertyKind(property, base, rest.length, kinds);
  return hasToken(last, "DOTDOT") ? kindOf(base, kinds) : null;
}

/** Only a node or an edge has the properties of the schema: a map may call anything `version`. */
function propertyKind(property: Branch, base: Tree, depth: number, kinds: Kinds): Kind | null {
  const name = childOf(property, "propertyKeyName");
  const isEntity = depth === 1 && kindOf(base, kinds) === "entity";
  return isEntity && name !== undefined ? (PROPERTY_KINDS.get(nameOf(name).toLowerCase()) ?? null) : null;
}
