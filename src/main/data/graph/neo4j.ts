import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "neo4j-driver";
import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import type { StoreFeature } from "../stores.ts";
import { Deadline } from "./deadline.ts";
import { Attempt, type Neo4jTransaction } from "./neo4j-attempt.ts";
import { prepareServer, type ServerFacts } from "./neo4j-connect.ts";
import { isRouted } from "./neo4j-driver.ts";
import { isConnectionError, isPassing, isSchemaRace } from "./neo4j-errors.ts";
import { type Mode, Neo4jLink } from "./neo4j-link.ts";
import { afterOthers, COUNT_NODES, MARK, untilFilled } from "./neo4j-schema.ts";
import { keepSweeping } from "./neo4j-sweep.ts";
import type { GraphHealth, GraphPort, Reader, Writer } from "./port.ts";

export type { Neo4jTransaction };

export interface Neo4jGraphOptions {
  settings: Neo4jSettings;
  log: Log;
  clock: Clock;
  /** How long a call may take; 10 s unless a test shortens it. */
  deadlineMs?: number;
}

/** The graph on a Neo4j server, with what other adapters of this folder build on. */
export interface Neo4jGraph extends GraphPort {
  /**
   * Reaches the server, checks that it can be used (address, TLS, name and password, version, rights) and makes what the adapter rests on.
   * Until then every call fails with `store-unavailable`; afterwards a server that was away is found again without it. Throws StoreNotReady
   * with the cause; may be called again.
   */
  connect(): Promise<{ version: string }>;
  /**
   * Runs texts of an adapter in one transaction as `read` and `write` do: again where that may help, with exactly one effect, seeing what was
   * written before, and with the same errors. `deadlineMs` for what may take longer than a call of a user.
   */
  run<T>(mode: Mode, work: (transaction: Neo4jTransaction) => Promise<T>, options?: { deadlineMs?: number }): Promise<T>;
  /** A session of the driver itself, for what must not be run again (research). Who takes it closes it. Throws `store-unavailable`. */
  session(mode: Mode): Session;
  features(): StoreFeature[];
}

const DEADLINE_MS = 10_000;
/** A change of the schema reads all nodes of a label. */
const SCHEMA_MS = 600_000;
const SCHEMA_TRIES = 40;
const LONGEST_PAUSE_MS = 400;

/** The graph of a clinic's Neo4j; nothing is connected before `connect()`. */
export function openNeo4jGraph(options: Neo4jGraphOptions): Neo4jGraph {
  return new ServerGraph(options);
}

/** What one call does with its transaction. */
type Work<T> = (attempt: Attempt) => Promise<T>;

class ServerGraph implements Neo4jGraph {
  readonly #options: Neo4jGraphOptions;
  readonly #deadlineMs: number;
  readonly #link: Neo4jLink;
  readonly #calls = new Set<Promise<unknown>>();
  #facts: ServerFacts | null = null;
  #stopSweeping: (() => void) | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: Neo4jGraphOptions) {
    this.#options = options;
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#link = new Neo4jLink(options.settings, options.log);
  }

  async connect(): Promise<{ version: string }> {
    const { driver, facts } = await prepareServer(this.#options.settings);
    this.#link.use(driver);
    this.#facts = facts;
    if (this.#closing === null) this.#stopSweeping ??= keepSweeping(this, this.#options.log);
    return { version: facts.version };
  }

  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#call(this.#deadlineMs, (deadline) => this.#read((attempt) => work(attempt.reader), deadline));
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#call(this.#deadlineMs, (deadline) => this.#write((attempt) => work(attempt.writer), deadline));
  }

  run<T>(mode: Mode, work: (transaction: Neo4jTransaction) => Promise<T>, { deadlineMs = this.#deadlineMs } = {}): Promise<T> {
    const inside: Work<T> = (attempt) => work(attempt.plain);
    return this.#call(deadlineMs, (deadline) => (mode === "read" ? this.#read(inside, deadline) : this.#write(inside, deadline)));
  }

  session(mode: Mode): Session {
    return this.#link.session(mode);
  }

  features(): StoreFeature[] {
    if (this.#facts === null) return [];
    const { fullText } = this.#facts;
    const note = fullText
      ? "patients are found by a full-text index while the directory is read"
      : "patients are looked through one by one";
    return [{ store: "graph", name: "full-text-index", state: fullText ? "used" : "fallback", note }];
  }

  async health(): Promise<GraphHealth> {
    const engine = this.#facts === null ? "Neo4j" : `Neo4j ${this.#facts.version}`;
    if (!this.#link.isUp) return { state: "down", engine, nodes: 0 };
    const [row] = await this.run("read", (transaction) => transaction.run<{ nodes: number }>(COUNT_NODES));
    return { state: "up", engine, nodes: row?.nodes ?? 0 };
  }

  onState(listener: (state: "up" | "down") => void): () => void {
    return this.#link.onState(listener);
  }

  /** Lets the calls under way finish, as long as a call of a user may take, then closes the connections. Later calls fail. */
  close(): Promise<void> {
    this.#stopSweeping?.();
    this.#closing ??= Promise.race([Promise.allSettled(this.#calls), sleep(this.#deadlineMs, undefined, { ref: false })]).then(() =>
      this.#link.close(),
    );
    return this.#closing;
  }

  async #read<T>(work: Work<T>, deadline: Deadline): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const attempt = new Attempt({ ...this.#transactionOf("read", deadline), mark: null });
      try {
        const result = await deadline.race(work(attempt));
        await deadline.race(attempt.settle());
        // What was read is here already: only a cluster must be heard out, so that a later read is not sent to a member that lags behind.
        const ended = attempt.commit();
        if (isRouted(this.#options.settings)) await deadline.race(ended);
        else inBackground(ended.catch(() => attempt.end()));
        return result;
      } catch (error) {
        await this.#again(attempt, error, tries, deadline, false);
      }
    }
  }

  async #write<T>(work: Work<T>, deadline: Deadline): Promise<T> {
    const id = randomUUID();
    /** What an attempt answered whose commit was sent: whether it was kept is known from its mark alone. */
    let sent: { result: T } | null = null;
    for (let tries = 1; ; tries += 1) {
      const attempt = this.#attemptToWrite({ id, attempt: tries }, deadline);
      try {
        if (sent !== null && !(await deadline.race(attempt.isFirst()))) {
          await deadline.race(attempt.end());
          return sent.result;
        }
        const result = await deadline.race(work(attempt));
        await deadline.race(attempt.settle());
        sent = { result };
        await deadline.race(attempt.commit());
        if (attempt.schemaChange !== null) await this.#untilFilled(attempt.schemaChange);
        return result;
      } catch (error) {
        await this.#again(attempt, error, tries, deadline, sent !== null);
      }
    }
  }

  #attemptToWrite(mark: { id: string; attempt: number }, deadline: Deadline): Attempt {
    return new Attempt({
      ...this.#transactionOf("write", deadline),
      mark: { text: MARK, params: mark },
      onSchemaChange: () => deadline.extend(SCHEMA_MS),
    });
  }

  #transactionOf(mode: Mode, deadline: Deadline) {
    return { session: this.#link.session(mode), timeoutMs: () => deadline.leftMs, twins: this.#facts?.fullText ?? false };
  }

  /** Ends an attempt that failed. Resolves when the work is to be done once more; else throws why not. */
  async #again(attempt: Attempt, error: unknown, tries: number, deadline: Deadline, committing: boolean): Promise<void> {
    const ended = attempt.end();
    if (deadline.passed) {
      inBackground(ended);
      if (attempt.isWaiting) inBackground(this.#link.look());
      throw error;
    }
    const cause = attempt.lost === null ? error : attempt.lost.cause;
    const lostServer = isConnectionError(cause);
    if (!lostServer) await deadline.race(ended);
    const { schemaChange } = attempt;
    if (schemaChange !== null && isSchemaRace(cause) && tries < SCHEMA_TRIES) return deadline.race(this.#afterOthers(schemaChange, tries));
    if (!isPassing(cause)) throw error;
    if (lostServer) {
      inBackground(ended);
      await deadline.race(this.#link.look());
      // Whether a commit that was cut off was kept is worth waiting for; anything else can be told at once.
      if (committing) await deadline.race(this.#link.whenUp());
      if (!this.#link.isUp) throw attempt.lost?.shown ?? error;
    }
    await deadline.race(sleep(Math.random() * Math.min(2 ** tries, LONGEST_PAUSE_MS)));
  }

  /** An index is there at once and filled afterwards; a statement must not meet it half filled. */
  #untilFilled(change: string): Promise<void> {
    return untilFilled(change, SCHEMA_MS, (text, params) => this.run("read", (transaction) => transaction.run(text, params)));
  }

  #afterOthers(change: string, tries: number): Promise<void> {
    return afterOthers(change, tries, (mode, text, params) =>
      this.run(mode, (transaction) => transaction.run(text, params), { deadlineMs: SCHEMA_MS }),
    );
  }

  async #underWay<T>(call: Promise<T>): Promise<T> {
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
    }
  }

  async #call<T>(deadlineMs: number, work: (deadline: Deadline) => Promise<T>): Promise<T> {
    if (this.#closing !== null) throw new AppError("store-unavailable", "The graph is closed");
    const deadline = new Deadline(deadlineMs);
    try {
      return await this.#underWay(work(deadline));
    } finally {
      deadline.clear();
    }
  }
}

/** What nobody waits for: the connection of a transaction that is over goes back by itself. */
function inBackground(ended: Promise<unknown>): void {
  ended.catch(() => undefined);
}
