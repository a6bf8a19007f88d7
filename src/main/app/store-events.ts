import type { GraphPort } from "../data/graph/port.ts";
import { EVERYONE, type EventBus } from "../platform/events.ts";

/** Tells everyone when the graph's engine is lost and when it is back. Answers a function that stops the telling. */
export function tellStoreState(graph: GraphPort, bus: EventBus): () => void {
  return graph.onState((state) => {
    const type = state === "up" ? "system.storeRestored" : "system.storeLost";
    bus.publish({ type, store: "graph" }, EVERYONE);
  });
}
