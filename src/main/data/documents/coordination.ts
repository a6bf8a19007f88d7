import type { CollectionSpec } from "./port.ts";

/** Who holds a right that only one workstation may have at a time; see `sharedLeases`. */
export interface LeaseDocument {
  id: string;
  /** Who holds it: a mark made for each holding; null when it is free. */
  holder: string | null;
  /** Rises while it is held: a beat that stands still tells that its holder is gone. */
  beat: number;
  /** Number of the holding: rises with each, so that one that was lost is told from the next. */
  fence: number;
  /** The holding during which somebody else began to wait. */
  wanted: number;
}
export const leases: CollectionSpec<LeaseDocument> = { name: "leases" };

/** A key that the workstations share, base64: as it is, or sealed under a passphrase. Inserted once and never changed. */
export interface SecretDocument {
  id: string;
  value: string;
  /** What opens `value`; null where no passphrase was given when it was made. */
  sealed: { salt: string; nonce: string } | null;
}
export const secrets: CollectionSpec<SecretDocument> = { name: "secrets" };

/** What workstations on the same servers agree by. It is not of the clinic's records: not cleared, not moved and not counted with them. */
export const coordination = [leases, secrets] as const;
