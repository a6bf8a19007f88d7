import { setTimeout as sleep } from "node:timers/promises";
import neo4j, { type BookmarkManager, type Driver, type Session } from "neo4j-driver";
import { AppError } from "../../../shared/define.ts";
import type { Log } from "../../platform/log.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import { within } from "../../platform/within.ts";
import { isRouted, makeDriver } from "./neo4j-driver.ts";
import { causeOfNeo4j, isConnectionError } from "./neo4j-errors.ts";

export type Mode = "read" | "write";

const PROBE_MS = 4_000;
const CLOSE_MS = 2_000;
const FIRST_PAUSE_MS = 30;
const LAST_PAUSE_MS = 300;
const EVERY_MS = 1_000;
/** A server that refuses our name and password would lock it if asked each second. */
const REFUSED_EVERY_MS = 30_000;

/**
 * The connections to the server, and whether it answers. When a call fails, a fresh connection is tried: if that works, it and its like
 * serve all later calls (what hung or was cut stays behind); if not, the server is down and is tried again until it is back.
 */
export class Neo4jLink {
  readonly #settings: Neo4jSettings;
  readonly #log: Log;
  readonly #listeners = new Set<(state: "up" | "down") => void>();
  readonly #old = new Set<Driver>();
  #driver: Driver | null = null;
  #bookmarks: BookmarkManager = neo4j.bookmarkManager();
  #up = false;
  #closed = false;
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #waiting: (() => void)[] = [];

  constructor(settings: Neo4jSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  get isUp(): boolean {
    return this.#up;
  }

  /** A session that sees what all earlier ones of this workstation have written, on whichever member of a cluster. */
  session(mode: Mode): Session {
    if (this.#driver === null || !this.#up) throw new AppError("store-unavailable", "The graph's server cannot be reached");
    return this.#driver.session({
      database: this.#settings.database,
      defaultAccessMode: mode === "read" ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarkManager: this.#bookmarks,
    });
  }

  /** Serves all later calls by this driver, which was found to work. */
  use(driver: Driver): void {
    if (this.#closed) return void driver.close();
    if (this.#driver !== null) this.#retire(this.#driver);
    this.#driver = driver;
    this.#tell(true);
  }

  /** A call failed: looks whether the server answers, once for all who ask meanwhile. Resolves when that is known. */
  look(): Promise<void> {
    if (this.#driver === null || this.#closed) return Promise.resolve();
    this.#looking ??= this.#tryOnce().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Resolves when the server answers. */
  async whenUp(): Promise<void> {
    while (!this.#up) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  onState(listener: (state: "up" | "down") => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const drivers = [...this.#old, ...(this.#driver === null ? [] : [this.#driver])];
    this.#up = false;
    // A connection whose other end is silent never says that it is closed.
    await Promise.race([Promise.allSettled(drivers.map((driver) => driver.close())), sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  async #tryOnce(): Promise<void> {
    let driver: Driver;
    try {
      driver = await this.#working();
    } catch (error) {
      if (this.#up) this.#log.warn({ store: "graph", cause: causeOfNeo4j(error) }, "The graph's server does not answer.");
      this.#tell(false);
      this.#tryAgain(causeOfNeo4j(error) === "credentials" ? REFUSED_EVERY_MS : EVERY_MS);
      return;
    }
    if (!this.#up) {
      this.#log.info({ store: "graph" }, "The graph's server answers again.");
      // A single server knows all that it has acknowledged; one that was restored from a backup would wait for bookmarks it never had.
      if (!isRouted(this.#settings)) this.#bookmarks = neo4j.bookmarkManager();
    }
    this.use(driver);
  }

  /** A driver that works. One cut of the network may take the first tries with it: a server counts as down after the last. */
  async #working(): Promise<Driver> {
    for (let pause = FIRST_PAUSE_MS; ; pause *= 3) {
      const driver = makeDriver(this.#settings);
      try {
        await answers(driver, this.#settings);
        return driver;
      } catch (error) {
        void driver.close().catch(() => undefined);
        // One that is down already is asked again soon, and one that says nothing was waited for.
        const isOver = !this.#up || this.#closed || pause > LAST_PAUSE_MS || !isConnectionError(error);
        if (isOver || causeOfNeo4j(error) === "credentials") throw error;
      }
      await sleep(pause);
    }
  }

  #tryAgain(afterMs: number): void {
    if (this.#closed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), afterMs);
    this.#timer.unref();
  }

  #tell(up: boolean): void {
    const changed = this.#up !== up;
    this.#up = up && !this.#closed;
    if (!changed) return;
    if (up) for (const resolve of this.#waiting.splice(0)) resolve();
    for (const listener of this.#listeners) listener(up ? "up" : "down");
  }

  /** Calls under way on an old driver keep their connections; it is closed when none can be left. */
  #retire(driver: Driver): void {
    this.#old.add(driver);
    const end = () => {
      this.#old.delete(driver);
      void driver.close().catch(() => undefined);
    };
    setTimeout(end, 3 * PROBE_MS).unref();
  }
}

/** Throws unless the server answers a statement in time. */
async function answers(driver: Driver, { database }: Neo4jSettings): Promise<void> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
  const asked = (async () => {
    const transaction = session.beginTransaction({ timeout: PROBE_MS });
    await transaction.run("RETURN 1 AS answer");
    await transaction.rollback();
  })();
  try {
    await within(PROBE_MS, asked, () => {
      throw new AppError("timeout", "The graph's server did not answer in time");
    });
  } finally {
    const close = () => session.close();
    asked.then(close, close).catch(() => undefined);
  }
}
