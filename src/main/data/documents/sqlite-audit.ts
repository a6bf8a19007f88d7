import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import { type Anchor, emptyAnchor, readAnchor, withHead, writeAnchor } from "../audit/anchor.ts";
import { type AnchorKeeper, keepAnchor } from "../audit/anchor-keeper.ts";
import { type ChainedRecord, type ChainHead, canonicalJson, chainHash, GENESIS } from "../audit/chain.ts";
import type { AuditFilter, AuditPort, AuditRecord } from "../audit/port.ts";
import type { AuditTransfer } from "../audit/transfer.ts";
import { ChainVerifier, parseEntry, type StoredEntry } from "../audit/verify.ts";
import type { RecoveredFile } from "../recovered-file.ts";
import { migrateAuditSchema } from "./sqlite-audit-schema.ts";
import { exportEntries, importEntries } from "./sqlite-audit-transfer.ts";
import { storeError } from "./sqlite-errors.ts";
import { SqliteFile } from "./sqlite-file.ts";
import { openSound, type Saved } from "./sqlite-recovery.ts";
import { readableRows } from "./sqlite-salvage.ts";

const VERIFY_CHUNK = 2000;

export interface SqliteAuditOptions {
  /** The data folder; the trail is its file `audit.sqlite`. */
  folder: string;
  clock: Clock;
  /** Where the head is anchored; best on another disk or with another owner. `<folder>/anchor/audit-head.json` when left out. */
  anchorFile?: string;
  /** True when the folder was in use before: a missing file is then reported. */
  expected?: boolean;
}

/** The audit trail of a data folder, with what was done to a damaged file when it was opened. */
export interface SqliteAudit extends AuditPort, AuditTransfer {
  readonly recovered: RecoveredFile | null;
}

/** Opens the audit trail of a data folder. Throws `store-unavailable` with the cause, also for a newer layout. */
export async function openSqliteAudit(options: SqliteAuditOptions): Promise<SqliteAudit> {
  const { folder, clock, expected = false } = options;
  const anchorFile = options.anchorFile ?? join(folder, "anchor", "audit-head.json");
  const { opened: file, recovered } = await openSound({
    path: join(folder, "audit.sqlite"),
    store: "audit",
    now: clock.now(),
    expected,
    // A lost trail must not stop the clinic: verification tells of it ever after.
    refuseEmpty: false,
    open: openFile,
    layOut: migrateAuditSchema,
    salvage: salvageEntries,
  });
  try {
    const anchor = await readAnchor(anchorFile);
    const writer = writerOf(file, anchor);
    const head = await startOfChain({ file, writer, anchor, anchorFile, now: clock.now() });
    const keeper = keepAnchor({ path: anchorFile, writer, now: () => clock.now() });
    return { recovered, ...auditPort({ file, clock, writer, keeper, head }) };
  } catch (error) {
    await file.close();
    throw storeError(error, "audit");
  }
}

function openFile(path: string): SqliteFile {
  const file = new SqliteFile(path, "audit");
  try {
    migrateAuditSchema(file.db);
    return file;
  } catch (error) {
    file.db.close();
    throw error;
  }
}

/** Carries over every entry that can be read, as it is: `verify` tells which are whole. */
function salvageEntries(damaged: DatabaseSync, target: DatabaseSync): Saved {
  const insert = target.prepare("INSERT OR IGNORE INTO entries (seq, prev, hash, body) VALUES (?, ?, ?, ?)");
  let count = 0;
  for (const { seq, prev, hash, body } of readableRows(damaged, "entries", ["seq", "prev", "hash", "body"])) {
    const whole = typeof seq === "number" && typeof prev === "string" && typeof hash === "string" && typeof body === "string";
    if (whole) count += Number(insert.run(seq, prev, hash, body).changes);
  }
  return { count, report: `Saved: ${count} entries of the trail.` };
}

/** The name under which this store's entries are chained: kept in the store, else as the trail or its anchor knows it, else new. */
function writerOf(file: SqliteFile, anchor: Anchor | null): string {
  const kept = file.prepare("SELECT value AS writer FROM meta WHERE name = 'writer'").get();
  const last = kept ?? file.prepare("SELECT writer FROM entries WHERE writer IS NOT NULL ORDER BY seq DESC LIMIT 1").get();
  const writer = (last as { writer: string } | undefined)?.writer ?? Object.keys(anchor?.heads ?? {})[0] ?? randomUUID();
  if (!kept) file.prepare("INSERT INTO meta (name, value) VALUES ('writer', ?)").run(writer);
  return writer;
}

/**
 * Where the chain goes on. A chain that is shorter than its anchor or differs from it goes on behind the *anchored* head: the
 * gap stays in the trail, so that later entries cannot hide it.
 */
async function startOfChain({ file, writer, anchor, anchorFile, now }: Start): Promise<ChainHead> {
  const stored = lastOf(file, writer) ?? { n: 0, seq: 0, hash: GENESIS };
  const anchored = anchor?.heads[writer];
  if (!anchor) {
    const lostAt = stored.seq > 0 ? now : null;
    await writeAnchor(anchorFile, withHead(emptyAnchor(lostAt), writer, stored, now));
    return stored;
  }
  if (!anchored || anchored.n === 0) return stored;
  const there = file.prepare("SELECT hash FROM entries WHERE writer = ? AND n = ?").get(writer, anchored.n);
  if ((there as { hash: string } | undefined)?.hash === anchored.hash) return stored;
  return { n: Math.max(anchored.n, stored.n), seq: Math.max(anchored.seq, stored.seq), hash: anchored.hash };
}

interface Start {
  file: SqliteFile;
  writer: string;
  anchor: Anchor | null;
  anchorFile: string;
  now: string;
}

function lastOf(file: SqliteFile, writer: string): ChainHead | undefined {
  const row = file.prepare("SELECT n, seq, hash FROM entries WHERE writer = ? ORDER BY n DESC LIMIT 1").get(writer);
  return row as unknown as ChainHead | undefined;
}

interface Parts {
  file: SqliteFile;
  clock: Clock;
  writer: string;
  keeper: AnchorKeeper;
  head: ChainHead;
}

function auditPort({ file, clock, writer, keeper, head: start }: Parts): AuditPort & AuditTransfer {
  let head = start;
  return {
    async append(record) {
      const written = await file.write((): ChainHead => {
        const { highest } = file.prepare("SELECT max(seq) AS highest FROM entries").get() as { highest: number | null };
        // A group that could not be committed leaves no trace, so the chain goes on behind what the store holds.
        const last = lastOf(file, writer);
        const previous = last && last.n > start.n ? last : start;
        const seq = Math.max(highest ?? 0, previous.seq) + 1;
        const entry: ChainedRecord = { ...record, seq, at: clock.now(), writer, n: previous.n + 1 };
        const body = canonicalJson(entry);
        const hash = chainHash(previous.hash, body);
        file.prepare("INSERT INTO entries (seq, prev, hash, body) VALUES (?, ?, ?, ?)").run(seq, previous.hash, hash, body);
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
          file.prepare("SELECT seq, prev, hash, body FROM entries WHERE seq > ? ORDER BY seq LIMIT ?").all(after, VERIFY_CHUNK),
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
    exportRecords: (after, limit) => exportEntries(file, after, limit),
    async importRecords(entries) {
      const { added, heads } = await importEntries(file, entries);
      for (const [name, imported] of heads) keeper.advance(imported, name);
      return { added };
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
  return rows.flatMap((row) => {
    const chained = parseEntry((row as { body: string }).body);
    if (!chained) return [];
    const { writer: _writer, n: _n, ...record } = chained;
    return [record];
  });
}
