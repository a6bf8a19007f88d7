import type { Value } from "@main/data/graph/port.ts";

/** How long a result is kept. */
const KEPT_MS = 10 * 60_000;
const RESULTS_PER_USER = 5;
const TOTAL_BYTES = 256 * 1024 * 1024;
/** Rows that are written and read together. */
const BLOCK_ROWS = 500;

type Row = Value[];

/** What is known of a result before its first row. */
export interface ResultHead {
  queryId: string;
  userId: string;
  /** When it was asked for: it is kept for ten minutes from then. */
  at: string;
  masked: boolean;
  /** Columns that count something: their small numbers stay out of exports. */
  countColumns: readonly string[];
}

/** A result on its way in. */
export interface ResultDraft {
  columns(names: string[]): void;
  rows(rows: Row[]): void;
  /** The first rows, as they came. */
  readonly first: readonly Row[];
  readonly rowCount: number;
  /** From now on it can be found; older results make room. */
  keep(): void;
}

export interface KeptResult extends ResultHead {
  readonly columns: readonly string[];
  readonly rowCount: number;
  rows(offset: number, limit: number): Row[];
}

/** Results of the last minutes, in memory as compact text, each found by its owner alone. */
export interface ResultStore {
  /** A result to fill; its first `limit` rows are to be answered at once. */
  draft(head: ResultHead, limit: number): ResultDraft;
  /** Null when it is not there, no longer there, or somebody else's. */
  find(queryId: string, userId: string, now: string): KeptResult | null;
  /** Forgets that researcher's results with identities. */
  dropUnmasked(userId: string): void;
  /** Bytes kept at the moment. */
  readonly bytes: number;
  close(): void;
}

interface Entry {
  result: KeptResult;
  bytes: number;
  expiry: NodeJS.Timeout;
}

export function createResultStore(limits = { perUser: RESULTS_PER_USER, totalBytes: TOTAL_BYTES }): ResultStore {
  // In the order of their keeping: the first is the oldest.
  const entries = new Map<string, Entry>();
  let total = 0;

  function drop(queryId: string): void {
    const entry = entries.get(queryId);
    if (!entry) return;
    entries.delete(queryId);
    clearTimeout(entry.expiry);
    total -= entry.bytes;
  }

  function makeRoom(userId: string): void {
    const own = [...entries.values()].filter(({ result }) => result.userId === userId);
    for (const { result } of own.slice(0, Math.max(0, own.length - limits.perUser))) drop(result.queryId);
    for (const queryId of entries.keys()) {
      if (total <= limits.totalBytes || entries.size === 1) return;
      drop(queryId);
    }
  }

  function keep(result: KeptResult, bytes: number): void {
    drop(result.queryId);
    // The clock that `find` asks decides what is still good; the timer only frees the memory of what nobody asks for.
    const expiry = setTimeout(() => drop(result.queryId), KEPT_MS);
    expiry.unref();
    entries.set(result.queryId, { result, bytes, expiry });
    total += bytes;
    makeRoom(result.userId);
  }

  return {
    draft: (head, limit) => createDraft(head, limit, keep),
    find(queryId, userId, now) {
      const result = entries.get(queryId)?.result;
      if (result?.userId !== userId) return null;
      if (Date.parse(now) - Date.parse(result.at) < KEPT_MS) return result;
      drop(queryId);
      return null;
    },
    dropUnmasked(userId) {
      for (const { result } of [...entries.values()]) if (result.userId === userId && !result.masked) drop(result.queryId);
    },
    get bytes() {
      return total;
    },
    close() {
      for (const queryId of [...entries.keys()]) drop(queryId);
    },
  };
}

/** Rows become JSON text block by block while they arrive, outside the heap, so that a large result is neither held twice nor walked by the collector. */
function createDraft(head: ResultHead, limit: number, keep: (result: KeptResult, bytes: number) => void): ResultDraft {
  const blocks: Buffer[] = [];
  const first: Row[] = [];
  let columns: string[] = [];
  let waiting: Row[] = [];
  let rowCount = 0;
  const seal = (rows: Row[]) => blocks.push(Buffer.from(JSON.stringify(rows)));
  return {
    first,
    columns(names) {
      columns = names;
    },
    rows(rows) {
      rowCount += rows.length;
      first.push(...rows.slice(0, limit - first.length));
      waiting = waiting.length === 0 ? rows : [...waiting, ...rows];
      let sealed = 0;
      for (; waiting.length - sealed >= BLOCK_ROWS; sealed += BLOCK_ROWS) seal(waiting.slice(sealed, sealed + BLOCK_ROWS));
      waiting = waiting.slice(sealed);
    },
    get rowCount() {
      return rowCount;
    },
    keep() {
      if (waiting.length > 0) seal(waiting);
      waiting = [];
      const bytes = blocks.reduce((sum, block) => sum + block.byteLength, 0);
      const rows: KeptResult["rows"] = (offset, count) => readBlocks(blocks, offset, Math.min(count, rowCount - offset));
      keep({ ...head, columns, rowCount, rows }, bytes);
    },
  };
}

function readBlocks(blocks: readonly Buffer[], offset: number, limit: number): Row[] {
  if (limit <= 0) return [];
  const first = Math.floor(offset / BLOCK_ROWS);
  const last = Math.ceil((offset + limit) / BLOCK_ROWS);
  const rows = blocks.slice(first, last).flatMap((block) => JSON.parse(block.toString("utf8")) as Row[]);
  const skipped = offset - first * BLOCK_ROWS;
  return rows.slice(skipped, skipped + limit);
}
