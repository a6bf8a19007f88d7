/** One line of the trail. `hash` = SHA-256 over the previous hash and this entry's canonical JSON. */
export interface AuditRecord {
  seq: number;
  at: string;
  phase: "intent" | "outcome" | "event";
  requestId: string;
  action: string;
  actorId: string | null;
  actorName: string | null;
  roles: string[];
  subject: Record<string, string>;
  outcome: string | null;
  reason: string | null;
}

export type NewAuditRecord = Omit<AuditRecord, "seq" | "at">;

export interface AuditFilter {
  from?: string;
  to?: string;
  action?: string;
  actorId?: string;
  patientId?: string;
  outcome?: string;
  /** Only entries with a smaller seq. */
  before?: number;
  limit: number;
}

export interface AuditVerdict {
  ok: boolean;
  checked: number;
  /** seq of the first entry that is wrong or missing. */
  firstBad?: number;
  cause?: "edited" | "deleted" | "truncated" | "anchor-missing" | "anchor-differs";
}

/** The append-only, hash-chained trail; its head is anchored in a file outside the store. */
export interface AuditPort {
  /** Resolves when the record is on disk; appends waiting at the same time share one flush. */
  append(record: NewAuditRecord): Promise<void>;
  list(filter: AuditFilter): Promise<AuditRecord[]>;
  verify(): Promise<AuditVerdict>;
  close(): Promise<void>;
}
