import { type Branch, childOf, findAll, only, sourceOf } from "./parser.ts";
import { callee } from "./walk.ts";

/** Names of the parameters that a statement uses, each once, without `$` and quotes. */
export function parametersOf(root: Branch): string[] {
  const names = [...findAll(root, "parameterName")].map((name) => unquoted(sourceOf(name)));
  return [...new Set(names)];
}

/**
 * Columns that hold how many rows, things or values there are: what is suppressed where a group is small. A name that once stood
 * for a count stands for one wherever it is used again. A column without an alias goes by the text it was written as, and by that without spaces.
 */
export function countColumnsOf(root: Branch): string[] {
  const counts = new Set<string>();
  for (const item of findAll(root, "returnItem")) for (const name of countNames(item, counts)) counts.add(name);
  const shown = [...findAll(root, "returnClause")].flatMap((clause) => [...findAll(clause, "returnItem")]);
  return [...new Set(shown.flatMap((item) => countNames(item, counts)))];
}

function countNames(item: Branch, counts: ReadonlySet<string>): string[] {
  const expression = childOf(item, "expression");
  if (expression === undefined || !isCount(expression, counts)) return [];
  const alias = childOf(item, "variable");
  if (alias) return [unquoted(sourceOf(alias))];
  const source = sourceOf(expression);
  return [...new Set([source, source.replaceAll(/\s+/g, "")])];
}

function isCount(expression: Branch, counts: ReadonlySet<string>): boolean {
  if (only(expression, "countStar") || only(expression, "countExpression")) return true;
  const variable = only(expression, "variable");
  if (variable) return counts.has(unquoted(sourceOf(variable)));
  const call = only(expression, "functionInvocation");
  if (!call) return false;
  const argument = childOf(call, "functionArgument");
  const inner = argument && childOf(argument, "expression");
  switch (callee(call, "functionName").toLowerCase()) {
    case "count":
      return true;
    case "size":
      return inner !== undefined && findAll(inner, "property").next().done === true;
    // Ones and noughts added up.
    case "sum":
      return (
        inner !== undefined &&
        (only(inner, "caseExpression") ?? only(inner, "extendedCaseExpression") ?? only(inner, "literal")) !== undefined
      );
    default:
      return false;
  }
}

function unquoted(name: string): string {
  return name.startsWith("`") ? name.slice(1, -1) : name;
}
