import { setTimeout as sleep } from "node:timers/promises";
import type { RelayedEvent } from "../relay/port.ts";
import type { MongoServer } from "./mongo.ts";
import { isDuplicate } from "./mongo-errors.ts";
import { type EventDocument, endedOpen, eventsOf } from "./mongo-relay-log.ts";

/** More than this is not kept back for a server that is away: the others read everything anew. */
const KEPT_BACK = 1_000;
const GROUP = 200;
const AGAIN_MS = 200;

interface SenderOptions {
  server: MongoServer;
  workstation: string;
  /** This run's name. */
  sender: string;
  /** The server's time. */
  now: () => number;
}

/**
 * Writes events into the log, in order, each under the next number of this run. A write that broke off is tried again with the very same
 * documents, so that nothing is there twice; what does not fit while the server is away is told as a gap.
 */
export class RelaySender {
  readonly #options: SenderOptions;
  #waiting: (RelayedEvent | null)[] = [];
  #sending: Promise<void> | null = null;
  #n = 0;
  #closed = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  send(item: RelayedEvent): void {
    if (this.#closed) return;
    if (this.#waiting.length >= KEPT_BACK) this.#waiting = [null];
    this.#waiting.push(item);
    this.#sending ??= this.#sendAll();
  }

  /** Sends what waits, and that it was the last; gives up where the server is away: the next run tells of the gap. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#sending;
    if (this.#n > 0 && this.#options.server.state === "up") {
      await this.#insert([{ ...this.#document(null), bye: true }]).catch(() => undefined);
    }
  }

  async #sendAll(): Promise<void> {
    // A turn of the event loop lets every event of this turn join the group.
    await new Promise((resume) => setImmediate(resume));
    let group: EventDocument[] = [];
    while (group.length > 0 || this.#waiting.length > 0) {
      try {
        if (this.#n === 0) await this.#begin();
        if (group.length === 0) group = this.#waiting.splice(0, GROUP).map((item) => this.#document(item));
        await this.#insert(group);
        group = [];
      } catch {
        if (this.#closed) break;
        await sleep(AGAIN_MS);
      }
    }
    this.#sending = null;
  }

  /** The first word of a run: a gap, where the run before it ended with events on its way. */
  async #begin(): Promise<void> {
    const { server, workstation } = this.#options;
    const open = await server.run(() => endedOpen(eventsOf(server.db()), workstation));
    if (open) this.#waiting.unshift(null);
  }

  #document(item: RelayedEvent | null): EventDocument {
    const { sender, workstation, now } = this.#options;
    this.#n += 1;
    return { _id: `${sender}|${this.#n}`, sender, workstation, n: this.#n, at: new Date(now()), item, bye: false };
  }

  /** In their order, so that nobody sees a later one before an earlier one; what had arrived before a connection broke is passed over. */
  #insert(group: readonly EventDocument[]): Promise<void> {
    const { server } = this.#options;
    return server.run(async () => {
      const events = eventsOf(server.db());
      let missing = [...group];
      while (missing.length > 0) {
        try {
          await events.insertMany(missing, { ordered: true });
          return;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
        const there = await events.find({ _id: { $in: missing.map(({ _id }) => _id) } }, { projection: { _id: 1 } }).toArray();
        const ids = new Set(there.map(({ _id }) => _id));
        missing = missing.filter(({ _id }) => !ids.has(_id));
      }
    });
  }
}
