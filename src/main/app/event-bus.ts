import type { AppEvent, NumberedEvent } from "@shared/contract/events.ts";
import type { EventRelay } from "../data/relay/port.ts";
import type { Clock } from "../platform/clock.ts";
import { type Audience, EVERYONE, type EventBus, isFor } from "../platform/events.ts";
import type { Viewer } from "../platform/request.ts";

/** Events kept for those who were away. */
export const KEPT_EVENTS = 10_000;

interface Kept {
  seq: number;
  at: string;
  /** Null says to read everything anew. */
  event: AppEvent | null;
  audience: Audience;
}

/** What is told of this workstation itself: the others have disks, connections and windows of their own. */
const OF_HERE: ReadonlySet<AppEvent["type"]> = new Set([
  "system.storeLost",
  "system.storeRestored",
  "system.diskChanged",
  "session.lockRequested",
]);

/**
 * The events of this process, numbered. Numbers start at the time of the start in microseconds, so those of a later run are
 * always higher, and a number of an earlier run is recognised as no longer kept. What happens here goes to the other workstations by the
 * relay, and what comes from them is numbered here like our own; who may have missed something of it is told to read everything anew. A subscriber is only a position in the
 * ring: a slow one costs no memory, and one that falls out of the ring is told to read everything anew.
 *
 * The first item of every subscription has no event: it tells the current number, so that a client which is cut off before
 * anything happened still knows from where to catch up.
 */
export function createEventBus(clock: Clock, kept = KEPT_EVENTS, relay: EventRelay | null = null): EventBus {
  const ring: Kept[] = [];
  const waiting = new Set<() => void>();
  let last = Date.parse(clock.now()) * 1000;

  const oldest = () => ring[0]?.seq ?? last + 1;
  const isKept = (after: number) => after >= oldest() - 1 && after <= last;
  const since = (after: number) => ring.slice(Math.max(0, ring.length - (last - after)));

  function tell(event: AppEvent | null, audience: Audience): void {
    last += 1;
    ring.push({ seq: last, at: clock.now(), event, audience });
    if (ring.length > kept) ring.shift();
    const woken = [...waiting];
    waiting.clear();
    for (const wake of woken) wake();
  }

  async function* subscribe(viewer: Viewer, after: number | undefined, signal: AbortSignal): AsyncGenerator<NumberedEvent> {
    const resync = after !== undefined && !isKept(after);
    let position = after === undefined || resync ? last : after;
    yield { seq: position, at: clock.now(), event: null, resync };
    while (!signal.aborted) {
      if (!isKept(position)) {
        position = last;
        yield { seq: position, at: clock.now(), event: null, resync: true };
      }
      for (const item of since(position)) {
        position = item.seq;
        if (!isFor(item.audience, viewer)) continue;
        yield { seq: item.seq, at: item.at, event: item.event, resync: item.event === null };
        if (signal.aborted) return;
      }
      if (position === last) await nextEvent(signal, waiting);
    }
  }

  const resync = () => tell(null, EVERYONE);
  relay?.listen((item) => (item === "gap" ? resync() : tell(item.event, item.audience)));

  return {
    publish(event, audience) {
      tell(event, audience);
      if (!OF_HERE.has(event.type)) relay?.send({ event, audience });
    },
    resync,
    subscribe,
  };
}

/** Resolves at the next event, or when the subscriber is gone. */
function nextEvent(signal: AbortSignal, waiting: Set<() => void>): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = () => {
      waiting.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
  });
}
