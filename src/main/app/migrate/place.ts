import type { AuditPort } from "../../data/audit/port.ts";
import type { AuditTransfer } from "../../data/audit/transfer.ts";
import type { BlobPort } from "../../data/blobs/port.ts";
import type { DocumentPort } from "../../data/documents/port.ts";
import type { GraphBulk } from "../../data/graph/bulk.ts";
import type { SeriesPort } from "../../data/series/port.ts";
import type { SecretStore } from "../../platform/secrets.ts";

/** How long one call of a move may take: nobody waits before a screen, and a server that is being filled may be slow. */
export const CALL_MS = 120_000;

/** One side of a move: everything that a clinic consists of, open and nobody else's. */
export interface Place {
  readonly kind: "embedded" | "servers";
  readonly graph: GraphBulk;
  readonly documents: DocumentPort;
  readonly audit: AuditPort & AuditTransfer;
  /** Bytes as they lie: sealed, with the mark that names their key. */
  readonly blobs: BlobPort;
  readonly series: SeriesPort;
  readonly secrets: SecretStore;
  /** The instant that a blob stored from now on was first stored at. */
  stampBlobs(at: string): void;
  /** Throws `conflict` when somebody else is at work here. */
  refuseWhileUsed(): Promise<void>;
  close(): Promise<void>;
}
