import { join } from "node:path";
import { AppError } from "@shared/define.ts";
import { createClosers } from "../../data/closers.ts";
import { collections } from "../../data/documents/collections.ts";
import { coordination, secrets as secretsOf } from "../../data/documents/coordination.ts";
import { openMongo } from "../../data/documents/mongo.ts";
import { mongoAudit } from "../../data/documents/mongo-audit.ts";
import { mongoDocuments } from "../../data/documents/mongo-documents.ts";
import { mongoPresence } from "../../data/documents/mongo-presence.ts";
import { mongoSeries } from "../../data/documents/mongo-series.ts";
import { sharedSecrets } from "../../data/documents/shared-secrets.ts";
import { openNeo4jGraph } from "../../data/graph/neo4j.ts";
import { openNeo4jBlobs } from "../../data/graph/neo4j-blobs.ts";
import { neo4jBulk } from "../../data/graph/neo4j-bulk.ts";
import { migrateGraph } from "../../data/migrations/graph-migrations.ts";
import { VERSION } from "../version.ts";
import type { MigrateOptions } from "./migrate.ts";
import { CALL_MS, type Place } from "./place.ts";
import { stampedClock } from "./stamped-clock.ts";

/** Reaches a clinic's servers and brings their schema up to date. Throws StoreNotReady with the cause. */
export async function openServersPlace(options: MigrateOptions): Promise<Place> {
  const { folder, servers, clock, log, keyPassphrase } = options;
  const { workstation } = servers;
  const closers = createClosers(log);
  const { opened } = closers;
  const stamped = stampedClock(clock);
  try {
    const server = opened(openMongo({ settings: servers.mongodb, log }));
    const graph = opened(openNeo4jGraph({ settings: servers.neo4j, log, clock, deadlineMs: CALL_MS }));
    await graph.connect();
    await server.connect();
    const agreed = opened(mongoDocuments({ server, specs: coordination, clock }));
    const documents = opened(mongoDocuments({ server, specs: collections, clock }));
    const anchorFile = options.anchorFile ?? join(folder, "anchor", "audit-heads.json");
    const audit = opened(mongoAudit({ server, workstation, clock, anchorFile }));
    const series = mongoSeries({ server });
    const blobs = openNeo4jBlobs({ graph, clock: stamped.clock });
    const presence = mongoPresence({ server, workstation, version: VERSION, clock });
    for (const store of [agreed, documents, audit, series, blobs]) await store.prepare();
    await migrateGraph(graph, clock);
    const shared = sharedSecrets({ documents: agreed, passphrase: keyPassphrase });
    return {
      kind: "servers",
      graph: neo4jBulk(graph),
      ...{ documents, audit, blobs, series },
      secrets: {
        ...{ kind: shared.kind, place: shared.place },
        get: (name) => shared.get(name),
        async set(name, value) {
          // Servers that are empty may have a key already, made when somebody looked at them: nothing is sealed with it.
          await agreed.collection(secretsOf).delete({ id: name });
          await shared.set(name, value);
        },
      },
      stampBlobs: stamped.set,
      async refuseWhileUsed() {
        const others = await presence.others();
        if (others.length === 0) return;
        const names = others.map(({ name }) => name).join(", ");
        throw new AppError(
          "conflict",
          `The servers are in use by ${names}. Close Polyclinic there, wait a quarter of a minute, then run this again.`,
        );
      },
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}
