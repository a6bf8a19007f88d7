import { sessions, users } from "@main/data/documents/collections.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { sessionContract } from "@shared/contract/session.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import type { SessionDeps } from "./needs.ts";
import { isOver, sessionUser } from "./rules.ts";

type Routes = typeof sessionContract;

/** What a signed-in person sees and changes of their own account and sessions. */
export function createMyAccount({ documents, control }: SessionDeps) {
  const accounts = documents.collection(users);
  const openSessions = documents.collection(sessions);
  const gone = () => new AppError("unauthenticated", "Sign in first.");

  return {
    async whoAmI(context: RequestContext): Promise<Output<Routes["whoAmI"]>> {
      const { userId, sessionId } = userOf(context);
      const [user, session] = await Promise.all([accounts.get(userId), openSessions.get(sessionId)]);
      if (!user || !session) throw gone();
      const { id, createdAt, lastSeenAt, expiresAt, idleSeconds, reauthenticatedAt } = session;
      return { user: sessionUser(user), session: { id, createdAt, lastSeenAt, expiresAt, idleSeconds, reauthenticatedAt } };
    },

    async setLocale({ locale }: Input<Routes["setLocale"]>, context: RequestContext): Promise<Output<Routes["setLocale"]>> {
      for (;;) {
        const user = await accounts.get(userOf(context).userId);
        if (!user) throw gone();
        if (await accounts.update(user.id, { locale, version: user.version + 1 }, { version: user.version })) return { locale };
      }
    },

    async listSessions(context: RequestContext): Promise<Output<Routes["listMySessions"]>> {
      const { userId, sessionId } = userOf(context);
      const now = context.clock.now();
      const open = (await openSessions.find({ userId })).filter((session) => !isOver(session, now));
      open.sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt) || b.createdAt.localeCompare(a.createdAt));
      return {
        items: open.map(({ id, device, createdAt, lastSeenAt, expiresAt }) => {
          return { id, device, createdAt, lastSeenAt, expiresAt, current: id === sessionId };
        }),
      };
    },

    async revokeSession({ sessionId }: Input<Routes["revokeSession"]>, context: RequestContext): Promise<void> {
      const ended = await control.endSession(userOf(context).userId, sessionId, "revoked");
      if (!ended) throw new AppError("not-found", "There is no such session.", { field: "sessionId" });
    },

    async signOut(context: RequestContext): Promise<void> {
      const { userId, sessionId } = userOf(context);
      await control.endSession(userId, sessionId, "signed-out");
    },
  };
}
