import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type LeaseDocument, leases } from "../documents/coordination.ts";
import { type Collection, type DocumentPort, DuplicateDocument } from "../documents/port.ts";
import { type Held, keepBeat } from "./beat.ts";
import type { Leases } from "./port.ts";
import { createTurns, tooLate } from "./turns.ts";

/** A beat that stands still for so long, by the clock of who watches it, belongs to nobody. */
const STALE_MS = 10_000;
const WAIT_MS = 60_000;
/** Who waits looks about this often, each at a pace of its own. */
const LOOK_MS = 100;

export interface SharedLeasesOptions {
  documents: Pick<DocumentPort, "collection">;
  /** Who asks: the workstation. */
  holder: string;
  /** Milliseconds that never go back. No two clocks are compared: a taker only measures how long a beat has stood still before its own eyes. */
  monotonic?: () => number;
}

/**
 * Leases among all workstations that share a document store, by one document a name. A lease is taken by compare-and-set; its holder moves a
 * beat, and a taker takes over what has stood still for 10 s. A holder that cannot write its beat for 8 s is told through `lost`, so that
 * it stops before another one begins. Callers of one workstation take turns before they ask the store.
 */
export function sharedLeases({ documents, holder, monotonic = () => performance.now() }: SharedLeasesOptions): Leases {
  const collection = documents.collection<LeaseDocument>(leases);
  const turn = createTurns();
  return {
    async hold(name, work, { waitMs = WAIT_MS } = {}) {
      const until = monotonic() + waitMs;
      const done = await turn(name, waitMs);
      let wanted = false;
      try {
        const held = await take({ collection, name, mark: `${holder}|${randomUUID()}`, monotonic, until, waitMs });
        const beating = keepBeat(collection, held, monotonic);
        try {
          return await work(beating.lost);
        } finally {
          beating.stop();
          wanted = await release(collection, held.lease);
        }
      } finally {
        // Somebody elsewhere waits: the next caller here asks no sooner than they do.
        if (wanted) setTimeout(done, Math.random() * 2 * LOOK_MS);
        else done();
      }
    },
  };
}

interface Taking {
  collection: Collection<LeaseDocument>;
  name: string;
  mark: string;
  monotonic: () => number;
  until: number;
  waitMs: number;
}

/** Takes the lease as soon as it is free, or stale. */
async function take({ collection, name, mark, monotonic, until, waitMs }: Taking): Promise<Held> {
  let seen = { fence: -1, beat: -1, since: 0 };
  for (;;) {
    const lease = await collection.get(name);
    const now = monotonic();
    if (lease === null) {
      const made = await begin(collection, { id: name, holder: mark, beat: 0, fence: 1, wanted: 0 });
      if (made) return { lease: made, sentAt: now };
      continue;
    }
    if (seen.fence !== lease.fence || seen.beat !== lease.beat) seen = { fence: lease.fence, beat: lease.beat, since: now };
    if (lease.holder === null || now - seen.since >= STALE_MS) {
      const taken = await takeOver(collection, lease, mark);
      if (taken) return { lease: taken, sentAt: now };
      continue;
    }
    if (now >= until) throw tooLate(name, waitMs);
    if (lease.wanted < lease.fence) await collection.update(name, { wanted: lease.fence }, { fence: lease.fence });
    await sleep(Math.min(LOOK_MS * (0.5 + Math.random()), Math.max(1, until - now)));
  }
}

async function begin(collection: Collection<LeaseDocument>, lease: LeaseDocument): Promise<LeaseDocument | null> {
  try {
    await collection.insert(lease);
    return lease;
  } catch (error) {
    if (error instanceof DuplicateDocument) return null;
    throw await unsure(collection, lease, error);
  }
}

/** Nobody else may have moved it since it was looked at. */
async function takeOver(collection: Collection<LeaseDocument>, { id, holder, beat, fence }: LeaseDocument, mark: string) {
  const next = { holder: mark, fence: fence + 1, beat: 0 };
  try {
    return await collection.update(id, next, { holder, beat, fence });
  } catch (error) {
    throw await unsure(collection, { id, ...next, wanted: 0 }, error);
  }
}

/** The store went away without an answer: if the lease was taken after all, it is given back, or others would wait for its beat. */
async function unsure(collection: Collection<LeaseDocument>, lease: LeaseDocument, error: unknown): Promise<unknown> {
  await release(collection, lease);
  return error;
}

/** Frees the lease; answers whether somebody else waited for it. A store that is away frees it by the beat that stands still. */
async function release(collection: Collection<LeaseDocument>, { id, holder, fence }: LeaseDocument): Promise<boolean> {
  const freed = await collection.update(id, { holder: null }, { holder, fence }).catch(() => null);
  return freed !== null && freed.wanted >= fence;
}
