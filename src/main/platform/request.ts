import { AppError } from "@shared/define.ts";
import type { DeviceRole, Role, UserRole } from "@shared/model/roles.ts";
import type { Clock } from "./clock.ts";

/** A signed-in person. */
export interface UserViewer {
  kind: "user";
  userId: string;
  sessionId: string;
  username: string;
  displayName: string;
  roles: readonly UserRole[];
  externalId: string | null;
  reauthenticatedAt: string | null;
  /** The password is one that somebody else chose: no role counts until it is changed. */
  mustChangePassword?: boolean;
}
/** A paired kiosk or board. */
export interface DeviceViewer {
  kind: "device";
  deviceId: string;
  displayName: string;
  roles: readonly [DeviceRole];
}
export type Viewer = UserViewer | DeviceViewer;

/** What a handler gets beside its input; never a transport's event. */
export interface RequestContext {
  /** Null only on routes that anyone may call. */
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly clock: Clock;
  /** Aborted when the caller is gone or the deadline has passed. */
  readonly signal: AbortSignal;
  /** Tells the trail whom or what the call turned out to be about: ids under their names, such as `patientId`. */
  about(ids: Readonly<Record<string, string>>): void;
  /** Where the call comes from: a device name for the session list. Never trusted for a decision. */
  readonly origin: { transport: "port" | "websocket" | "http" | "internal"; address: string; userAgent: string };
}

/** The signed-in person; throws `unauthenticated` when it is nobody or a device. */
export function userOf(context: RequestContext): UserViewer {
  if (context.viewer?.kind !== "user") throw new AppError("unauthenticated", "Sign in first.");
  return context.viewer;
}

export function hasRole(viewer: Viewer | null, ...roles: Role[]): boolean {
  return viewer !== null && viewer.roles.some((role) => roles.includes(role));
}
