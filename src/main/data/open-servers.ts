import { join } from "node:path";
import { AppError } from "../../shared/define.ts";
import { lockFolder } from "../platform/folder-lock.ts";
import type { ServerSettings } from "../platform/server-settings.ts";
import { awaitedBlobs } from "./blobs/awaited-blobs.ts";
import { encryptedBlobs } from "./blobs/encrypted.ts";
import { type Closers, createClosers } from "./closers.ts";
import { prepareFolder } from "./data-folder.ts";
import { collections } from "./documents/collections.ts";
import { coordination } from "./documents/coordination.ts";
import { openMongo } from "./documents/mongo.ts";
import { mongoAudit } from "./documents/mongo-audit.ts";
import { mongoDocuments } from "./documents/mongo-documents.ts";
import { CopiedWorkstation, mongoPresence } from "./documents/mongo-presence.ts";
import { mongoRelay } from "./documents/mongo-relay.ts";
import { mongoSeries } from "./documents/mongo-series.ts";
import { sharedSecrets } from "./documents/shared-secrets.ts";
import { takeSqliteLock } from "./documents/sqlite-lock.ts";
import { type Neo4jGraph, openNeo4jGraph } from "./graph/neo4j.ts";
import { openNeo4jBlobs } from "./graph/neo4j-blobs.ts";
import { neo4jBulk } from "./graph/neo4j-bulk.ts";
import { openServerResearch } from "./graph/server-research.ts";
import { sharedLeases } from "./leases/shared-leases.ts";
import { migrateGraph, NewerSchema } from "./migrations/graph-migrations.ts";
import { refuseMovedServers } from "./move-marks.ts";
import type { EmbeddedStoresOptions } from "./open-embedded.ts";
import { pseudonymKey } from "./research/pseudonym.ts";
import { StoreNotReady, type StoreProblem, type Stores } from "./stores.ts";

export interface ServerStoresOptions extends Omit<EmbeddedStoresOptions, "secrets"> {
  servers: ServerSettings;
  /** Seals the keys that the workstations share; null leaves that to who may read the document store. */
  keyPassphrase: string | null;
  /** Of this program, for the other workstations. */
  version: string;
}

/** The stores on servers, with what only Neo4j's adapter can do. */
export type ServerStores = Omit<Stores, "mode" | "graph"> & { readonly mode: "servers"; readonly graph: Neo4jGraph };

/** A move of the schema reads all there is: who comes second waits for as long. */
const SCHEMA_WAIT_MS = 600_000;
const TAKEN = "Another computer took the place of this workstation: its data folder was copied. Nothing is written here any more.";

/**
 * The stores on a clinic's servers. No server is waited for: until `prepare` has succeeded every call fails with `store-unavailable`. The
 * data folder holds what is of this workstation alone; throws `conflict` when another instance holds it.
 */
export async function openServerStores(options: ServerStoresOptions): Promise<ServerStores> {
  const closers = createClosers(options.log);
  try {
    await prepareFolder(options.folder);
    const lock = await lockFolder(options.folder, takeSqliteLock);
    closers.add(() => lock.release());
    return assemble(options, closers);
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

function assemble(options: ServerStoresOptions, closers: Closers): ServerStores {
  const { folder, launchers, log, clock, servers, keyPassphrase, version } = options;
  const { workstation } = servers;
  const { opened } = closers;
  const server = opened(openMongo({ settings: servers.mongodb, log }));
  const graph = opened(openNeo4jGraph({ settings: servers.neo4j, log, clock }));
  const agreed = opened(mongoDocuments({ server, specs: coordination, clock }));
  const documents = opened(mongoDocuments({ server, specs: collections, clock }));
  const anchorFile = options.anchorFile ?? join(folder, "anchor", "audit-heads.json");
  const audit = opened(mongoAudit({ server, workstation, clock, anchorFile }));
  const series = mongoSeries({ server });
  const leases = sharedLeases({ documents: agreed, holder: workstation.id });
  const secrets = sharedSecrets({ documents: agreed, passphrase: keyPassphrase });
  const bytes = openNeo4jBlobs({ graph, clock });
  const blobs = opened(awaitedBlobs());
  const relay = opened(mongoRelay({ server, workstation, log, clock }));
  const refusals = new Set<(refusal: StoreNotReady) => void>();
  const replaced = () => {
    const refusal = new StoreNotReady({ store: "documents", cause: "workstation", message: TAKEN });
    for (const listener of refusals) listener(refusal);
  };
  const presence = mongoPresence({ server, workstation, version, clock, replaced });
  closers.add(() => presence.stop());
  return {
    mode: "servers",
    ...{ graph, documents, audit, blobs, series, secrets, leases, relay },
    recovered: [],
    async prepare() {
      await both(graph.connect(), server.connect());
      // Before anything is written: a copy of a workstation's data folder has the audit chain of the one that is at work.
      await of("documents", () => presence.start());
      await of("documents", () => agreed.prepare());
      await of("documents", () =>
        leases.hold(
          "schema",
          async () => {
            await of("documents", () => documents.prepare());
            await refuseMovedServers(documents);
            await of("documents", () => audit.prepare());
            await of("documents", () => series.prepare());
            await of("graph", () => migrateGraph(graph, clock));
            await of("graph", () => bytes.prepare());
            await of("graph", async () => blobs.use(await encryptedBlobs(bytes, secrets)));
          },
          { waitMs: SCHEMA_WAIT_MS },
        ),
      );
    },
    onRefused(listener) {
      refusals.add(listener);
      return () => void refusals.delete(listener);
    },
    features: () => [...graph.features(), ...notesOf(server)],
    workstations: () => presence.others(),
    async openResearch() {
      return opened(
        await openServerResearch({
          ...{ folder, settings: servers.neo4j, graph, bulk: neo4jBulk(graph), launcher: launchers.research, log, clock },
          pseudonymKey: () => pseudonymKey(secrets),
        }),
      );
    },
    close: () => closers.close(),
  };
}

function notesOf(server: ReturnType<typeof openMongo>) {
  try {
    return server.features().notes;
  } catch {
    // It has not been reached yet: nothing is known of it.
    return [];
  }
}

/** Both servers are tried, so that what is wrong with either is told at once. */
async function both(graph: Promise<unknown>, documents: Promise<unknown>): Promise<void> {
  const [first, second] = await Promise.allSettled([of("graph", () => graph), of("documents", () => documents)]);
  const problems = [first, second].flatMap((result) => {
    if (result.status === "fulfilled") return [];
    if (result.reason instanceof StoreNotReady) return result.reason.problems;
    throw result.reason;
  });
  const [problem, ...others] = problems;
  if (problem !== undefined) throw new StoreNotReady(problem, others);
}

/** Says of which server a failure is, and whether it passes or needs somebody's hand. */
async function of<T>(store: StoreProblem["store"], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StoreNotReady({ store, cause: causeOf(error), message: error.message });
  }
}

/** A store that is away comes back by itself; a step of the schema that fails does not. */
function causeOf(error: AppError): StoreProblem["cause"] {
  if (error instanceof NewerSchema) return "schema";
  if (error instanceof CopiedWorkstation) return "workstation";
  return error.code === "internal" ? "schema" : "unknown";
}
