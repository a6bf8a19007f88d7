import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import { emptyAnchor, readAnchor, withHead, writeAnchor } from "../audit/anchor.ts";
import { type AnchorKeeper, keepAnchor } from "../audit/anchor-keeper.ts";
import { type ChainedRecord, type ChainHead, canonicalJson, chainHash, GENESIS } from "../audit/chain.ts";
import type { AuditFilter, AuditPort, AuditRecord } from "../audit/port.ts";
import { ChainVerifier, type StoredEntry } from "../audit/verify.ts";
import { migrateAuditSchema } from "./sqlite-audit-schema.ts";
import { storeError } from "./sqlite-errors.ts";
import { SqliteFile } from "./sqlite-file.ts";

const VERIFY_CHUNK = 2000;

export interface SqliteAuditOptions {
  /** The data folder; the trail is its file `audit.sqlite`. */
  folder: string;
  clock: Clock;
  /** Where the head is anchored; best on another disk or with another owner. `<folder>/anchor/audit-head.json` when left out. */
  anchorFile?: string;
}

/** Opens the audit trail of a data folder. Throws `store-unavailable` with the cause, `conflict` for a newer layout. */
export async function openSqliteAudit(options: SqliteAuditOptions): Promise<AuditPort> {
  const { folder, clock } = options;
  const anchorFile = options.anchorFile ?? join(folder, "anchor", "audit-head.json");
  const file = openFile(join(folder, "audit.sqlite"));
  try {
    const writer = writerOf(file);
    const head = await startOfChain(file, writer, anchorFile, clock);
    const keeper = keepAnchor({ path: anchorFile, writer, now: () => clock.now() });
    return auditPort({ file, clock, writer, keeper, head });
  } catch (error) {
    await file.close();
    throw storeError(error, "audit");
  }
}

function openFile(path: string): SqliteFile {
  let file: SqliteFile | null = null;
  try {
    file = new SqliteFile(path, "audit");
    migrateAuditSchema(file.db);
    return file;
  } catch (error) {
    if (file?.db.isOpen) file.db.close();
    throw storeError(error, "audit");
  }
}

/** The name under which this store's entries are chained, made when the store is new. */
function writerOf(file: SqliteFile): string {
  file.prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('writer', ?)").run(randomUUID());
  return (file.prepare("SELECT value FROM meta WHERE name = 'writer'").get() as { value: string }).value;
}

/**
 * Where the chain goes on. A chain that is shorter than its anchor or differs from it goes on behind the *anchored* head: the
 * gap stays in the trail, so that later entries cannot hide it.
 */
async function startOfChain(file: SqliteFile, writer: string, anchorFile: string, clock: Clock): Promise<ChainHead> {
  const last = file.prepare("SELECT n, seq, hash FROM entries WHERE writer = ? ORDER BY n DESC LIMIT 1").get(writer);
  const stored = (last as ChainHead | undefined) ?? { n: 0, seq: 0, hash: GENESIS };
  const anchor = await readAnchor(anchorFile);
  const anchored = anchor?.heads[writer];
  if (!anchor) {
    const lost = stored.seq > 0 ? clock.now() : null;
    await writeAnchor(anchorFile, withHead(emptyAnchor(lost), writer, stored, clock.now()));
    return stored;
  }
  if (!anchored || anchored.n === 0) return stored;
  const at = file.prepare("SELECT hash FROM entries WHERE writer = ? AND n = ?").get(writer, anchored.n) as { hash: string } | undefined;
  if (at?.hash === anchored.hash) return stored;
  return { n: Math.max(anchored.n, stored.n), seq: Math.max(anchored.seq, stored.seq), hash: anchored.hash };
}

interface Parts {
  file: SqliteFile;
  clock: Clock;
  writer: string;
  keeper: AnchorKeeper;
  head: ChainHead;
}

function auditPort({ file, clock, writer, keeper, head: start }: Parts): AuditPort {
  let head = start;
  return {
    async append(record) {
      const written = await file.write((): ChainHead => {
        const { highest } = file.prepare("SELECT max(seq) AS highest FROM entries").get() as { highest: number | null };
        // A group that could not be committed leaves no trace, so the chain goes on behind what the store holds.
        const last = file.prepare("SELECT n, seq, hash FROM entries WHERE writer = ? ORDER BY n DESC LIMIT 1").get(writer);
        const previous = last && (last as unknown as ChainHead).n > start.n ? (last as unknown as ChainHead) : start;
        const seq = Math.max(highest ?? 0, previous.seq) + 1;
        const entry: ChainedRecord = { ...record, seq, at: clock.now(), writer, n: previous.n + 1 };
        const body = canonicalJson(entry);
        const hash = chainHash(previous.hash, body);
        file.prepare("INSERT INTO entries (seq, hash, body) VALUES (?, ?, ?)").run(seq, hash, body);
        return { n: entry.n, seq, hash };
      });
      if (written.n > head.n) {
        head = written;
        keeper.advance(head);
      }
    },
    list: (filter) => file.read(() => listEntries(file, filter)),
    async verify() {
      const verifier = new ChainVerifier(await keeper.current());
      let after = 0;
      for (;;) {
        const entries = await file.read(() =>
          file.prepare("SELECT seq, hash, body FROM entries WHERE seq > ? ORDER BY seq LIMIT ?").all(after, VERIFY_CHUNK),
        );
        for (const entry of entries as unknown as StoredEntry[]) {
          if (!verifier.check(entry)) return verifier.finish();
          after = entry.seq;
        }
        if (entries.length < VERIFY_CHUNK) return verifier.finish();
        // Lets other calls through: a long trail takes a second or more.
        await nextTurn();
      }
    },
    async close() {
      await file.close();
      await keeper.close();
    },
  };
}

const CONDITIONS: Readonly<Record<Exclude<keyof AuditFilter, "limit">, string>> = {
  from: "at >= ?",
  to: "at < ?",
  action: "action = ?",
  actorId: "actorId = ?",
  patientId: "patientId = ?",
  outcome: "outcome = ?",
  before: "seq < ?",
};

function listEntries(file: SqliteFile, filter: AuditFilter): AuditRecord[] {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  for (const [name, condition] of Object.entries(CONDITIONS) as [Exclude<keyof AuditFilter, "limit">, string][]) {
    const value = filter[name];
    if (value === undefined) continue;
    parts.push(condition);
    values.push(value);
  }
  const where = parts.length > 0 ? `WHERE ${parts.join(" AND ")}` : "";
  const rows = file.prepare(`SELECT body FROM entries ${where} ORDER BY seq DESC LIMIT ?`).all(...values, filter.limit);
  return rows.map((row) => {
    const { writer: _writer, n: _n, ...record } = JSON.parse((row as { body: string }).body) as ChainedRecord;
    return record;
  });
}
