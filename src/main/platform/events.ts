import type { AppEvent, NumberedEvent } from "@shared/contract/events.ts";
import type { Role } from "@shared/model/roles.ts";
import { hasRole, type Viewer } from "./request.ts";

/** Who may be told of an event: everyone, or whoever one of these names. Data and no function, so that it travels to other workstations. */
export interface Audience {
  everyone?: true;
  roles?: readonly Role[];
  userIds?: readonly string[];
  sessionIds?: readonly string[];
  /** People by their node in the graph: a doctor, or a patient about themself. */
  externalIds?: readonly string[];
}

export const EVERYONE: Audience = { everyone: true };

/** Whether a viewer is one of the audience. */
export function isFor({ everyone, roles = [], userIds, sessionIds, externalIds }: Audience, viewer: Viewer): boolean {
  if (everyone || hasRole(viewer, ...roles)) return true;
  if (viewer.kind !== "user") return false;
  const { userId, sessionId, externalId } = viewer;
  return (
    userIds?.includes(userId) === true ||
    sessionIds?.includes(sessionId) === true ||
    (externalId !== null && externalIds?.includes(externalId) === true)
  );
}

/** Numbered events with catch-up: a client that was away asks for what it missed. */
export interface EventBus {
  publish(event: AppEvent, audience: Audience): void;
  /** Tells every subscriber to read everything anew: something may have happened that nobody was told. */
  resync(): void;
  /** Events after number `after` (from now on when left out), then each as it happens, until the signal aborts. */
  subscribe(viewer: Viewer, after: number | undefined, signal: AbortSignal): AsyncGenerator<NumberedEvent>;
}
