import type { AppEvent } from "@shared/contract/events.ts";
import { useEffect, useRef } from "react";

type Listener = (event: AppEvent) => void;

const listeners = new Set<Listener>();

/** Tell everyone on this screen what happened; called by the shell's subscription. */
export function announce(event: AppEvent): void {
  for (const listener of listeners) listener(event);
}

/** React to events of one type while mounted. Lists need none: the shell makes what an event touches stale. */
export function useAppEvent<T extends AppEvent["type"]>(type: T, react: (event: Extract<AppEvent, { type: T }>) => void): void {
  const latest = useRef(react);
  latest.current = react;
  useEffect(() => {
    const listener: Listener = (event) => {
      if (event.type === type) latest.current(event as Extract<AppEvent, { type: T }>);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [type]);
}
