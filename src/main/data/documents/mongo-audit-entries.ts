import type { Collection, Db, Filter } from "mongodb";
import type { ChainedRecord, ChainHead } from "../audit/chain.ts";
import type { AuditFilter } from "../audit/port.ts";
import { parseEntry, type StoredEntry } from "../audit/verify.ts";

/** What of an entry can be searched; each says the same as the entry's text, or `verify` tells. */
interface Searched {
  writer: string;
  n: number;
  at: string;
  action: string;
  actorId: string | null;
  patientId: string | null;
  outcome: string | null;
}

/** An entry as a document. Its id is its place in its writer's chain: a place is given once, so an append that is tried again is known. */
export interface EntryDocument extends StoredEntry, Searched {
  _id: string;
}

interface CounterDocument {
  _id: string;
  value: number;
}

/** The collections of the trail. */
export interface AuditCollections {
  entries: Collection<EntryDocument>;
  counters: Collection<CounterDocument>;
}

export const auditCollections = (db: Db): AuditCollections => ({
  entries: db.collection<EntryDocument>("audit"),
  counters: db.collection<CounterDocument>("auditCounters"),
});

/** Makes the indexes and brings the counter behind the last entry; may be done by several workstations at once, and again. */
export async function prepareEntries({ entries, counters }: AuditCollections): Promise<void> {
  await entries.createIndexes([
    { name: "pc_place", key: { writer: 1, n: 1 }, unique: true },
    { name: "pc_seq", key: { seq: 1 }, unique: true },
    ...["at", "action", "actorId", "patientId"].map((field) => ({ name: `pc_${field}`, key: { [field]: 1 } })),
  ]);
  await raiseCounter({ entries, counters });
}

/** Puts the counter behind the last entry: a store that was restored may have an older one. */
export async function raiseCounter({ entries, counters }: AuditCollections): Promise<void> {
  const last = await entries.findOne({}, { sort: { seq: -1 }, projection: { seq: 1 } });
  await counters.updateOne({ _id: "seq" }, { $max: { value: last?.seq ?? 0 } }, { upsert: true });
}

/** Takes so many numbers of the trail; answers the first. Numbers of a write that failed stay unused. */
export async function takeNumbers({ counters }: AuditCollections, count: number): Promise<number> {
  const counter = await counters.findOneAndUpdate({ _id: "seq" }, { $inc: { value: count } }, { upsert: true, returnDocument: "after" });
  if (!counter) throw new Error("MongoDB gave no number for the audit trail.");
  return counter.value - count + 1;
}

function searched(record: ChainedRecord): Searched {
  const { writer, n, at, action, actorId, subject, outcome } = record;
  return { writer, n, at, action, actorId, patientId: subject?.patientId ?? null, outcome };
}

/** The document of an entry, or null when its text is damaged. */
export function entryDocument(entry: StoredEntry): EntryDocument | null {
  const record = parseEntry(entry.body);
  if (record === null) return null;
  const { seq, prev, hash, body } = entry;
  return { _id: placeOf(record), seq, prev, hash, body, ...searched(record) };
}

export const placeOf = ({ writer, n }: { writer: string; n: number }): string => `${writer}|${n}`;

/** True when what can be searched of a document says what its text says. */
export function saysTheSame(document: EntryDocument): boolean {
  const genuine = entryDocument(document);
  if (genuine === null) return false;
  return (Object.keys(genuine) as (keyof EntryDocument)[]).every((name) => genuine[name] === document[name]);
}

/** The last entry of a writer. */
export async function lastOf({ entries }: AuditCollections, writer: string): Promise<ChainHead | null> {
  const last = await entries.findOne({ writer: { $eq: writer } }, { sort: { n: -1 }, projection: { n: 1, seq: 1, hash: 1 } });
  return last && { n: last.n, seq: last.seq, hash: last.hash };
}

/** Whether a writer's entry of that number is there with that hash. */
export async function isThere({ entries }: AuditCollections, writer: string, { n, hash }: ChainHead): Promise<boolean> {
  return (await entries.findOne({ writer: { $eq: writer }, n }, { projection: { hash: 1 } }))?.hash === hash;
}

/** The filter of the trail as the server understands it. */
export function entryFilter({ from, to, before, ...equal }: AuditFilter): Filter<EntryDocument> {
  const conditions: Filter<EntryDocument>[] = [];
  if (from !== undefined) conditions.push({ at: { $gte: from } });
  if (to !== undefined) conditions.push({ at: { $lt: to } });
  if (before !== undefined) conditions.push({ seq: { $lt: before } });
  for (const name of ["action", "actorId", "patientId", "outcome"] as const) {
    const value = equal[name];
    if (value !== undefined) conditions.push({ [name]: { $eq: value } });
  }
  return conditions.length > 0 ? { $and: conditions } : {};
}
