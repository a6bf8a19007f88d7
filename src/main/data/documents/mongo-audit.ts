import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Workstation } from "../../platform/server-settings.ts";
import { emptyAnchor, readAnchor, withHead, writeAnchor } from "../audit/anchor.ts";
import { type AnchorKeeper, keepAnchor } from "../audit/anchor-keeper.ts";
import { type ChainHead, GENESIS } from "../audit/chain.ts";
import type { AuditFilter, AuditPort, AuditRecord } from "../audit/port.ts";
import type { AuditTransfer } from "../audit/transfer.ts";
import { parseEntry } from "../audit/verify.ts";
import type { MongoServer } from "./mongo.ts";
import { MongoChain } from "./mongo-audit-chain.ts";
import { type AuditCollections, auditCollections, entryFilter, isThere, lastOf, prepareEntries } from "./mongo-audit-entries.ts";
import { exportEntries, importEntries } from "./mongo-audit-transfer.ts";
import { verifyChains } from "./mongo-audit-verify.ts";

/** The heads of the other workstations' chains are anchored here too, this often. */
const LOOK_AROUND_MS = 30_000;

export interface MongoAuditOptions {
  server: MongoServer;
  /** Whose chain is the own one. */
  workstation: Pick<Workstation, "id">;
  clock: Clock;
  /** The local file that keeps the heads of every chain that was seen. */
  anchorFile: string;
}

export type MongoAudit = AuditPort & AuditTransfer & { prepare(): Promise<void> };

interface Prepared {
  chain: MongoChain;
  keeper: AnchorKeeper;
  looking: NodeJS.Timeout;
}

/**
 * The audit trail of a clinic whose workstations share a MongoDB: each writes a chain of its own, numbered without a gap; `seq` orders the
 * trail as a whole. Each keeps the heads of all chains it has seen in a file of its own, so that whoever cuts one off behind its writer's
 * back is found by the others.
 */
export function mongoAudit(options: MongoAuditOptions): MongoAudit {
  const { server, workstation, anchorFile } = options;
  const collections = () => auditCollections(server.db());
  let prepared: Prepared | null = null;
  let preparing: Promise<void> | null = null;
  const ready = (): Prepared => {
    if (!prepared) throw new AppError("store-unavailable", "The audit store is not connected yet.");
    return prepared;
  };
  const lookAround = async ({ keeper }: Pick<Prepared, "keeper">): Promise<void> => {
    for (const [writer, head] of await newHeads(options, collections())) keeper.advance(head, writer);
  };
  const prepare = async (): Promise<void> => {
    if (prepared) return;
    const start = await server.run(async () => {
      await prepareEntries(collections());
      return startOfChain(options, collections());
    });
    const keeper = keepAnchor({ path: anchorFile, writer: workstation.id, now: () => options.clock.now() });
    const chain = new MongoChain({
      ...{ server, writer: workstation.id, clock: options.clock, start },
      written: (head) => keeper.advance(head),
    });
    const looking = setInterval(() => void server.run(() => lookAround({ keeper })).catch(() => undefined), LOOK_AROUND_MS);
    looking.unref();
    prepared = { chain, keeper, looking };
    await server.run(() => lookAround({ keeper }));
  };

  return {
    prepare() {
      preparing ??= prepare().finally(() => {
        preparing = null;
      });
      return preparing;
    },
    append: async (record) => ready().chain.append(record),
    list: (filter) => server.run(() => listEntries(collections(), filter)),
    async verify() {
      const { keeper } = ready();
      const anchor = await keeper.current();
      const verdict = await verifyChains(server, anchor);
      if (verdict.ok) await server.run(() => lookAround({ keeper }));
      return verdict;
    },
    exportRecords: (after, limit) => server.run(() => exportEntries(collections(), after, limit)),
    async importRecords(entries) {
      const { keeper, chain } = ready();
      const { added, heads } = await server.run(() => importEntries(collections(), entries));
      for (const [writer, head] of heads) keeper.advance(head, writer);
      chain.forget();
      return { added };
    },
    async close() {
      if (!prepared) return;
      clearInterval(prepared.looking);
      await prepared.chain.close();
      await prepared.keeper.close();
    },
  };
}

async function listEntries({ entries }: AuditCollections, filter: AuditFilter): Promise<AuditRecord[]> {
  if (filter.limit <= 0) return [];
  const found = await entries
    .find(entryFilter(filter), { projection: { body: 1 } })
    .sort({ seq: -1 })
    .limit(filter.limit)
    .toArray();
  return found.flatMap(({ body }) => {
    const chained = parseEntry(body);
    if (!chained) return [];
    const { writer: _writer, n: _n, ...record } = chained;
    return [record];
  });
}

/**
 * Where the own chain goes on. A chain that is shorter than its anchor or differs from it goes on behind the *anchored* head: the gap stays in
 * the trail. A workstation that has written nothing yet begins without a loss, whatever others have written.
 */
async function startOfChain({ workstation, clock, anchorFile }: MongoAuditOptions, collections: AuditCollections): Promise<ChainHead> {
  const anchor = await readAnchor(anchorFile);
  const stored = (await lastOf(collections, workstation.id)) ?? { n: 0, seq: 0, hash: GENESIS };
  const anchored = anchor?.heads[workstation.id];
  if (!anchor) {
    const lostAt = stored.n > 0 ? clock.now() : null;
    await writeAnchor(anchorFile, withHead(emptyAnchor(lostAt), workstation.id, stored, clock.now()));
    return stored;
  }
  if (!anchored || anchored.n === 0 || (await isThere(collections, workstation.id, anchored))) return stored;
  return { n: Math.max(anchored.n, stored.n), seq: Math.max(anchored.seq, stored.seq), hash: anchored.hash };
}

/** Heads of the other writers' chains that have grown; a chain that lacks what was anchored of it keeps its anchor. */
async function newHeads({ workstation, anchorFile }: MongoAuditOptions, collections: AuditCollections): Promise<Map<string, ChainHead>> {
  const anchor = await readAnchor(anchorFile);
  const writers = (await collections.entries.distinct("writer")) as unknown[];
  const heads = new Map<string, ChainHead>();
  for (const writer of writers) {
    if (typeof writer !== "string" || writer === workstation.id) continue;
    const head = await lastOf(collections, writer);
    const anchored = anchor?.heads[writer];
    if (!head || (anchored && head.n <= anchored.n)) continue;
    if (!anchored || anchored.n === 0 || (await isThere(collections, writer, anchored))) heads.set(writer, head);
  }
  return heads;
}
