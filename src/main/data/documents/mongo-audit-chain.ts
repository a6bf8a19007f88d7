import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import { type ChainedRecord, type ChainHead, canonicalJson, chainHash } from "../audit/chain.ts";
import type { NewAuditRecord } from "../audit/port.ts";
import type { MongoServer } from "./mongo.ts";
import { auditCollections, type EntryDocument, entryDocument, lastOf, placeOf, raiseCounter, takeNumbers } from "./mongo-audit-entries.ts";
import { isDuplicate } from "./mongo-errors.ts";
import { manyError } from "./mongo-many.ts";

/** Entries that share one write. */
const GROUP = 500;
/** How long an append is tried: under the deadline that every call has. */
const TRIED_MS = 9_000;
const AGAIN_MS = 50;

interface Waiting {
  record: NewAuditRecord;
  at: string;
  until: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface ChainOptions {
  server: MongoServer;
  writer: string;
  clock: Clock;
  /** Where the chain goes on at least, whatever the store holds. */
  start: ChainHead;
  /** Told of every head that the store has acknowledged. */
  written: (head: ChainHead) => void;
}

/**
 * The own chain of one workstation. What waits goes in one write. A write that broke off is tried again with the very same documents: their
 * ids are places in the chain, so what had arrived is recognised and nothing is there twice; nothing is answered before it is there.
 */
export class MongoChain {
  readonly #options: ChainOptions;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  #closed = false;
  /** The last entry that is known to be there; null when that must be asked. */
  #head: ChainHead | null = null;

  constructor(options: ChainOptions) {
    this.#options = options;
  }

  append(record: NewAuditRecord): Promise<void> {
    if (this.#closed) return Promise.reject(new AppError("store-unavailable", "The audit store is closed."));
    const { clock } = this.#options;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, at: clock.now(), until: clock.monotonic() + TRIED_MS, resolve, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Entries came in by another way: the head must be asked for. */
  forget(): void {
    this.#head = null;
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    // A turn of the event loop lets every call made in this turn join the group.
    await new Promise((resume) => setImmediate(resume));
    while (this.#waiting.length > 0) await this.#flush(this.#waiting.splice(0, GROUP));
    this.#flushing = null;
  }

  async #flush(group: Waiting[]): Promise<void> {
    const { clock } = this.#options;
    const until = group[0]?.until ?? 0;
    let documents: EntryDocument[] | null = null;
    let failure: unknown = new AppError("store-unavailable", "The audit store cannot be reached.");
    while (clock.monotonic() < until) {
      try {
        documents ??= await this.#chain(group);
        const there = await this.#insert(documents);
        this.#acknowledge(group.splice(0, there), documents.splice(0, there));
        if (group.length === 0) return;
        // Another entry has the place or the number of the next one: it can never have got there, so it is chained anew.
        documents = null;
        this.#head = null;
        await this.#options.server.run(() => raiseCounter(this.#collections()));
      } catch (error) {
        failure = error;
        if (!isAway(error)) break;
        await sleep(AGAIN_MS);
      }
    }
    // What was sent last may still arrive: the next group asks where the chain ends.
    this.#head = null;
    for (const { reject } of group) reject(failure);
  }

  #acknowledge(group: readonly Waiting[], documents: readonly EntryDocument[]): void {
    const last = documents.at(-1);
    if (!last) return;
    this.#head = { n: last.n, seq: last.seq, hash: last.hash };
    this.#options.written(this.#head);
    for (const { resolve } of group) resolve();
  }

  #collections() {
    return auditCollections(this.#options.server.db());
  }

  /** The documents of a group, behind the last entry that is there. */
  #chain(group: readonly Waiting[]): Promise<EntryDocument[]> {
    const { server, writer, start } = this.#options;
    return server.run(async () => {
      const last = this.#head ?? (await lastOf(this.#collections(), writer));
      let head = last !== null && last.n > start.n ? last : start;
      const first = await takeNumbers(this.#collections(), group.length);
      return group.map(({ record, at }, index) => {
        const entry: ChainedRecord = { ...record, seq: first + index, at, writer, n: head.n + 1 };
        const body = canonicalJson(entry);
        const stored = { seq: entry.seq, prev: head.hash, hash: chainHash(head.hash, body), body };
        head = { n: entry.n, seq: entry.seq, hash: stored.hash };
        return { ...stored, ...(entryDocument(stored) as EntryDocument), _id: placeOf(entry) };
      });
    });
  }

  /** Puts documents in, in their order; answers how many of them are there now, counted from the first. */
  #insert(documents: readonly EntryDocument[]): Promise<number> {
    return this.#options.server.run(async () => {
      const { entries } = this.#collections();
      let from = 0;
      for (;;) {
        try {
          await entries.insertMany(documents.slice(from), { ordered: true });
          return documents.length;
        } catch (error) {
          if (!isDuplicate(error)) throw manyError(error);
        }
        const ids = documents.map(({ _id }) => _id);
        const found = await entries.find({ _id: { $in: ids } }, { projection: { hash: 1 } }).toArray();
        const hashes = new Map(found.map(({ _id, hash }) => [_id, hash]));
        const missing = documents.findIndex(({ _id, hash }) => hashes.get(_id) !== hash);
        if (missing === -1) return documents.length;
        // No progress: something else is in the way.
        if (missing === from) return from;
        from = missing;
      }
    });
  }
}

const isAway = (error: unknown): boolean => error instanceof AppError && (error.code === "store-unavailable" || error.code === "timeout");
