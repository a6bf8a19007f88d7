import type { AppEvent } from "@shared/contract/events.ts";
import type { Audience } from "../../platform/events.ts";

/** What has happened, as it travels between workstations. */
export interface RelayedEvent {
  event: AppEvent;
  audience: Audience;
}

/**
 * Carries what has happened on one workstation to the others, within a second: by MongoDB's change streams where it has them, by polling
 * where not. Nothing that must not be lost depends on it: who may have missed something is told so, and reads everything anew.
 */
export interface EventRelay {
  /** Hands an event to the other workstations. Does not wait and does not throw: what cannot be handed over now makes a gap for the others. */
  send(item: RelayedEvent): void;
  /** Tells what others have sent, in each sender's order and once; `gap` when some of it may be missing. Answers what stops the telling. */
  listen(listener: (item: RelayedEvent | "gap") => void): () => void;
  /** `change-stream` or `polling`, for `doctor` and the administrator. */
  readonly way: "change-stream" | "polling";
  close(): Promise<void>;
}
