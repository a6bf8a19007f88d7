import type { ClientSession, Db, MongoClient } from "mongodb";
import type { ConnectionCause } from "../../../shared/contract/servers.ts";
import { AppError } from "../../../shared/define.ts";
import type { Log } from "../../platform/log.ts";
import type { MongoSettings } from "../../platform/server-settings.ts";
import { within } from "../../platform/within.ts";
import { StoreNotReady } from "../stores.ts";
import { clientFor } from "./mongo-client.ts";
import { causeOfMongo, isBroken, mongoError } from "./mongo-errors.ts";
import { detectFeatures, type MongoFeatures, majorOf, OLDEST_MAJOR, versionOf } from "./mongo-features.ts";
import { MongoState, type ServerState } from "./mongo-state.ts";

/** No call outlives this; it is under the 10 s that the application promises. */
const DEADLINE_MS = 9_500;
/** How long a call waits for a server that is known to be away before it says so. */
const PATIENCE_MS = 2_000;

/** What a piece of work may know of the call that it is part of. */
export interface MongoCall {
  /** Until the caller is told that it took too long. */
  remainingMs(): number;
}

/** The clinic's MongoDB, shared by every adapter that keeps something there. */
export interface MongoServer {
  /** Reaches the server and finds what it has; may be called again. Throws StoreNotReady with the cause. */
  connect(): Promise<{ version: string }>;
  /** The clinic's database. Throws `store-unavailable` before the first `connect()` and after `close()`. */
  db(): Db;
  /** What the server has. Throws `store-unavailable` before the first `connect()`. */
  features(): MongoFeatures;
  readonly state: ServerState;
  /** Tells of every change; answers how to stop it. */
  onState(listener: (state: ServerState) => void): () => void;
  /**
   * Does a piece of work within the deadline; whatever goes wrong comes as AppError (`store-unavailable`, `timeout`, `too-large`, `disk-full`) or
   * DuplicateDocument. While the server is known to be away it waits for it shortly, then refuses.
   */
  run<T>(work: (call: MongoCall) => Promise<T>): Promise<T>;
  /** Inside `run`, where `features().transactions`: the work is done wholly or not at all; it may be run again. */
  transaction<T>(call: MongoCall, work: (session: ClientSession) => Promise<T>): Promise<T>;
  /** Work that may take as long as it needs, such as an index of a large collection, on a connection of its own. */
  unhurried<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Waits for the calls on their way, then lets go of every connection. */
  close(): Promise<void>;
}

/** A server that is not reached for until `connect()`. */
export function openMongo({ settings, log }: { settings: MongoSettings; log: Log }): MongoServer {
  return new OneMongoServer(settings, log);
}

const unavailable = (why: string) => new AppError("store-unavailable", `The document store ${why}.`);

class OneMongoServer implements MongoServer {
  readonly #settings: MongoSettings;
  readonly #state: MongoState;
  readonly #running = new Set<Promise<unknown>>();
  #client: MongoClient | null = null;
  #features: MongoFeatures | null = null;
  #connecting: Promise<{ version: string }> | null = null;
  #closed = false;

  constructor(settings: MongoSettings, log: Log) {
    this.#settings = settings;
    this.#state = new MongoState(log, () => this.#ping());
  }

  get state(): ServerState {
    return this.#state.current;
  }

  onState(listener: (state: ServerState) => void): () => void {
    return this.#state.on(listener);
  }

  connect(): Promise<{ version: string }> {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connect(): Promise<{ version: string }> {
    if (this.#closed) throw unavailable("is closed");
    let client = this.#client;
    try {
      client ??= await clientFor(this.#settings);
      const features = await inTime(DEADLINE_MS, this.#inspect(client));
      if (this.#closed) throw unavailable("is closed");
      this.#client = client;
      this.#features = features;
      this.#state.set("up");
      return { version: features.version };
    } catch (error) {
      if (client !== this.#client) await client?.close().catch(() => undefined);
      if (error instanceof StoreNotReady || this.#closed) throw error;
      throw new StoreNotReady(problemOf(error, this.#settings));
    }
  }

  async #inspect(client: MongoClient): Promise<MongoFeatures> {
    await client.connect();
    const db = client.db(this.#settings.database);
    const version = await versionOf(db);
    if (!(majorOf(version) >= OLDEST_MAJOR)) {
      throw notReady("version", `The document server is MongoDB ${version}; ${OLDEST_MAJOR}.0 or later is needed.`);
    }
    return detectFeatures(client, db);
  }

  db(): Db {
    if (this.#client === null || this.#closed) throw unavailable(this.#closed ? "is closed" : "is not connected yet");
    return this.#client.db(this.#settings.database);
  }

  features(): MongoFeatures {
    if (this.#features === null) throw unavailable("is not connected yet");
    return this.#features;
  }

  async run<T>(work: (call: MongoCall) => Promise<T>): Promise<T> {
    this.db();
    const began = performance.now();
    if (!(await this.#state.whenUp(PATIENCE_MS))) throw unavailable("cannot be reached");
    const call: MongoCall = { remainingMs: () => DEADLINE_MS - (performance.now() - began) };
    const running = work(call);
    this.#running.add(running);
    running.catch(() => undefined).finally(() => this.#running.delete(running));
    try {
      return await inTime(call.remainingMs(), running);
    } catch (error) {
      if (isBroken(error) || error instanceof TookTooLong) this.#state.set("down");
      throw error instanceof TookTooLong ? new AppError("timeout", "The document store did not answer in time.") : mongoError(error);
    }
  }

  async transaction<T>(call: MongoCall, work: (session: ClientSession) => Promise<T>): Promise<T> {
    if (this.#client === null) throw unavailable("is not connected yet");
    return this.#client.withSession((session) =>
      session.withTransaction(async () => {
        // The driver would try for two minutes; whoever asked has been told by then that it failed.
        if (call.remainingMs() <= 0) throw new AppError("timeout", "The document store did not answer in time.");
        return work(session);
      }),
    );
  }

  async unhurried<T>(work: (db: Db) => Promise<T>): Promise<T> {
    this.db();
    const client = await clientFor(this.#settings, { socketTimeoutMS: 0, minPoolSize: 0 });
    const running = work(client.db(this.#settings.database));
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw mongoError(error);
    } finally {
      this.#running.delete(running);
      await client.close();
    }
  }

  async #ping(): Promise<void> {
    await this.#client?.db("admin").command({ ping: 1 });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#state.close();
    await Promise.allSettled([...this.#running, this.#connecting]);
    await this.#client?.close();
  }
}

class TookTooLong extends Error {}

/** The answer of the work, or TookTooLong: the work itself goes on until its own connection gives up. */
function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  return within(ms, work, () => {
    throw new TookTooLong("took too long");
  });
}

const notReady = (cause: ConnectionCause, message: string) => new StoreNotReady({ store: "documents", cause, message });

const WORDS: Readonly<Record<ConnectionCause, string>> = {
  address: "The document server cannot be reached at its address.",
  tls: "The document server and this computer could not agree on an encrypted connection.",
  credentials: "The document server does not accept the user and password.",
  version: "The document server speaks a version that is not supported.",
  rights: "The user of the document server may not read, write and make indexes in its database.",
  schema: "The document server holds data of a newer Polyclinic.",
  key: "The document server lacks the key of the clinic's files.",
  workstation: "Another computer works on the document server as this workstation.",
  unknown: "The document server failed.",
};

function problemOf(error: unknown, settings: MongoSettings): StoreNotReady["problem"] {
  if (error instanceof TookTooLong) return { store: "documents", cause: "address", message: WORDS.address };
  const cause = causeOfMongo(error, { encrypted: isEncrypted(settings), named: settings.user !== null });
  return { store: "documents", cause, message: WORDS[cause] };
}

/** Whether the connection asks for TLS. */
export function isEncrypted({ uri, caFile }: MongoSettings): boolean {
  return caFile !== null || uri.startsWith("mongodb+srv:") || /[?&](tls|ssl)=true/i.test(uri);
}
