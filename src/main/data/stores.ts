import type { ConnectionCause } from "@shared/contract/servers.ts";
import type { SecretStore } from "../platform/secrets.ts";
import type { AuditPort } from "./audit/port.ts";
import type { BlobPort } from "./blobs/port.ts";
import type { DocumentPort } from "./documents/port.ts";
import type { GraphPort } from "./graph/port.ts";
import type { Leases } from "./leases/port.ts";
import type { RecoveredFile } from "./recovered-file.ts";
import type { EventRelay } from "./relay/port.ts";
import type { ResearchEngine } from "./research/port.ts";
import type { SeriesPort } from "./series/port.ts";

/** Why a server cannot be used. */
export interface StoreProblem {
  store: "graph" | "documents";
  cause: ConnectionCause;
  /** For IT and the log: no secret, nothing of a patient. */
  message: string;
}

/** A server is there and says no, or is not there: `refused` needs somebody's hand, anything else is tried again soon. */
export class StoreNotReady extends Error {
  readonly problem: StoreProblem;
  /** All that is known to be wrong: of both servers where neither can be used. `problem` is the first of them. */
  readonly problems: readonly StoreProblem[];
  constructor(problem: StoreProblem, others: readonly StoreProblem[] = []) {
    super(problem.message);
    this.name = "StoreNotReady";
    this.problem = problem;
    this.problems = [problem, ...others];
  }
}

/** Something of a server that is used where it is there and done without where not. */
export interface StoreFeature {
  store: "graph" | "documents";
  /** `transactions`, `change-streams`, `time-series`, `ttl`, `text-search`, `retryable-writes`, `full-text-index`. */
  name: string;
  state: "used" | "fallback";
  /** What happens instead, in words for IT. */
  note: string;
}

/** Another workstation on the same servers. */
export interface PresentWorkstation {
  id: string;
  name: string;
  version: string;
  seenAt: string;
}

/** The stores of a clinic, whichever engines they are. */
export interface Stores {
  readonly mode: "embedded" | "servers";
  readonly graph: GraphPort;
  readonly documents: DocumentPort;
  readonly audit: AuditPort;
  /** Bytes of files and pictures, sealed at rest. */
  readonly blobs: BlobPort;
  /** Keeps the keys of what is sealed in these stores. */
  readonly secrets: SecretStore;
  readonly series: SeriesPort;
  readonly leases: Leases;
  /** Null where nobody shares the stores. */
  readonly relay: EventRelay | null;
  /** Files that were damaged and were opened with what could be saved; empty when all is well. */
  readonly recovered: readonly RecoveredFile[];
  /**
   * Makes the stores ready for use: reaches the servers, brings their schema up to date, finds the key of the files. Ready embedded stores
   * are ready from the start. Throws StoreNotReady; may be called again until it succeeds.
   */
  prepare(): Promise<void>;
  /** Tells when stores that were ready may not be used any more, and why, until `prepare` succeeds again; answers how to stop it. */
  onRefused(listener: (refusal: StoreNotReady) => void): () => void;
  /** What is used of the servers, for `doctor` and the administrator; empty for embedded stores. */
  features(): readonly StoreFeature[];
  /** Who else is on these servers now (seen in the last 15 s); empty for embedded stores. */
  workstations(): Promise<PresentWorkstation[]>;
  /** The research engine on these stores; opened once. */
  openResearch(): Promise<ResearchEngine>;
  /** Closes everything in reverse order. */
  close(): Promise<void>;
}
