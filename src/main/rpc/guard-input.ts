import { AppError } from "@shared/define.ts";

export const MAX_INPUT_DEPTH = 32;
export const MAX_INPUT_BYTES = 1024 * 1024;
const MAX_VALUES = 100_000;
const POLLUTING = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Refuses what no schema should have to look at: keys that pollute prototypes, nesting deeper than 32, more than 1 MB of
 * text, and values that are not JSON. Walks with a stack of its own, so that depth cannot exhaust the call stack.
 */
export function guardInput(input: unknown): void {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value: input, path: "", depth: 0 }];
  let bytes = 0;
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    seen += 1;
    bytes += ownBytes(next.value);
    if (bytes > MAX_INPUT_BYTES || seen > MAX_VALUES) throw new AppError("too-large", "The input is larger than 1 MB.");
    if (next.depth > MAX_INPUT_DEPTH)
      throw new AppError("invalid-input", "The input is nested too deep.", { field: next.path.slice(0, 200) });
    for (const [key, value] of childrenOf(next.value, next.path)) {
      const path = next.path === "" ? key : `${next.path}.${key}`;
      bytes += key.length;
      if (POLLUTING.has(key))
        throw new AppError("invalid-input", "The input has a key that is not allowed.", { field: path.slice(0, 200) });
      waiting.push({ value, path: path.slice(0, 200), depth: next.depth + 1 });
    }
  }
}

function childrenOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new AppError("invalid-input", "The input has a value that is not JSON.", path === "" ? {} : { field: path });
  }
  return Object.entries(value);
}

/** A string counts in UTF-8: two or three bytes for what is not ASCII. */
function ownBytes(value: unknown): number {
  return typeof value === "string" ? Buffer.byteLength(value) : 1;
}
