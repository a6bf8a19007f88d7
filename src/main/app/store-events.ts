import type { Stores } from "../data/stores.ts";
import { EVERYONE, type EventBus } from "../platform/events.ts";

type Tells = { readonly [S in "graph" | "documents"]: Pick<Stores[S], "onState"> } & Pick<Stores, "onRefused">;

/**
 * Tells everyone when a store is lost and when it is back. What happened meanwhile may have reached nobody, so who listens then reads
 * everything anew. Answers a function that stops the telling.
 */
export function tellStoreState(stores: Tells, bus: EventBus): () => void {
  const silence = (["graph", "documents"] as const).map((store) =>
    stores[store].onState((state) => {
      if (state === "down") return bus.publish({ type: "system.storeLost", store }, EVERYONE);
      bus.publish({ type: "system.storeRestored", store }, EVERYONE);
      bus.resync();
    }),
  );
  // Who looks at a screen learns at once that nothing can be done here.
  silence.push(
    stores.onRefused(({ problems }) => {
      for (const { store } of problems) bus.publish({ type: "system.storeLost", store }, EVERYONE);
    }),
  );
  return () => {
    for (const end of silence) end();
  };
}
