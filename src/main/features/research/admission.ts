import { AppError } from "@shared/define.ts";
import type { Gate, Verdict } from "./gate/index.ts";
import type { EngineName } from "./gate/verdict.ts";

export type Accepted = Extract<Verdict, { ok: true }>;

/** Lets a statement through to the engine, or throws why not. Whatever goes wrong in the gate itself keeps it shut. */
export type Admit = (cypher: string) => Promise<Accepted>;

export function createAdmission(gate: Gate, engineName: EngineName): Admit {
  return async (cypher) => {
    const verdict = await gate.check(cypher, engineName);
    if (verdict.ok) return verdict;
    const { code, message, line, column, construct } = verdict;
    throw new AppError(code, message, { line, column, ...(construct === null ? {} : { construct }) });
  };
}

/** True for what the gate answers, as opposed to what fails behind it. */
export function isRefusal(error: AppError): boolean {
  return error.code === "not-read-only" || error.code === "unsupported-construct" || error.code === "syntax";
}
