import type { LeaseDocument } from "../documents/coordination.ts";
import type { Collection } from "../documents/port.ts";

/** A holder moves its beat this often. */
const BEAT_MS = 3_000;
/** A holder that could not do so for this long takes its lease for lost: earlier than anybody else does. */
const LOST_MS = 8_000;

/** A lease while it is held. */
export interface Held {
  lease: LeaseDocument;
  /** When the write was sent that took it, by the own monotonic clock. */
  sentAt: number;
}

/** Keeps the beat of a held lease moving. */
export interface Beat {
  /** Aborted when the right is gone, or may be. */
  readonly lost: AbortSignal;
  stop(): void;
}

/**
 * Moves the beat of a lease until it is stopped. The right counts as lost 8 s after the last beat that reached the store was *sent*: nobody
 * can have seen that beat earlier, so nobody takes the lease for stale (10 s) before. A computer that slept finds at its next beat that
 * the lease has another holder.
 */
export function keepBeat(
  collection: Collection<LeaseDocument>,
  { lease: { id, holder, fence }, sentAt }: Held,
  monotonic: () => number,
): Beat {
  const controller = new AbortController();
  let beat = 0;
  let moving = false;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    clearInterval(ticking);
    clearTimeout(deadline);
  };
  const lose = (): void => {
    stop();
    controller.abort();
  };
  const deadlineAfter = (sent: number) => setTimeout(lose, Math.max(0, LOST_MS - (monotonic() - sent)));
  const move = async (): Promise<void> => {
    if (moving) return;
    moving = true;
    const sent = monotonic();
    // Each try has its own number: one that arrived without an answer is no reason to stand still.
    beat += 1;
    const moved = await collection.update(id, { beat }, { holder, fence }).catch(() => "away" as const);
    moving = false;
    if (stopped || moved === "away") return;
    if (moved === null) return lose();
    clearTimeout(deadline);
    deadline = deadlineAfter(sent);
  };
  const ticking = setInterval(() => void move(), BEAT_MS);
  let deadline = deadlineAfter(sentAt);
  return { lost: controller.signal, stop };
}
