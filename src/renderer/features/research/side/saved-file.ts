import { Parameters } from "@shared/contract/research.ts";
import { CYPHER_MAX } from "@shared/model/research-limits.ts";
import { line, prose } from "@shared/model/text.ts";
import { z } from "zod";
import type { SavedQuery } from "../types.ts";

/** A file larger than this is no list of queries. */
export const FILE_BYTES_MAX = 4 * 1024 * 1024;
const FORMAT = "polyclinic-queries";

const Entry = z.object({
  name: line(120),
  description: prose(1000).default(""),
  cypher: prose(CYPHER_MAX).refine((text) => text.trim().length > 0, "is empty"),
  parameters: Parameters.default({}),
  shared: z.boolean().default(false),
});
export type FileEntry = z.infer<typeof Entry>;
const Envelope = z.object({ format: z.literal(FORMAT), version: z.literal(1), queries: z.array(z.unknown()).max(1000) });

/** My queries as a file that another clinic's console can read. */
export function savedFile(queries: readonly SavedQuery[]): string {
  const entries = queries.map(({ name, description, cypher, parameters, shared }) => ({ name, description, cypher, parameters, shared }));
  return `${JSON.stringify({ format: FORMAT, version: 1, queries: entries }, null, 2)}\n`;
}

/** Why one entry of a file is not taken. */
export interface EntryFault {
  /** Its place in the file, from 1. */
  at: number;
  name: string | null;
  fault: "invalid" | "duplicate";
  /** The field that is wrong. */
  field?: string;
}

export type ReadFile = { ok: false; fault: "not-json" | "other-format" } | { ok: true; entries: FileEntry[]; faults: EntryFault[] };

const sameAs = (one: Pick<FileEntry, "name" | "cypher">) => `${one.name.trim().toLowerCase()}\n${one.cypher.trim()}`;

/** Reads such a file: each entry is checked by itself, and what is saved already, or stands twice in the file, is named and left out. */
export function readSavedFile(text: string, saved: readonly Pick<SavedQuery, "name" | "cypher">[]): ReadFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: "not-json" };
  }
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) return { ok: false, fault: "other-format" };
  const known = new Set(saved.map(sameAs));
  const entries: FileEntry[] = [];
  const faults: EntryFault[] = [];
  for (const [index, candidate] of envelope.data.queries.entries()) {
    const at = index + 1;
    const read = Entry.safeParse(candidate);
    if (!read.success) faults.push({ at, name: nameOf(candidate), fault: "invalid", field: read.error.issues[0]?.path.join(".") });
    else if (known.has(sameAs(read.data))) faults.push({ at, name: read.data.name, fault: "duplicate" });
    else {
      known.add(sameAs(read.data));
      entries.push(read.data);
    }
  }
  return { ok: true, entries, faults };
}

function nameOf(candidate: unknown): string | null {
  const name = typeof candidate === "object" && candidate !== null && "name" in candidate ? candidate.name : null;
  return typeof name === "string" ? name.slice(0, 120) : null;
}
