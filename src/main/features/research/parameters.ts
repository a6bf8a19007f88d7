import type { Value } from "@main/data/graph/port.ts";
import { AppError } from "@shared/define.ts";

/** Parameters by name, as the contract has parsed them. */
export type Parameters = Record<string, unknown>;

const MAX_NAMES = 100;
const MAX_DEPTH = 8;
/** Of all values together, as JSON: with the longest query they still fit into one frame of a window. */
const MAX_CHARACTERS = 64_000;
/** The embedded engine reads `{ $date: … }` as a value of another type and keeps `_id` and its like for itself. */
const RESERVED_KEY = /^[$_]/;

/** The parameters as values of a query; refuses with `invalid-input` or `too-large` what an engine should not have to look at. */
export function boundedParameters(parameters: Parameters): Record<string, Value> {
  const names = Object.keys(parameters);
  if (names.length > MAX_NAMES) throw new AppError("too-large", `A query has at most ${MAX_NAMES} parameters.`, { field: "parameters" });
  let characters = 0;
  for (const name of names) {
    const field = `parameters.${name}`;
    checkValue(parameters[name], field, 1);
    characters += JSON.stringify(parameters[name]).length;
    if (characters > MAX_CHARACTERS) throw new AppError("too-large", "The parameters are too large.", { field });
  }
  return parameters as Record<string, Value>;
}

function checkValue(value: unknown, field: string, depth: number): asserts value is Value {
  if (typeof value === "string") {
    if (value.includes("\u0000") || !value.isWellFormed()) throw refused("The parameter has a character that no store can hold.", field);
    return;
  }
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "number") {
    // A whole number beyond this has already lost digits on its way here: it would find something else.
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw refused("The parameter is too large a number.", field);
    return;
  }
  if (depth > MAX_DEPTH) throw refused("The parameter is nested too deep.", field);
  if (!Array.isArray(value) && Object.keys(value as object).some((key) => RESERVED_KEY.test(key))) {
    throw refused("The parameter has a key that begins with $ or _.", field);
  }
  for (const part of Object.values(value as object)) checkValue(part, field, depth + 1);
}

/** Of the values given, those that the query names; one that is missing is refused by its name. */
export function namedParameters(names: readonly string[], given: Record<string, Value>): Record<string, Value> {
  const missing = names.find((name) => !Object.hasOwn(given, name));
  if (missing !== undefined) throw refused(`The parameter $${missing} has no value.`, `parameters.${missing}`);
  return Object.fromEntries(names.map((name) => [name, given[name] as Value]));
}

/** The same for a plan, which needs no values: what is missing counts as null. */
export function parametersOrNull(names: readonly string[], given: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, Object.hasOwn(given, name) ? (given[name] as Value) : null]));
}

function refused(message: string, field: string): AppError {
  return new AppError("invalid-input", message, { field });
}
