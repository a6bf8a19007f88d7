import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChangeStream } from "mongodb";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import { createSerial } from "../../platform/serial.ts";
import type { Workstation } from "../../platform/server-settings.ts";
import type { EventRelay, RelayedEvent } from "../relay/port.ts";
import type { MongoServer } from "./mongo.ts";
import { behindHeads, type EventDocument, eventsOf, headsOf, KEPT_MS, prepareEvents } from "./mongo-relay-log.ts";
import { RelaySender } from "./mongo-relay-sender.ts";
import { serverNow } from "./mongo-time.ts";

const POLL_MS = 250;
const PAUSE_MS = 25;
/** With a change stream the log is still looked at, in case the stream stands still without an error. */
const LOOK_MS = 5_000;
const SWEEP_MS = 60_000;
/** Who has not read the log for so long may have missed what was removed from it meanwhile. */
const AWAY_MS = KEPT_MS - SWEEP_MS;

export interface MongoRelayOptions {
  server: MongoServer;
  workstation: Pick<Workstation, "id">;
  log: Log;
  clock: Clock;
}

/**
 * Events between workstations, by a log in MongoDB that everyone reads by each sender's numbers: what was read is known without a token,
 * so that a reconnect loses and doubles nothing. A change stream hands on what is new at once; without one the log is asked four times a second.
 * Begins by itself as soon as the server is connected.
 */
export function mongoRelay(options: MongoRelayOptions): EventRelay {
  return new MongoRelay(options);
}

class MongoRelay implements EventRelay {
  readonly #server: MongoServer;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #sender: string;
  readonly #sending: RelaySender;
  readonly #listeners = new Set<(item: RelayedEvent | "gap") => void>();
  readonly #reading = createSerial();
  readonly #stopWatchingState: () => void;
  /** What each sender has come to; null until the log was first read. */
  #heads: Map<string, number> | null = null;
  #readAt = 0;
  /** The server's time less our monotonic one. */
  #ahead: number;
  #stream: ChangeStream | null = null;
  #timers: NodeJS.Timeout[] = [];
  #closed = false;

  constructor({ server, workstation, log, clock }: MongoRelayOptions) {
    this.#server = server;
    this.#log = log;
    this.#clock = clock;
    this.#ahead = Date.parse(clock.now()) - clock.monotonic();
    this.#sender = `${workstation.id}.${randomUUID()}`;
    const now = () => this.#ahead + clock.monotonic();
    this.#sending = new RelaySender({ server, workstation: workstation.id, sender: this.#sender, now });
    this.#stopWatchingState = server.onState((state) => state === "up" && this.#begin());
    if (server.state === "up") this.#begin();
  }

  get way(): "change-stream" | "polling" {
    return this.#heads !== null && this.#server.features().changeStreams ? "change-stream" : "polling";
  }

  send(item: RelayedEvent): void {
    this.#sending.send(item);
  }

  listen(listener: (item: RelayedEvent | "gap") => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWatchingState();
    for (const timer of this.#timers) clearInterval(timer);
    const stream = this.#stream;
    // A closed stream says "nothing new" without end where an answer was on its way: nobody follows it any more.
    this.#stream = null;
    await stream?.close().catch(() => undefined);
    await this.#reading(() => Promise.resolve());
    await this.#sending.close();
  }

  /** Connected, for the first time or again. */
  #begin(): void {
    void this.#reading(() => this.#start()).catch(() => undefined);
  }

  async #start(): Promise<void> {
    if (this.#closed) return;
    const { changeStreams, ttl } = this.#server.features();
    if (this.#timers.length === 0) {
      await this.#server.run(async () => {
        await prepareEvents(eventsOf(this.#server.db()), ttl);
        this.#heads = await headsOf(eventsOf(this.#server.db()));
        this.#ahead = (await serverNow(this.#server.db())) - this.#clock.monotonic();
      });
      this.#readAt = this.#clock.monotonic();
      this.#timers = [
        setInterval(() => this.#look(), changeStreams ? LOOK_MS : POLL_MS),
        setInterval(() => void this.#sweep().catch(() => undefined), SWEEP_MS),
      ];
      for (const timer of this.#timers) timer.unref();
    }
    if (changeStreams) this.#watch();
    await this.#read();
  }

  /** Reads what is new; a server that is away is asked again when it is back. */
  #look(): void {
    if (this.#server.state === "up") void this.#reading(() => this.#read()).catch(() => undefined);
  }

  /** Opens the change stream, and looks into the log once it is open: what came between is not missed. */
  #watch(): void {
    if (this.#stream || this.#closed) return;
    const stream = eventsOf(this.#server.db()).watch([{ $match: { operationType: "insert" } }], { maxAwaitTimeMS: 1_000 });
    this.#stream = stream;
    void this.#follow(stream).catch(() => {
      if (this.#stream === stream) this.#log.warn({ store: "documents" }, "the stream of events broke off");
      this.#lose(stream);
    });
  }

  async #follow(stream: ChangeStream): Promise<void> {
    for (let opened = false; this.#stream === stream; opened = true) {
      const asked = this.#clock.monotonic();
      const change = await stream.tryNext();
      if (!opened) this.#look();
      if (change?.operationType === "insert") {
        const document = change.fullDocument as EventDocument;
        void this.#reading(() => this.#take(document)).catch(() => undefined);
      }
      // A server that does not wait for what is new would be asked without end.
      if (change === null && this.#clock.monotonic() - asked < PAUSE_MS) await sleep(PAUSE_MS);
    }
  }

  #lose(stream: ChangeStream): void {
    if (this.#stream !== stream) return;
    this.#stream = null;
    void stream.close().catch(() => undefined);
    if (this.#closed) return;
    const again = setTimeout(() => this.#server.state === "up" && this.#begin(), POLL_MS);
    again.unref();
  }

  async #read(): Promise<void> {
    const heads = this.#heads;
    if (this.#closed || heads === null) return;
    const away = this.#clock.monotonic() - this.#readAt > AWAY_MS;
    const asked = this.#clock.monotonic();
    const found = await this.#server.run(() => behindHeads(eventsOf(this.#server.db()), this.#sender, heads));
    this.#readAt = asked;
    if (away) this.#tell("gap");
    for (const document of found) this.#next(heads, document);
  }

  /** One document from the stream: told at once where it is the next one, else the log says what is before it. */
  async #take(document: EventDocument): Promise<void> {
    const heads = this.#heads;
    if (this.#closed || heads === null || document.sender === this.#sender) return;
    const last = heads.get(document.sender) ?? 0;
    if (document.n <= last) return;
    if (document.n === last + 1) this.#next(heads, document);
    else await this.#read();
  }

  #next(heads: Map<string, number>, { sender, n, item, bye }: EventDocument): void {
    const last = heads.get(sender) ?? 0;
    if (n <= last) return;
    heads.set(sender, n);
    if (n > last + 1) this.#tell("gap");
    if (item !== null) this.#tell(item);
    else if (!bye) this.#tell("gap");
  }

  #tell(item: RelayedEvent | "gap"): void {
    for (const listener of this.#listeners) {
      try {
        listener(item);
      } catch (error) {
        this.#log.error({}, "an event from another workstation could not be told", error);
      }
    }
  }

  /** Removes what is old, by the server's time, and measures that time anew. */
  async #sweep(): Promise<void> {
    if (this.#server.state !== "up") return;
    await this.#server.run(async () => {
      const now = await serverNow(this.#server.db());
      this.#ahead = now - this.#clock.monotonic();
      await eventsOf(this.#server.db()).deleteMany({ at: { $lt: new Date(now - KEPT_MS) } });
    });
  }
}
