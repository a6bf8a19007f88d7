import { checkedName } from "./field-names.ts";
import type { Condition, FindOptions } from "./port.ts";

type Bound = string | number | null;
type Scalar = string | number | boolean | null;

/** A piece of SQL and the values for its question marks. */
export interface Fragment {
  sql: string;
  values: Bound[];
}

/** The SQL expression of a document's field: a generated column where one is declared, else read from the body. */
export function fieldExpression(field: string, columns: ReadonlySet<string>): string {
  const name = checkedName(field);
  if (name === "id") return "id";
  return columns.has(name) ? `"f_${name}"` : `json_extract(body, '$.${name}')`;
}

const OPERATORS = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

/** The WHERE clause of a filter: every condition holds. Keys whose condition is undefined are left out. */
export function whereOf(filter: object, columns: ReadonlySet<string>): Fragment {
  const parts: Fragment[] = [];
  for (const [field, condition] of Object.entries(filter) as [string, Condition | undefined][]) {
    if (condition === undefined) continue;
    const target = { field: checkedName(field), expression: fieldExpression(field, columns) };
    if (condition === null || typeof condition !== "object") parts.push(equal(target, condition));
    else parts.push(...conditions(target, condition));
  }
  if (parts.length === 0) return { sql: "1", values: [] };
  return { sql: parts.map((part) => part.sql).join(" AND "), values: parts.flatMap((part) => part.values) };
}

interface Target {
  field: string;
  expression: string;
}

function conditions(target: Target, condition: Exclude<Condition, Scalar>): Fragment[] {
  return Object.entries(condition).flatMap(([operator, value]): Fragment[] => {
    if (value === undefined) return [];
    if (operator === "in") return [oneOf(target, value as readonly Scalar[])];
    if (operator === "contains") return (value as readonly string[]).map((part) => holding(target, part));
    if (operator === "ne") return [negate(equal(target, value as Scalar))];
    if (operator in OPERATORS) return [compare(target, OPERATORS[operator as keyof typeof OPERATORS], value as Scalar)];
    throw new TypeError("Not an operator of a filter.");
  });
}

/** Equality within one type, so that `true` is not 1. Null stands for a field that is null or missing. */
function equal(target: Target, value: Scalar): Fragment {
  if (value === null) return { sql: `${target.expression} IS NULL`, values: [] };
  return typed(target, { sql: `${target.expression} = ?`, values: [bound(value)] }, value);
}

function negate(part: Fragment): Fragment {
  return { sql: `(${part.sql}) IS NOT TRUE`, values: part.values };
}

function oneOf(target: Target, values: readonly Scalar[]): Fragment {
  const parts = values.map((value) => equal(target, value));
  if (parts.length === 0) return { sql: "0", values: [] };
  if (values.every((value) => typeof value === "string")) {
    const padded = padTo(values.map(bound));
    return { sql: `${target.expression} IN (${padded.map(() => "?").join(", ")})`, values: padded };
  }
  return { sql: `(${parts.map((part) => part.sql).join(" OR ")})`, values: parts.flatMap((part) => part.values) };
}

/** Lists of every length would each be a text of their own to prepare and keep: the last value is repeated up to a power of two. */
function padTo(values: readonly Bound[]): Bound[] {
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return Array.from({ length }, (_, index) => values[Math.min(index, values.length - 1)] ?? null);
}

function holding(target: Target, part: string): Fragment {
  return { sql: `(typeof(${target.expression}) = 'text' AND instr(${target.expression}, ?) > 0)`, values: [part] };
}

/** A range holds only among values of the same type; nothing is greater or smaller than null. */
function compare(target: Target, operator: string, value: Scalar): Fragment {
  if (value === null) return { sql: "0", values: [] };
  const part = { sql: `${target.expression} ${operator} ?`, values: [bound(value)] };
  if (typeof value !== "string") return typed(target, part, value);
  return { sql: `${part.sql} AND typeof(${target.expression}) = 'text'`, values: part.values };
}

function typed(target: Target, part: Fragment, value: string | number | boolean): Fragment {
  if (typeof value === "string" || target.field === "id") return part;
  const types = typeof value === "boolean" ? "'true', 'false'" : "'integer', 'real'";
  return { sql: `${part.sql} AND json_type(body, '$.${target.field}') IN (${types})`, values: part.values };
}

function bound(value: Scalar): Bound {
  return typeof value === "boolean" ? Number(value) : value;
}

/** ORDER BY, LIMIT and OFFSET; the id breaks ties, so that pages never overlap. */
export function orderOf<T>(options: FindOptions<T>, columns: ReadonlySet<string>): Fragment {
  const sorted = Object.entries(options.sort ?? {}) as [string, "asc" | "desc" | undefined][];
  const keys = sorted
    .filter(([, direction]) => direction !== undefined)
    .map(([field, direction]) => `${fieldExpression(field, columns)} ${direction === "desc" ? "DESC" : "ASC"}`);
  const sql = `ORDER BY ${[...keys, "id ASC"].join(", ")} LIMIT ? OFFSET ?`;
  return { sql, values: [options.limit ?? -1, options.skip ?? 0] };
}
