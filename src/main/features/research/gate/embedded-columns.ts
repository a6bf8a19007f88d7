import { AGGREGATE_FUNCTIONS } from "./functions.ts";
import { type Kinds, kindOf } from "./kinds.ts";
import { type Branch, childOf, childrenOf, findAll, hasToken, only, placeOf, sourceOf } from "./parser.ts";
import { Refused } from "./verdict.ts";
import { callee } from "./walk.ts";

const SUBQUERIES = new Set(["existsExpression", "countExpression", "collectExpression"]);

/**
 * Beside an aggregate without an alias the embedded engine answers nodes, edges and paths as bare numbers. Properties and other
 * plain values come out right. Throws Refused.
 */
export function checkProjection(clause: Branch, kinds: Kinds): void {
  const body = childOf(clause, "returnBody");
  const items = body && childOf(body, "returnItems");
  if (items === undefined) return;
  const parts = childrenOf(items, "returnItem");
  const unnamed = parts.find((item) => childOf(item, "variable") === undefined && aggregates(item).length > 0);
  if (unnamed === undefined) return;
  const showsEntities = hasToken(items, "TIMES") || parts.some((item) => item !== unnamed && mayBeEntity(item, kinds));
  if (!showsEntities && !aggregates(unnamed).some((call) => collectsEntities(call, kinds))) return;
  const source = sourceOf(unnamed);
  throw new Refused(
    "unsupported-construct",
    source.slice(0, 60),
    placeOf(unnamed),
    `The embedded engine answers nodes beside it as bare numbers: give it an alias, ${source.length > 40 ? "…" : source} AS c`,
  );
}

function aggregates(item: Branch): Branch[] {
  const calls = [...findAll(item, "functionInvocation", SUBQUERIES)];
  const named = calls.filter((call) => AGGREGATE_FUNCTIONS.has(callee(call, "functionName").toLowerCase()));
  return [...named, ...findAll(item, "countStar", SUBQUERIES)];
}

/** A bare name whose value is not known to be plain. */
function mayBeEntity(item: Branch, kinds: Kinds): boolean {
  const expression = childOf(item, "expression");
  if (expression === undefined || only(expression, "variable") === undefined) return false;
  const kind = kindOf(expression, kinds);
  return kind === null || kind === "entity" || kind === "list" || kind === "map";
}

function collectsEntities(call: Branch, kinds: Kinds): boolean {
  if (call.rule === "countStar" || callee(call, "functionName").toLowerCase() === "count") return false;
  const argument = childOf(call, "functionArgument");
  return argument !== undefined && kindOf(argument, kinds) === "entity";
}
