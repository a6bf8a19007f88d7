import { AppError } from "../../../shared/define.ts";
import type { ChainHead } from "../audit/chain.ts";
import type { StoredEntry } from "../audit/verify.ts";
import { type AuditCollections, type EntryDocument, entryDocument, raiseCounter } from "./mongo-audit-entries.ts";
import { isDuplicate } from "./mongo-errors.ts";
import { manyError } from "./mongo-many.ts";

/** Entries behind `after`, in order of `seq`. */
export async function exportEntries({ entries }: AuditCollections, after: number, limit: number): Promise<StoredEntry[]> {
  if (limit <= 0) return [];
  return entries
    .find({ seq: { $gt: after } }, { projection: { _id: 0, seq: 1, prev: 1, hash: 1, body: 1 } })
    .sort({ seq: 1 })
    .limit(limit)
    .toArray();
}

/** Takes entries over as they are. Throws `conflict` where another one has the place of one of them, or where a text is damaged. */
export async function importEntries(
  collections: AuditCollections,
  stored: readonly StoredEntry[],
): Promise<{ added: number; heads: Map<string, ChainHead> }> {
  const documents = stored.map((entry) => {
    const document = entryDocument(entry);
    if (document === null) throw new AppError("conflict", `Entry ${entry.seq} of the audit trail is damaged: it cannot be moved.`);
    return document;
  });
  const added = await insertMissing(collections, documents);
  await raiseCounter(collections);
  const heads = new Map<string, ChainHead>();
  for (const { writer, n, seq, hash } of documents) heads.set(writer, { n, seq, hash });
  return { added, heads };
}

async function insertMissing({ entries }: AuditCollections, documents: readonly EntryDocument[]): Promise<number> {
  const ids = documents.map(({ _id }) => _id);
  const found = await entries.find({ _id: { $in: ids } }, { projection: { hash: 1 } }).toArray();
  const hashes = new Map(found.map(({ _id, hash }) => [_id, hash]));
  const taken = documents.find(({ _id, hash }) => (hashes.get(_id) ?? hash) !== hash);
  if (taken) throw conflict(taken.seq);
  const missing = documents.filter(({ _id }) => !hashes.has(_id));
  if (missing.length === 0) return 0;
  try {
    await entries.insertMany(missing, { ordered: true });
  } catch (error) {
    if (!isDuplicate(error)) throw manyError(error);
    throw conflict(missing[0]?.seq ?? 0);
  }
  return missing.length;
}

const conflict = (seq: number): AppError =>
  new AppError("conflict", `The audit trail already has another entry in the place of entry ${seq}, or of one after it.`);
