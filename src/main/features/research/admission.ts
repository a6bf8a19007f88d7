import type { ResearchEngine } from "@main/data/research/port.ts";
import { AppError } from "@shared/define.ts";
import type { Gate, Verdict } from "./gate/index.ts";

export type Accepted = Extract<Verdict, { ok: true }>;

/**
 * Lets a statement through to the engine that answers who asks, or throws why not: the gate refuses what that engine is known to answer
 * wrongly. Whatever goes wrong in the gate itself keeps it shut.
 */
export type Admit = (cypher: string, masked: boolean) => Promise<Accepted>;

export function createAdmission(gate: Gate, engine: Pick<ResearchEngine, "answering">): Admit {
  return async (cypher, masked) => {
    const verdict = await gate.check(cypher, engine.answering(masked));
    if (verdict.ok) return verdict;
    const { code, message, line, column, construct } = verdict;
    throw new AppError(code, message, { line, column, ...(construct === null ? {} : { construct }) });
  };
}

/** True for what the gate answers, as opposed to what fails behind it. */
export function isRefusal(error: AppError): boolean {
  return error.code === "not-read-only" || error.code === "unsupported-construct" || error.code === "syntax";
}
