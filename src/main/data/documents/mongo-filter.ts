import type { Filter } from "mongodb";
import { checkedName } from "./field-names.ts";
import type { Stored } from "./mongo-values.ts";
import type { Condition, FindOptions } from "./port.ts";

type Scalar = string | number | boolean | null;
type Where = Filter<Stored>;

const NOTHING: Where = { _id: { $in: [] } };
const RANGES = new Set(["gt", "gte", "lt", "lte"]);

/** The driver's form of a filter: every condition holds. Keys whose condition is undefined are left out. */
export function whereOf(filter: object): Where {
  return allOf(
    Object.entries(filter).flatMap(([field, condition]: [string, Condition | undefined]) => {
      if (condition === undefined) return [];
      const path = pathOf(field);
      return condition === null || typeof condition !== "object" ? [equal(path, condition)] : conditions(path, condition);
    }),
  );
}

/** Each of them holds. */
export function allOf(parts: readonly Where[]): Where {
  const said = parts.filter((part) => Object.keys(part).length > 0);
  if (said.length < 2) return said[0] ?? {};
  const keys = said.flatMap((part) => Object.keys(part));
  // Side by side with an id: not every server looks into `$and` for its index.
  const apart = new Set(keys).size === keys.length && !keys.includes("$and") && said.some(({ _id }) => typeof _id === "string");
  return apart ? Object.assign({}, ...said) : { $and: said };
}

/** The id that a filter asks for alone, or null: such a write is known to be of one document. */
export function onlyId(filter: object): string | null {
  const { id } = filter as { id?: unknown };
  return typeof id === "string" ? id : null;
}

/** How the answer is ordered; the id breaks ties, so that pages never overlap. Texts are in the order of their bytes. */
export function orderOf<T>({ sort = {} }: FindOptions<T>): Record<string, 1 | -1> {
  const sorted = Object.entries(sort) as [string, "asc" | "desc" | undefined][];
  const keys = sorted
    .filter(([, direction]) => direction !== undefined)
    .map(([field, direction]) => [pathOf(field), direction === "desc" ? -1 : 1] as const);
  const order: Record<string, 1 | -1> = Object.fromEntries(keys);
  return "_id" in order ? order : { ...order, _id: 1 };
}

/** The name of a field in what is stored. */
export function pathOf(field: string): string {
  const name = checkedName(field);
  return name === "id" ? "_id" : name;
}

function conditions(path: string, condition: Exclude<Condition, Scalar>): Where[] {
  return Object.entries(condition).flatMap(([operator, value]): Where[] => {
    if (value === undefined) return [];
    if (operator === "in")
      return [(value as readonly Scalar[]).length === 0 ? NOTHING : where(path, { $in: [...(value as readonly Scalar[])] })];
    if (operator === "contains") return (value as readonly string[]).map((part) => holding(path, part));
    if (operator === "ne") return [where(path, { $ne: value })];
    // The server's ranges hold within one type as well, but not with null, which nothing is greater or smaller than.
    if (RANGES.has(operator)) return [value === null ? NOTHING : where(path, { [`$${operator}`]: value })];
    throw new TypeError("Not an operator of a filter.");
  });
}

const where = (path: string, condition: unknown): Where => ({ [path]: condition }) as Where;

/** Null also finds what has no such field. */
const equal = (path: string, value: Scalar): Where => where(path, path === "_id" ? value : { $eq: value });

/** A pattern that stands for its own letters: only a text can match it. NUL has to be written out, or the pattern would end there. */
function holding(path: string, part: string): Where {
  if (part === "") return where(path, { $type: "string" });
  return where(path, { $regex: part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replaceAll("\0", "\\x00") });
}
