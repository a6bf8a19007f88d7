import type { AppEvent, NumberedEvent } from "@shared/contract/events.ts";
import type { Viewer } from "./request.ts";

/** Who may be told of an event. */
export type Audience = (viewer: Viewer) => boolean;

/** Numbered events with catch-up: a client that was away asks for what it missed. */
export interface EventBus {
  publish(event: AppEvent, audience: Audience): void;
  /** Events after number `after` (from now on when left out), then each as it happens, until the signal aborts. */
  subscribe(viewer: Viewer, after: number | undefined, signal: AbortSignal): AsyncGenerator<NumberedEvent>;
}
