import type { Clock } from "@main/platform/clock.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Viewer } from "@main/platform/request.ts";

/** Tells whether a session or device may still listen, without counting as use of it: listening keeps no session alive. */
export type IsAlive = (viewer: Viewer, clock: Clock) => Promise<boolean>;

export interface EventsNeeds {
  bus: EventBus;
  isAlive: IsAlive;
  /** How often a listener's session is looked at, in milliseconds. */
  checkEveryMs?: number;
}
