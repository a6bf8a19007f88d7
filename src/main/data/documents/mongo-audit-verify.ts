import type { Document, Filter } from "mongodb";
import { type Anchor, emptyAnchor } from "../audit/anchor.ts";
import type { AuditVerdict } from "../audit/port.ts";
import { ChainVerifier } from "../audit/verify.ts";
import type { MongoServer } from "./mongo.ts";
import { auditCollections, type EntryDocument, saysTheSame } from "./mongo-audit-entries.ts";

const CHUNK = 2000;

/**
 * Walks every writer's chain in its own order: writers take their numbers at the same time, so only within a chain does a later entry follow
 * an earlier one. `anchor` must have been read before.
 */
export async function verifyChains(server: MongoServer, anchor: Anchor | null): Promise<AuditVerdict> {
  const writers = new Set<string>(Object.keys(anchor?.heads ?? {}));
  for (const writer of await server.run(() => auditCollections(server.db()).entries.distinct("writer"))) {
    if (typeof writer === "string") writers.add(writer);
  }
  const verdicts: AuditVerdict[] = [];
  for (const writer of writers) verdicts.push(await verifyChain(server, writer, anchor));
  const stray = await server.run(() => strayOf(server, [...writers]));
  if (stray) verdicts.push({ ok: false, checked: 1, cause: "edited", ...(Number.isSafeInteger(stray.seq) ? { firstBad: stray.seq } : {}) });
  return together(verdicts, anchor);
}

/** The verdict of all: the first break in the trail as a whole; of two in one place, the edit. */
function together(verdicts: readonly AuditVerdict[], anchor: Anchor | null): AuditVerdict {
  const checked = verdicts.reduce((sum, verdict) => sum + verdict.checked, 0);
  const order = (verdict: AuditVerdict) => (verdict.firstBad ?? 0) + (verdict.cause === "edited" ? 0 : 0.5);
  const bad = verdicts.filter(({ ok }) => !ok).sort((a, b) => order(a) - order(b))[0];
  if (bad) return { ...bad, checked };
  if (!anchor) return { ok: false, checked, cause: "anchor-missing", ...(checked === 0 ? {} : { firstBad: 1 }) };
  if (anchor.lostAt !== null) return { ok: false, checked, cause: "anchor-missing" };
  return { ok: true, checked };
}

async function verifyChain(server: MongoServer, writer: string, anchor: Anchor | null): Promise<AuditVerdict> {
  const head = anchor?.heads[writer];
  const verifier = new ChainVerifier({ ...emptyAnchor(null), heads: head ? { [writer]: head } : {} });
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const entries = await server.run(() =>
      auditCollections(server.db())
        .entries.find({ writer: { $eq: writer }, n: { $gt: after } })
        .sort({ n: 1 })
        .limit(CHUNK)
        .toArray(),
    );
    for (const entry of entries) {
      // What is searched says something else than what was hashed: the text is judged as one that was changed.
      const { seq, prev, hash, body } = entry;
      if (!verifier.check({ seq, prev, hash, body: saysTheSame(entry) ? body : "" })) return verifier.finish();
      after = entry.n;
    }
    if (entries.length < CHUNK) return verifier.finish();
  }
}

/** An entry that stands in no chain that was walked; a workstation that began meanwhile is none. */
async function strayOf(server: MongoServer, writers: readonly string[]): Promise<Pick<EntryDocument, "seq"> | null> {
  const { entries } = auditCollections(server.db());
  const noText: Filter<Document> = { writer: { $not: { $type: "string" } } };
  const noNumber: Filter<Document> = { writer: { $in: [...writers] }, n: { $not: { $type: "number" } } };
  return entries.findOne({ $or: [noText, noNumber] } as Filter<EntryDocument>);
}
