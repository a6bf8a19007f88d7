import { AppError } from "@shared/define.ts";
import type { z } from "zod";
import type { KnownRoute } from "./call.ts";

/** The parsed input, or `invalid-input` with the dotted path of the first field at fault. */
export async function parseInput(route: KnownRoute, raw: unknown): Promise<unknown> {
  const parsed = await route.input.safeParseAsync(raw ?? {});
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues);
}

/** Checks what a handler answered against its declaration (development and tests); a mismatch is our fault: `internal`. */
export async function parseOutput(route: KnownRoute, output: unknown): Promise<unknown> {
  if (route.policy?.kind === "stream") return output;
  const parsed = await route.output.safeParseAsync(output);
  if (parsed.success) return parsed.data;
  const { path, message } = firstFault(parsed.error.issues);
  throw new Error(`The answer of ${route.name} does not match its declaration at "${path}": ${message}`);
}

export function invalidInput(issues: readonly z.core.$ZodIssue[]): AppError {
  const { path, message } = firstFault(issues);
  return new AppError("invalid-input", `The input is not valid: ${message}`, path === "" ? {} : { field: path });
}

/** The first issue. Of a union's branches, the one with the fewest faults: that is the shape the caller meant. */
function firstFault(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[] = []): { path: string; message: string } {
  const issue = issues[0];
  if (!issue) return { path: prefix.map(String).join("."), message: "Invalid input" };
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const [nearest] = [...issue.errors].sort((a, b) => a.length - b.length);
    return firstFault(nearest ?? [], path);
  }
  return { path: path.map(String).join("."), message: issue.message };
}
