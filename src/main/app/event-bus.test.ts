import type { AppEvent, NumberedEvent } from "@shared/contract/events.ts";
import { describe, expect, it } from "vitest";
import type { EventRelay, RelayedEvent } from "../data/relay/port.ts";
import { StoreNotReady } from "../data/stores.ts";
import { systemClock } from "../platform/clock.ts";
import { EVERYONE, type EventBus } from "../platform/events.ts";
import type { Viewer } from "../platform/request.ts";
import { createEventBus } from "./event-bus.ts";
import { tellStoreState } from "./store-events.ts";

/** A network between workstations that is as fast as a call; `gap` says to all that something may be missing. */
function network() {
  const stations: { listen: (item: RelayedEvent | "gap") => void; sent: RelayedEvent[] }[] = [];
  const join = (): EventRelay & { sent: RelayedEvent[] } => {
    const station = { listen: (_item: RelayedEvent | "gap") => {}, sent: [] as RelayedEvent[] };
    stations.push(station);
    return {
      way: "polling",
      sent: station.sent,
      send(item) {
        station.sent.push(item);
        for (const other of stations) if (other !== station) other.listen(item);
      },
      listen(listener) {
        station.listen = listener;
        return () => undefined;
      },
      close: async () => undefined,
    };
  };
  return { join, gap: () => stations.forEach((station) => station.listen("gap")) };
}

const DOCTOR: Viewer = {
  ...{ kind: "user", userId: "u1", sessionId: "s1", username: "doctor", displayName: "Doctor", roles: ["doctor"] },
  ...{ externalId: "D000001", reauthenticatedAt: null },
};
const read: AppEvent = { type: "messaging.read", conversationId: "c1", userId: "u1", seq: 7 };
const progress = (seq: number): AppEvent => ({ ...read, type: "messaging.read", seq });

/** Hears what a subscriber is told from now on. */
async function hear(bus: EventBus, after?: number) {
  const heard: NumberedEvent[] = [];
  const end = new AbortController();
  const items = bus.subscribe(DOCTOR, after, end.signal);
  const first = await items.next();
  const done = (async () => {
    for await (const item of items) heard.push(item);
  })();
  const stop = async () => {
    end.abort();
    await done;
  };
  return { heard, first: first.value as NumberedEvent, stop, events: () => heard.map(({ event, resync }) => (resync ? "resync" : event)) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("events between workstations", () => {
  it("are told on every workstation once, to those they are for, and come back from nowhere", async () => {
    const { join } = network();
    const [ours, theirs] = [join(), join()];
    const [here, there] = [createEventBus(systemClock, 10, ours), createEventBus(systemClock, 10, theirs)];
    const listeners = [await hear(here), await hear(there)];
    here.publish(read, { userIds: ["u1"] });
    here.publish(progress(8), { userIds: ["somebody else"] });
    await settled();
    expect(listeners.map(({ events }) => events())).toEqual([[read], [read]]);
    expect([ours.sent.length, theirs.sent.length]).toEqual([2, 0]);
    await Promise.all(listeners.map(({ stop }) => stop()));
  });

  it("stay here when they are of this workstation itself", async () => {
    const ours = network().join();
    const bus = createEventBus(systemClock, 10, ours);
    const of: AppEvent[] = [
      { type: "system.storeLost", store: "graph" },
      { type: "system.storeRestored", store: "graph" },
      { type: "system.diskChanged", state: "low" },
      { type: "session.lockRequested" },
    ];
    const listener = await hear(bus);
    for (const event of of) bus.publish(event, EVERYONE);
    await settled();
    expect(listener.events()).toEqual(of);
    expect(ours.sent).toEqual([]);
    await listener.stop();
  });

  it("that may be missing make every subscriber read anew: after what came before, also those who are away just then", async () => {
    const net = network();
    const bus = createEventBus(systemClock, 10, net.join());
    const listener = await hear(bus);
    bus.publish(progress(1), EVERYONE);
    net.gap();
    bus.publish(progress(2), EVERYONE);
    await settled();
    expect(listener.events()).toEqual([progress(1), "resync", progress(2)]);
    await listener.stop();
    const returning = await hear(bus, listener.first.seq);
    await settled();
    expect(returning.events()).toEqual([progress(1), "resync", progress(2)]);
    await returning.stop();
  });
});

describe("a store", () => {
  it.each(["graph", "documents"] as const)("of %s that is lost and back is told, and makes every subscriber read anew", async (store) => {
    const tells: Partial<Record<string, (state: "up" | "down") => void>> = {};
    const port = (name: string) => ({
      onState(listener: (state: "up" | "down") => void) {
        tells[name] = listener;
        return () => void delete tells[name];
      },
    });
    const bus = createEventBus(systemClock, 10);
    const silence = tellStoreState({ graph: port("graph"), documents: port("documents"), onRefused: () => () => undefined }, bus);
    const listener = await hear(bus);
    tells[store]?.("down");
    tells[store]?.("up");
    await settled();
    expect(listener.events()).toEqual([{ type: "system.storeLost", store }, { type: "system.storeRestored", store }, "resync"]);
    silence();
    expect(tells).toEqual({});
    await listener.stop();
  });

  it("that refuses this workstation is told as lost", async () => {
    const silent = { onState: () => () => undefined };
    const listeners = new Set<(refusal: StoreNotReady) => void>();
    const onRefused = (told: (refusal: StoreNotReady) => void) => {
      listeners.add(told);
      return () => void listeners.delete(told);
    };
    const bus = createEventBus(systemClock, 10);
    const silence = tellStoreState({ graph: silent, documents: silent, onRefused }, bus);
    const listener = await hear(bus);
    for (const tell of listeners) tell(new StoreNotReady({ store: "documents", cause: "workstation", message: "copied" }));
    await settled();
    expect(listener.events()).toEqual([{ type: "system.storeLost", store: "documents" }]);
    silence();
    expect(listeners.size).toBe(0);
    await listener.stop();
  });
});
