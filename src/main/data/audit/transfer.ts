import type { StoredEntry } from "./verify.ts";

/**
 * The trail as it moves to another store: every entry with its text, hash and place, so that it verifies there as it did here. Both
 * throw AppError `store-unavailable`.
 */
export interface AuditTransfer {
  /** Entries of all writers with a larger `seq` than `after` (0: from the first), in that order. */
  exportRecords(after: number, limit: number): Promise<StoredEntry[]>;
  /**
   * Takes entries over as they are, in order of `seq` and on disk when it resolves; what is already there is without effect. Answers how many
   * were new. Throws `conflict` when another entry has the place (or the `seq`) of one of them: then none of this call's entries after it was taken.
   * The heads of the writers are anchored; the own chain goes on behind them.
   */
  importRecords(entries: readonly StoredEntry[]): Promise<{ added: number }>;
}
