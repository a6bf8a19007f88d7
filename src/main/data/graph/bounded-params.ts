import { AppError } from "../../../shared/define.ts";
import type { Params, Value } from "./port.ts";

const MAX_DEPTH = 64;
const MAX_BYTES = 8 * 1024 * 1024;
/** The engine reads `{ $date: … }` as a value of another type and keeps `_id` and its like for itself. */
const RESERVED_KEY = /^[$_]/;

/**
 * A copy of the parameters that the engine survives: the engine dies on deep nesting and has no memory limit. An
 * absent optional property counts as null. Throws AppError `invalid-input` or `too-large`, naming no value.
 */
export function boundedParams(params: Params): Params {
  let bytes = 0;
  const spend = (count: number) => {
    bytes += count;
    if (bytes > MAX_BYTES) throw new AppError("too-large", "The parameters of a statement are larger than 8 MB");
  };
  const copy = (value: Value | undefined, depth: number): Value => {
    if (depth > MAX_DEPTH) throw new AppError("invalid-input", "The parameters of a statement are nested too deeply");
    spend(8);
    if (value === null || value === undefined || typeof value === "boolean") return value ?? null;
    if (typeof value === "number") {
      if (!Number.isFinite(value)) throw new AppError("invalid-input", "A parameter of a statement is not a finite number");
      return value;
    }
    if (typeof value === "string") {
      spend(Buffer.byteLength(value));
      return value;
    }
    if (Array.isArray(value)) return value.map((part) => copy(part, depth + 1));
    if (typeof value !== "object") throw new AppError("invalid-input", "A parameter of a statement is no JSON value");
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => {
        spend(Buffer.byteLength(key));
        if (RESERVED_KEY.test(key)) throw new AppError("invalid-input", "A parameter of a statement has a key beginning with $ or _");
        return [key, copy(part, depth + 1)];
      }),
    );
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, copy(value, 1)]));
}
