import { access, chmod, constants, mkdir } from "node:fs/promises";
import { AppError } from "../../shared/define.ts";
import type { Clock } from "../platform/clock.ts";
import { lockFolder } from "../platform/folder-lock.ts";
import type { Log } from "../platform/log.ts";
import type { ProcessLauncher } from "../platform/process-launcher.ts";
import type { SecretStore } from "../platform/secrets.ts";
import type { AuditPort } from "./audit/port.ts";
import { encryptedBlobs } from "./blobs/encrypted.ts";
import type { BlobPort } from "./blobs/port.ts";
import { openSqliteBlobs } from "./blobs/sqlite-blobs.ts";
import { readDataFormat, writeDataFormat } from "./data-format.ts";
import { collections } from "./documents/collections.ts";
import type { DocumentPort } from "./documents/port.ts";
import { openSqliteDocuments } from "./documents/sqlite.ts";
import { openSqliteAudit } from "./documents/sqlite-audit.ts";
import { takeSqliteLock } from "./documents/sqlite-lock.ts";
import { type EmbeddedGraph, openEmbeddedGraph } from "./graph/embedded.ts";
import { migrateGraph } from "./migrations/graph-migrations.ts";
import type { RecoveredFile } from "./recovered-file.ts";

export interface OpenStoresOptions {
  /** The data folder; made when missing. */
  folder: string;
  engine: ProcessLauncher;
  log: Log;
  clock: Clock;
  /** Where the key of the files' bytes is kept. */
  secrets: SecretStore;
  /** Where the audit trail's head is anchored, best outside the data folder. */
  anchorFile?: string;
}

/** The embedded stores of one data folder, open and of this version's layout. */
export interface Stores {
  graph: EmbeddedGraph;
  documents: DocumentPort;
  audit: AuditPort;
  /** Bytes of files and pictures, sealed at rest. */
  blobs: BlobPort;
  /** Files that were damaged and were opened with what could be saved; empty when all is well. */
  recovered: readonly RecoveredFile[];
  /** Closes everything in reverse order and frees the folder. */
  close(): Promise<void>;
}

/**
 * Opens a data folder: the sole right to it first, then documents, audit trail, blobs and graph. Throws `conflict` when another
 * instance holds it, `store-unavailable` with the cause otherwise (also when a newer version wrote it); nothing stays open then.
 */
export async function openStores({ folder, engine, log, clock, secrets, anchorFile }: OpenStoresOptions): Promise<Stores> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    let failure: unknown = null;
    for (const closer of closers.splice(0).reverse()) {
      await closer().catch((error: unknown) => {
        failure ??= error;
        log.error({}, "A store did not close cleanly.", error);
      });
    }
    if (failure !== null) throw failure;
  };
  const opened = <T extends { close(): Promise<void> }>(store: T): T => {
    closers.push(() => store.close());
    return store;
  };
  try {
    await prepareFolder(folder);
    const lock = await lockFolder(folder, takeSqliteLock);
    closers.push(() => lock.release());
    const { used: expected, format } = await readDataFormat(folder);
    const documents = opened(await openSqliteDocuments({ folder, specs: collections, clock, expected }));
    const audit = opened(await openSqliteAudit({ folder, clock, anchorFile, expected }));
    const bytes = opened(await openSqliteBlobs({ folder, clock, expected: (format ?? 0) >= 2 }));
    const blobs = await encryptedBlobs(bytes, secrets);
    const graph = opened(await openEmbeddedGraph({ folder, engine, log, expected }));
    const { version, applied } = await migrateGraph(graph, clock);
    await writeDataFormat(folder);
    const recovered = [documents.recovered, audit.recovered, bytes.recovered, graphRecovered(graph)].filter((file) => file !== null);
    await tell(recovered, audit, log);
    log.info({ graphSchema: version, applied }, "The stores are open.");
    return { graph, documents, audit, blobs, recovered, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

function graphRecovered({ recovered }: EmbeddedGraph): RecoveredFile | null {
  if (!recovered) return null;
  const { quarantine, cause, lostBytes } = recovered;
  return { store: "graph", quarantine, report: `graph.grafeo was damaged (${cause}). ${lostBytes} bytes of its log could not be read.` };
}

/** A recovery is on record where IT looks and where the admin looks. */
async function tell(recovered: readonly RecoveredFile[], audit: AuditPort, log: Log): Promise<void> {
  for (const { store, quarantine, report } of recovered) {
    log.warn({ store, quarantine, report }, "A store was recovered.");
    await audit.append({
      phase: "event",
      requestId: "start",
      action: "system.storeRecovered",
      actorId: null,
      actorName: null,
      roles: [],
      subject: { store },
      outcome: "ok",
      reason: report,
    });
  }
}

/** Makes the folder, readable by its owner alone. Throws `store-unavailable` with the cause when it cannot be used. */
async function prepareFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(folder, 0o700);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new AppError("store-unavailable", `The data folder cannot be used: ${REASONS[code] ?? code}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission to read and write it",
  EPERM: "no permission to read and write it",
  EROFS: "its disk is read-only",
  ENOENT: "its disk is missing",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a file of that name exists",
  ENOSPC: "the disk is full",
  ENAMETOOLONG: "its path is too long",
};
