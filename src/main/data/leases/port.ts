/** The right to do something that only one may do at a time, on this workstation and on all others that share its stores. */
export interface Leases {
  /**
   * Runs `work` while nobody else holds the lease of that name; waits for its turn. `lost` is aborted when the right was lost meanwhile (the
   * store was away for too long): what is not yet done must not be done then. Throws AppError `timeout` when the turn does not come in
   * `waitMs` (60 s), `store-unavailable` when the store is away.
   */
  hold<T>(name: string, work: (lost: AbortSignal) => Promise<T>, options?: { waitMs?: number }): Promise<T>;
}
