import { canonicalJson, chainHash } from "@main/data/audit/chain.ts";
import type { AuditPort, NewAuditRecord } from "@main/data/audit/port.ts";
import type { AuditTransfer } from "@main/data/audit/transfer.ts";
import type { StoredEntry } from "@main/data/audit/verify.ts";
import type { Clock } from "@main/platform/clock.ts";

/** A trail under test, with what somebody with full rights to its store could do to it while it is closed. */
export interface TrailUnderTest {
  /** Where the heads are anchored. */
  readonly anchorFile: string;
  /** Under which name the trail chains its entries; asked once it has some. */
  writer(): string;
  /** Opens it, or opens it again. */
  open(clock: Clock): Promise<AuditPort & Partial<AuditTransfer>>;
  /** Every entry, in order of seq. */
  entries(): Promise<StoredEntry[]>;
  /** Changes an entry. With a new hash it is the work of somebody who knows the format: all else that is kept of it follows. */
  edit(seq: number, change: Partial<StoredEntry>): Promise<void>;
  /** Removes entries from one number to another, both included. */
  remove(from: number, to: number): Promise<void>;
  slipIn(entry: StoredEntry): Promise<void>;
  /** Ends it and removes all of it. */
  end(): Promise<void>;
}

/** An engine under test: a new, empty trail each time. */
export interface TrailEngine {
  name: string;
  make(): Promise<TrailUnderTest>;
}

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
/** Appends so many entries at the same time, `r0`, `r1` … */
export const appendMany = (audit: AuditPort, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => audit.append(record({ requestId: `r${index}` }))));

/** Writes entry `seq` and all after it anew with right hashes, as somebody who knows the format would. */
export async function rewriteFrom(trail: TrailUnderTest, seq: number): Promise<void> {
  let prev: string | null = null;
  for (const entry of (await trail.entries()).filter((each) => each.seq >= seq)) {
    prev ??= entry.prev;
    const body = canonicalJson({ ...JSON.parse(entry.body), actorName: "nobody" });
    const hash = chainHash(prev, body);
    await trail.edit(entry.seq, { prev, hash, body });
    prev = hash;
  }
}
