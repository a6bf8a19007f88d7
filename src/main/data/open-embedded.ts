import type { Clock } from "../platform/clock.ts";
import { lockFolder } from "../platform/folder-lock.ts";
import type { Log } from "../platform/log.ts";
import type { Launchers } from "../platform/process-launcher.ts";
import type { SecretStore } from "../platform/secrets.ts";
import type { AuditPort } from "./audit/port.ts";
import { encryptedBlobs } from "./blobs/encrypted.ts";
import { openSqliteBlobs } from "./blobs/sqlite-blobs.ts";
import { createClosers } from "./closers.ts";
import { prepareFolder } from "./data-folder.ts";
import { readDataFormat, writeDataFormat } from "./data-format.ts";
import { collections } from "./documents/collections.ts";
import { openSqliteDocuments } from "./documents/sqlite.ts";
import { openSqliteAudit } from "./documents/sqlite-audit.ts";
import { takeSqliteLock } from "./documents/sqlite-lock.ts";
import { openSqliteSeries } from "./documents/sqlite-series.ts";
import { type EmbeddedGraph, openEmbeddedGraph } from "./graph/embedded.ts";
import { openEmbeddedResearch } from "./graph/embedded-research.ts";
import { localLeases } from "./leases/local-leases.ts";
import { migrateGraph } from "./migrations/graph-migrations.ts";
import type { RecoveredFile } from "./recovered-file.ts";
import { pseudonymKey } from "./research/pseudonym.ts";
import type { Stores } from "./stores.ts";

export interface EmbeddedStoresOptions {
  /** The data folder; made when missing. */
  folder: string;
  launchers: Pick<Launchers, "graph" | "research">;
  log: Log;
  clock: Clock;
  /** Where the keys of what is sealed are kept. */
  secrets: SecretStore;
  /** Where the audit trail's head is anchored, best outside the data folder. */
  anchorFile?: string;
}

/** The stores of one data folder, with what only the embedded graph can tell. */
export type EmbeddedStores = Omit<Stores, "mode" | "graph"> & { readonly mode: "embedded"; readonly graph: EmbeddedGraph };

/**
 * Opens a data folder: the sole right to it first, then documents, audit trail, blobs and graph; all is ready for use when it resolves.
 * Throws `conflict` when another instance holds it, `store-unavailable` with the cause otherwise (also when a newer version wrote it);
 * nothing stays open then.
 */
export async function openEmbeddedStores(options: EmbeddedStoresOptions): Promise<EmbeddedStores> {
  const { folder, launchers, log, clock, secrets, anchorFile } = options;
  const closers = createClosers(log);
  const { opened } = closers;
  try {
    await prepareFolder(folder);
    const lock = await lockFolder(folder, takeSqliteLock);
    closers.add(() => lock.release());
    const { used: expected, format } = await readDataFormat(folder);
    const documents = opened(await openSqliteDocuments({ folder, specs: collections, clock, expected }));
    const audit = opened(await openSqliteAudit({ folder, clock, anchorFile, expected }));
    const bytes = opened(await openSqliteBlobs({ folder, clock, expected: (format ?? 0) >= 2 }));
    const blobs = await encryptedBlobs(bytes, secrets);
    const series = opened(await openSqliteSeries({ folder, clock, expected: (format ?? 0) >= 3 }));
    const graph = opened(await openEmbeddedGraph({ folder, engine: launchers.graph, log, expected }));
    const { version, applied } = await migrateGraph(graph, clock);
    await writeDataFormat(folder);
    const damaged = [documents.recovered, audit.recovered, bytes.recovered, series.recovered, graphRecovered(graph)];
    const recovered = damaged.filter((file) => file !== null);
    await tell(recovered, audit, log);
    log.info({ graphSchema: version, applied }, "The stores are open.");
    return {
      mode: "embedded",
      ...{ graph, documents, audit, blobs, series, secrets, recovered },
      leases: localLeases(),
      relay: null,
      prepare: () => Promise.resolve(),
      onRefused: () => () => undefined,
      features: () => [],
      workstations: () => Promise.resolve([]),
      async openResearch() {
        const pseudonyms = () => pseudonymKey(secrets);
        return opened(await openEmbeddedResearch({ folder, graph, launcher: launchers.research, log, clock, pseudonymKey: pseudonyms }));
      },
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close().catch(() => {});
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
