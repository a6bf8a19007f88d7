import { hash } from "node:crypto";
import type { AuditRecord } from "./port.ts";

/** What precedes the first entry of a writer. */
export const GENESIS = "0".repeat(64);

/** An entry as it is hashed: the record with who wrote it and its place in that writer's chain (1, 2, 3 …). */
export interface ChainedRecord extends AuditRecord {
  writer: string;
  n: number;
}

/** The last entry of one writer's chain. */
export interface ChainHead {
  n: number;
  seq: number;
  hash: string;
}

/** JSON with sorted keys and no space: the same value always has the same text. Keys without a value are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(item)}`);
  }
  return `{${parts.join(",")}}`;
}

/** The hash of an entry: SHA-256 over the previous hash of its writer's chain and its own canonical text, in hex. */
export function chainHash(previous: string, canonical: string): string {
  return hash("sha256", previous + canonical, "hex");
}
