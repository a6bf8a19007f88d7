import { create } from "zustand";

interface Connection {
  /** Whether the host answers. */
  connected: boolean;
  /** Stores that the host said it lost and has not yet found again. */
  lostStores: ("graph" | "documents")[];
}

/** The state of the line to the host, as the subscription sees it. */
export const useConnection = create<Connection>(() => ({ connected: true, lostStores: [] }));
