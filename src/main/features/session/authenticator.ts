import { devices, sessions, users } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import type { Viewer } from "@main/platform/request.ts";
import { isOver, TOUCH_SECONDS } from "./rules.ts";

/** Whose token it is at this moment; null for nobody's, an ended session's or a revoked device's. */
export type Authenticator = (token: string | null, clock: Clock) => Promise<Viewer | null>;

const MAX_TOKEN = 200;

/**
 * Looks the token up in every call: the session with its ends, then the account with its status and roles, so that what
 * an administrator takes away is gone with the next call. Two reads by index cost less than a cache that could be stale.
 */
export function createAuthenticator({ documents }: { documents: DocumentPort }): Authenticator {
  const open = documents.collection(sessions);
  const accounts = documents.collection(users);
  const paired = documents.collection(devices);

  async function personOf(tokenHash: string, now: string): Promise<Viewer | null> {
    const session = await open.findOne({ tokenHash });
    if (!session || isOver(session, now)) return null;
    const user = await accounts.get(session.userId);
    if (user?.status !== "active") return null;
    if (isDue(session.lastSeenAt, now)) await open.update(session.id, { lastSeenAt: now }, { lastSeenAt: session.lastSeenAt });
    const { id: userId, username, displayName, roles, externalId, mustChangePassword } = user;
    const { id: sessionId, reauthenticatedAt } = session;
    return { kind: "user", userId, sessionId, username, displayName, roles, externalId, reauthenticatedAt, mustChangePassword };
  }

  async function deviceOf(tokenHash: string, now: string): Promise<Viewer | null> {
    const device = await paired.findOne({ tokenHash, status: "paired" });
    if (!device) return null;
    if (device.lastSeenAt === null || isDue(device.lastSeenAt, now))
      await paired.update(device.id, { lastSeenAt: now }, { status: "paired" });
    return { kind: "device", deviceId: device.id, displayName: device.name, roles: [device.role] };
  }

  return async (token, clock) => {
    if (!token || token.length > MAX_TOKEN) return null;
    const tokenHash = sha256(token);
    const now = clock.now();
    return (await personOf(tokenHash, now)) ?? (await deviceOf(tokenHash, now));
  };
}

function isDue(lastSeenAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(lastSeenAt) >= TOUCH_SECONDS * 1000;
}
