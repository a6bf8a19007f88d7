import type { AppEvent } from "@shared/contract/events.ts";

/** What happened, as parts of the screens hear it; `resync` says that something may have been missed: read again what is shown. */
export type Heard = AppEvent | { type: "resync" };

const listeners = new Set<(heard: Heard) => void>();

/** Hears everything that is told to whoever is signed in here, until the answered function is called. */
export function onAppEvent(listener: (heard: Heard) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The application's side: passes on what the subscription brought. */
export function tellListeners(heard: Heard): void {
  for (const listener of [...listeners]) listener(heard);
}
