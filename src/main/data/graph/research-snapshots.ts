import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { ProcessLauncher } from "../../platform/process-launcher.ts";
import { WorkerPool } from "./research-pool.ts";
import type { SnapshotSchema } from "./research-protocol.ts";
import { unlessAborted } from "./research-turns.ts";
import { ResearchWorker, type WorkLimits } from "./research-worker.ts";

/** The graph that snapshots are taken of. */
export interface SnapshotSource {
  /** Another text than before means that the graph has moved on. */
  state(): Promise<string>;
  /** Makes the file `target` in the given process, without identities unless it is told so. What it needs meanwhile lies in `copy`. */
  prepare(
    worker: ResearchWorker,
    job: { copy: string; target: string; identities: boolean },
  ): Promise<{ schema: SnapshotSchema; version: string }>;
}

export interface SnapshotDeps {
  /** Where snapshots lie: a folder of its own for each. */
  folder: string;
  source: SnapshotSource;
  launcher: ProcessLauncher;
  limits: WorkLimits;
  log: Log;
  clock: Clock;
  /** A number that no other snapshot of this run has. */
  nextNumber: () => number;
}

/** A prepared copy of the graph with the processes that have it open. */
export interface Snapshot {
  readonly takenAt: string;
  readonly schema: SnapshotSchema;
  /** Of the engine that answers from it. */
  readonly version: string;
  readonly pool: WorkerPool;
}

interface Kept extends Snapshot {
  folder: string;
  /** The state of the graph just before it was taken; another one means that the graph has moved on. */
  state: string;
  /** When it was taken and what that cost, on the monotonic clock. */
  takenMs: number;
  costMs: number;
  leases: number;
  replaced: boolean;
}

/** A snapshot is good for this long, and for 20 times what it cost, whatever is written. */
const FRESH_MS = 2_000;
const FRESH_COSTS = 20;
/** A query waits for a new snapshot only where it is made this fast; otherwise the next query gets it. */
const FAST_MS = 500;

/** Keeps one snapshot, either with or without identities, and takes a new one when the graph has moved on. */
export class Snapshots {
  readonly #deps: SnapshotDeps;
  readonly #identities: boolean;
  readonly #disposals = new Set<Promise<void>>();
  #current: Kept | null = null;
  #next: Promise<Kept> | null = null;
  #preparer: ResearchWorker | null = null;
  #closed = false;

  constructor(deps: SnapshotDeps, identities: boolean) {
    this.#deps = deps;
    this.#identities = identities;
  }

  /** Calls `work` with a snapshot, which stays as long as that takes: the one that is there where `any` will do, else a fresh one. */
  async use<T>(wanted: "any" | "fresh" | "new", signal: AbortSignal, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    let snapshot = await this.#find(wanted, signal);
    // Another may have taken its place since it was found; from the lease on it stays.
    while (snapshot.replaced) snapshot = await this.#find("any", signal);
    snapshot.leases += 1;
    try {
      return await work(snapshot);
    } finally {
      snapshot.leases -= 1;
      if (snapshot.replaced && snapshot.leases === 0) this.#dispose(snapshot);
    }
  }

  /** Ends its processes and removes it; the next call takes a new one. */
  drop(): void {
    const current = this.#current;
    this.#current = null;
    if (current !== null) this.#retire(current);
  }

  /** Removes everything; resolves when the processes are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#preparer?.kill();
    await this.#next?.catch(() => undefined);
    const current = this.#current;
    this.#current = null;
    if (current !== null) {
      current.replaced = true;
      this.#dispose(current);
    }
    await Promise.all(this.#disposals);
  }

  async #find(wanted: "any" | "fresh" | "new", signal: AbortSignal): Promise<Kept> {
    const current = this.#current;
    if (current === null) return await unlessAborted(this.#take(), signal);
    if (wanted === "any") return current;
    if (wanted === "fresh" && !(await this.#isStale(current))) return this.#current ?? current;
    // One that is being taken already may be older than what was just written.
    if (wanted === "new" && this.#next !== null) await unlessAborted(Promise.allSettled([this.#next]), signal);
    const next = this.#take();
    if (wanted === "new") return await unlessAborted(next, signal);
    next.catch(() => undefined);
    if (current.costMs >= FAST_MS) return current;
    return await unlessAborted(
      next.catch(() => current),
      signal,
    );
  }

  async #isStale({ state, takenMs, costMs }: Kept): Promise<boolean> {
    if (performance.now() - takenMs < Math.max(FRESH_MS, FRESH_COSTS * costMs)) return false;
    // A graph that is away for a moment takes no writes.
    return (await this.#deps.source.state().catch(() => state)) !== state;
  }

  /** Takes a snapshot and puts it in the place of the one before; one at a time. */
  #take(): Promise<Kept> {
    if (this.#closed) return Promise.reject(new AppError("store-unavailable", "Research is closed"));
    this.#next ??= this.#prepare()
      .then((snapshot) => {
        const before = this.#current;
        this.#current = snapshot;
        if (before !== null) this.#retire(before);
        return snapshot;
      })
      .finally(() => {
        this.#next = null;
      });
    return this.#next;
  }

  async #prepare(): Promise<Kept> {
    const { folder: root, source, launcher, limits, clock, log, nextNumber } = this.#deps;
    const takenMs = performance.now();
    const number = String(nextNumber());
    const folder = join(root, number);
    const [copy, target] = [join(folder, "copy"), join(folder, "research.grafeo")];
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (this.#closed) throw new AppError("store-unavailable", "Research is closed");
    const preparer = new ResearchWorker(launcher, limits);
    this.#preparer = preparer;
    try {
      const state = await source.state();
      const takenAt = clock.now();
      const { schema, version } = await source.prepare(preparer, { copy, target, identities: this.#identities });
      const pool = new WorkerPool(launcher, limits, { kind: "open", file: target, snapshot: number });
      pool.warm();
      const costMs = performance.now() - takenMs;
      return { takenAt, schema, version, pool, folder, state, takenMs, costMs, leases: 0, replaced: false };
    } catch (error) {
      preparer.kill();
      await preparer.ended;
      await remove(folder);
      if (this.#closed) throw new AppError("store-unavailable", "Research is closed");
      log.error({}, "A snapshot for research could not be made", error);
      throw new AppError("store-unavailable", "The graph could not be made ready for research");
    } finally {
      preparer.kill();
      this.#preparer = null;
      this.#track(preparer.ended.then(() => remove(copy)));
    }
  }

  /** Lets the queries that still run on it end first. */
  #retire(snapshot: Kept): void {
    snapshot.replaced = true;
    if (snapshot.leases === 0) this.#dispose(snapshot);
  }

  #dispose({ pool, folder }: Kept): void {
    this.#track(pool.close().then(() => remove(folder)));
  }

  #track(disposal: Promise<void>): void {
    this.#disposals.add(disposal);
    void disposal.then(() => this.#disposals.delete(disposal));
  }
}

/** What cannot be removed now is removed at the next start. */
function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}
