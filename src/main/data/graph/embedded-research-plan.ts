import type { PlanStep } from "../../../shared/contract/research.ts";
import { ResearchRefusal } from "./research-refusal.ts";

/**
 * Refuses a plan that reaches beyond the snapshot: the engine reads files of this machine in LOAD CSV, which no read-only store keeps
 * it from. The gate has refused it before; this holds if the gate did not.
 */
export function refuseBeyondReading(plan: string): void {
  if (/\bLoadCsv/.test(plan)) throw new ResearchRefusal({ kind: "unsupported", construct: "LOAD CSV" });
}

const STEP = /^((?: {2})*)([A-Z]\w*)(?:\s+(.*))?$/;

/** The engine's plan, one indented line a step, as a tree. What is no step of its own belongs to the details of the one before. */
export function readPlan(text: string): PlanStep {
  const root: PlanStep = { operator: "Plan", details: "", children: [] };
  const open: PlanStep[] = [root];
  for (const line of text.split("\n")) {
    const [, indent, operator, details = ""] = STEP.exec(line) ?? [];
    const depth = (indent ?? "").length / 2 + 1;
    const last = open.at(-1) ?? root;
    if (operator === undefined || depth > open.length) {
      if (line.trim() !== "") last.details = `${last.details}\n${line.trim()}`.trim();
      continue;
    }
    const step: PlanStep = { operator, details, children: [] };
    open.length = depth;
    open.at(-1)?.children.push(step);
    open.push(step);
  }
  return root.children.length === 1 && root.details === "" ? (root.children[0] as PlanStep) : root;
}
