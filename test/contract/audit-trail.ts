import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { canonicalJson, chainHash } from "@main/data/audit/chain.ts";
import type { NewAuditRecord } from "@main/data/audit/port.ts";
import type { SqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import type { Clock } from "@main/platform/clock.ts";

/** Each entry is a minute after the one before. */
export function minuteClock(): Clock {
  let minute = 0;
  return { now: () => new Date(Date.UTC(2026, 0, 1) + 60_000 * minute++).toISOString(), monotonic: () => performance.now() };
}

/** An entry as the router appends it. */
export const record = (more: Partial<NewAuditRecord> = {}): NewAuditRecord => ({
  phase: "event",
  requestId: "r1",
  action: "patients.getChart",
  actorId: "U000001",
  actorName: "Dr. Salma ‏سلمى‎",
  roles: ["doctor"],
  subject: { patientId: "P000001" },
  outcome: "ok",
  reason: null,
  ...more,
});
/** The anchor of a folder, where it lies by default. */
export const anchorOf = (folder: string) => join(folder, "anchor", "audit-head.json");
/** Appends so many entries at the same time, `r0`, `r1` … */
export const appendMany = (audit: SqliteAudit, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => audit.append(record({ requestId: `r${index}` }))));

/** Changes the closed file as somebody with full rights to it would, past the triggers. */
export function tamper(folder: string, change: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(join(folder, "audit.sqlite"));
  db.exec("DROP TRIGGER entries_follow; DROP TRIGGER entries_keep; DROP TRIGGER entries_stay");
  change(db);
  db.close();
}

/** Writes entry `seq` and all after it anew with right hashes, as somebody who knows the format would. */
export function rewriteFrom(db: DatabaseSync, seq: number): void {
  const rows = db.prepare("SELECT seq, prev, body FROM entries WHERE seq >= ? ORDER BY seq").all(seq);
  let prev: string | null = null;
  for (const row of rows as { seq: number; prev: string; body: string }[]) {
    prev ??= row.prev;
    const body = canonicalJson({ ...JSON.parse(row.body), actorName: "nobody" });
    const hash = chainHash(prev, body);
    db.prepare("UPDATE entries SET prev = ?, hash = ?, body = ? WHERE seq = ?").run(prev, hash, body, row.seq);
    prev = hash;
  }
}
