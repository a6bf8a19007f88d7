import type { RouteOutput } from "@renderer/lib/api.ts";
import { create } from "zustand";

export type StoresState = RouteOutput<"system", "getConnection">;
export type Store = "graph" | "documents";

interface Connection {
  /** Whether the host answers. */
  connected: boolean;
  /** Stores that the host said it lost and has not yet found again. */
  lostStores: Store[];
  /** What the host last said of its stores; null while there was no reason to ask. */
  stores: StoresState | null;
  /** When the host tries its servers again, in this machine's milliseconds; null when it does not say. */
  retryAt: number | null;
}

/** The state of the line to the host and of the host's stores, as this screen knows it. */
export const useConnection = create<Connection>(() => ({ connected: true, lostStores: [], stores: null, retryAt: null }));

/** True while the host cannot use its stores. */
export function isAway(stores: StoresState | null): stores is StoresState {
  return stores !== null && (stores.state !== "ready" || stores.stores.graph.state === "down" || stores.stores.documents.state === "down");
}

/** Which stores are away now, by what the host told and by what it answered. Until both have been ready once, neither is used. */
export function awayStores({ lostStores, stores }: Pick<Connection, "lostStores" | "stores">): Store[] {
  if (stores && stores.state !== "ready") return ["documents", "graph"];
  return (["documents", "graph"] as const).filter(
    (store) => lostStores.includes(store) || (isAway(stores) && stores.stores[store].state === "down"),
  );
}
