import { devices, type SessionDocument, sessions, users } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Viewer } from "@main/platform/request.ts";
import type { AppEvent } from "@shared/contract/events.ts";
import { isOver } from "./rules.ts";

export type EndCause = Extract<AppEvent, { type: "session.expired" }>["cause"];

/** Ends sessions at once, on every transport: what is deleted here no later call can use. */
export interface SessionControl {
  /** Ends every session of a user, save one; answers how many. */
  endSessionsOf(userId: string, cause: EndCause, exceptSessionId?: string): Promise<number>;
  /** Ends one session of a user; answers whether it was there. */
  endSession(userId: string, sessionId: string, cause: EndCause): Promise<boolean>;
  /** Ends every session of everybody. */
  endAll(cause: EndCause): Promise<void>;
  /** Whether a session or device may still listen; asking does not count as use. */
  isAlive(viewer: Viewer, clock: Clock): Promise<boolean>;
}

export function createSessionControl({ documents, bus }: { documents: DocumentPort; bus: EventBus }): SessionControl {
  const open = documents.collection(sessions);
  const accounts = documents.collection(users);
  const paired = documents.collection(devices);

  async function end(session: SessionDocument, cause: EndCause): Promise<boolean> {
    if ((await open.delete({ id: session.id })) === 0) return false;
    const { id: sessionId } = session;
    bus.publish({ type: "session.expired", sessionId, cause }, { sessionIds: [sessionId] });
    return true;
  }

  return {
    async endSessionsOf(userId, cause, exceptSessionId) {
      const found = (await open.find({ userId })).filter(({ id }) => id !== exceptSessionId);
      const ended = await Promise.all(found.map((session) => end(session, cause)));
      return ended.filter(Boolean).length;
    },
    async endSession(userId, sessionId, cause) {
      const session = await open.findOne({ id: sessionId, userId });
      return session !== null && (await end(session, cause));
    },
    async endAll(cause) {
      await Promise.all((await open.find({})).map((session) => end(session, cause)));
    },
    async isAlive(viewer, clock) {
      if (viewer.kind === "device") return (await paired.get(viewer.deviceId))?.status === "paired";
      const session = await open.get(viewer.sessionId);
      if (!session || isOver(session, clock.now())) return false;
      return (await accounts.get(session.userId))?.status === "active";
    },
  };
}
