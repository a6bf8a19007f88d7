import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MongoServer } from "./mongo.ts";
import { mongoCollection, type Run } from "./mongo-collection.ts";
import { clearTaken } from "./mongo-marked-effects.ts";
import { migrateMongo } from "./mongo-schema.ts";
import type { Stored } from "./mongo-values.ts";
import type { AnySpec, CollectionSpec, Document, DocumentPort } from "./port.ts";

const SWEEP_EVERY_MS = 60_000;

export interface MongoDocumentsOptions {
  /** Shared with the other adapters; whoever opened it closes it. */
  server: MongoServer;
  /** Every collection that may be asked for. */
  specs: readonly AnySpec[];
  clock: Clock;
}

/** The document store on a MongoDB. `prepare`, after the server's `connect`, brings collections and indexes up to date; throws StoreNotReady. */
export type MongoDocuments = DocumentPort & { prepare(): Promise<void> };

/** The document store of the clinic's MongoDB: the same behaviour as on SQLite. */
export function mongoDocuments({ server, specs, clock }: MongoDocumentsOptions): MongoDocuments {
  const declared = new Set(specs.map((spec) => spec.name));
  const running = new Set<Promise<unknown>>();
  let closed = false;

  const run: Run = (work) => {
    if (closed) return Promise.reject(new AppError("store-unavailable", "The document store is closed."));
    const call = server.run(work);
    running.add(call);
    call.catch(() => undefined).finally(() => running.delete(call));
    return call;
  };
  const sweep = sweeper(server, specs, clock);
  const timer = setInterval(() => {
    // What fails, say while the server is away, is made up for by the next one.
    if (!closed && server.state === "up") sweep().catch(() => undefined);
  }, SWEEP_EVERY_MS);
  timer.unref();

  return {
    collection<T extends Document>(spec: CollectionSpec<T>) {
      if (!declared.has(spec.name)) throw new TypeError(`The collection ${spec.name} is not declared.`);
      return mongoCollection({ server, clock, run }, spec);
    },
    prepare: () => server.unhurried((db) => migrateMongo(db, specs, server.features())),
    async health() {
      const up = await run(() => server.db().command({ ping: 1 })).then(
        () => true,
        () => false,
      );
      return { state: up ? "up" : "down", engine: engineOf(server) };
    },
    onState: (listener) => server.onState(listener),
    clear: () =>
      server.unhurried(async (db) => {
        for (const { name } of specs) await db.collection(name).deleteMany({});
      }),
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.allSettled([...running]);
    },
  };
}

function engineOf(server: MongoServer): string {
  try {
    return `MongoDB ${server.features().version}`;
  } catch {
    return "MongoDB";
  }
}

/**
 * Cleans up what has expired, where the server does not, and what removals have left. Nothing relies on it: every query checks the expiry
 * itself, and what is removed counts as gone.
 */
export function sweeper(server: MongoServer, specs: readonly AnySpec[], clock: Clock): () => Promise<void> {
  const taken = new Map<string, ReadonlySet<string>>();
  return async () => {
    const { ttl, retryableWrites } = server.features();
    for (const { name, expires } of specs) {
      const collection = server.db().collection<Stored>(name);
      if (expires && !ttl) await server.run(() => collection.deleteMany({ [expires]: { $lt: clock.now() } }));
      if (!retryableWrites) taken.set(name, await server.run(() => clearTaken(collection, taken.get(name) ?? new Set())));
    }
  };
}
