import type { Anchor } from "./anchor.ts";
import { type ChainedRecord, chainHash, GENESIS } from "./chain.ts";
import type { AuditVerdict } from "./port.ts";

/** An entry as it lies in the store. */
export interface StoredEntry {
  seq: number;
  /** Hash of the entry before it in its writer's chain. */
  prev: string;
  hash: string;
  /** Canonical JSON of a ChainedRecord. */
  body: string;
}

interface Link {
  n: number;
  seq: number;
  hash: string;
}

/** Walks the chains entry by entry, in order of seq, and says where the first break is. */
export class ChainVerifier {
  readonly #anchor: Anchor | null;
  readonly #last = new Map<string, Link>();
  readonly #passed = new Set<string>();
  #lastSeq = 0;
  #checked = 0;
  #verdict: AuditVerdict | null = null;

  /** `anchor` must have been read before the first entry: the chains may only have grown since. */
  constructor(anchor: Anchor | null) {
    this.#anchor = anchor;
  }

  /** Checks the next entry; false when the walk can stop. */
  check(entry: StoredEntry): boolean {
    this.#checked += 1;
    const record = parseEntry(entry.body);
    const genuine = record?.seq === entry.seq && chainHash(entry.prev, entry.body) === entry.hash;
    if (!genuine) return this.#bad(entry.seq, "edited");
    const last = this.#last.get(record.writer) ?? { n: 0, seq: entry.seq, hash: GENESIS };
    if (record.n > last.n + 1) return this.#bad(this.#lastSeq + 1, "deleted");
    if (record.n <= last.n) return this.#bad(entry.seq, "edited");
    // The entry is whole, so it is the one before it that was written anew.
    if (entry.prev !== last.hash) return this.#bad(last.seq, "edited");
    const anchored = this.#anchor?.heads[record.writer];
    if (anchored?.n === record.n) {
      if (anchored.hash !== entry.hash) return this.#bad(entry.seq, "anchor-differs");
      this.#passed.add(record.writer);
    }
    this.#lastSeq = entry.seq;
    this.#last.set(record.writer, { n: record.n, seq: entry.seq, hash: entry.hash });
    return true;
  }

  /** The verdict once every entry was checked. */
  finish(): AuditVerdict {
    if (this.#verdict) return this.#verdict;
    if (!this.#anchor) return this.#checked === 0 ? this.#is("anchor-missing") : this.#is("anchor-missing", 1);
    for (const [writer, head] of Object.entries(this.#anchor.heads)) {
      if (head.n === 0 || this.#passed.has(writer)) continue;
      const last = this.#last.get(writer);
      return this.#is("truncated", head.seq - (head.n - (last?.n ?? 0)) + 1);
    }
    if (this.#anchor.lostAt !== null) return this.#is("anchor-missing");
    return { ok: true, checked: this.#checked };
  }

  #bad(firstBad: number, cause: NonNullable<AuditVerdict["cause"]>): boolean {
    this.#verdict = this.#is(cause, firstBad);
    return false;
  }

  #is(cause: NonNullable<AuditVerdict["cause"]>, firstBad?: number): AuditVerdict {
    return { ok: false, checked: this.#checked, cause, ...(firstBad === undefined ? {} : { firstBad }) };
  }
}

/** The entry of a stored text, or null when the text is damaged. */
export function parseEntry(body: string): ChainedRecord | null {
  try {
    return JSON.parse(body) as ChainedRecord;
  } catch {
    return null;
  }
}
