import { sep } from "node:path";
import type { EngineFailure } from "./embedded-protocol.ts";

const UNIQUE = /UNIQUE constraint violation: property '([^']+)' .*already exists on :(\w+)\s*$/s;

/** Reads an error of the engine. Only the text of syntax and semantic errors is kept: it quotes the statement, never a value. */
export function readFailure(error: unknown): EngineFailure {
  const message = error instanceof Error ? error.message : String(error);
  const unique = UNIQUE.exec(message);
  if (unique?.[1] !== undefined && unique[2] !== undefined) return { kind: "unique", property: unique[1], label: unique[2] };
  const code = /GRAFEO-([A-Z]\d{3})/.exec(message)?.[1];
  if (code === "T001") return { kind: "conflict" };
  if (code === "Q001" || code === "Q002") return { kind: "statement", detail: message.slice(0, 400) };
  return { kind: "statement", detail: code === undefined ? "the engine gave no code" : `GRAFEO-${code}` };
}

/** Reads why a file did not open. These texts name files and damage, never contents; the data folder's own path is left out. */
export function readOpenFailure(error: unknown, folder: string): EngineFailure {
  const message = error instanceof Error ? error.message : String(error);
  const detail = message.replaceAll(`${folder}${sep}`, "").slice(0, 400);
  return /cannot be locked|already locked|lock held|locked by/i.test(detail) ? { kind: "locked", detail } : { kind: "open-failed", detail };
}
