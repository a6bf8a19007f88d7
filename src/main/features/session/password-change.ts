import { codes, sessions, type UserDocument, users } from "@main/data/documents/collections.ts";
import { hashesOfTypedCode } from "@main/platform/one-time-code.ts";
import { checkNewPassword } from "@main/platform/password-policy.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { sessionContract } from "@shared/contract/session.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import type { Attempts } from "./attempts.ts";
import { invalidCode } from "./invitation.ts";
import type { SessionDeps } from "./needs.ts";
import { storedUsername } from "./rules.ts";
import { wrongCredentials } from "./sign-in.ts";
import { clinicNames } from "./store.ts";

type Routes = typeof sessionContract;

/** Proving, changing and resetting a password. */
export function createPasswordChange({ graph, documents, audit, passwords, control }: SessionDeps, attempts: Attempts) {
  const accounts = documents.collection(users);
  const openSessions = documents.collection(sessions);
  const issued = documents.collection(codes);

  /** The signed-in account, once its password is proven; wrong ones count as they do at sign-in. */
  async function prove(password: string, field: string, context: RequestContext): Promise<UserDocument> {
    const { userId } = userOf(context);
    const user = await accounts.get(userId);
    if (user?.status !== "active") throw new AppError("unauthenticated", "Sign in first.");
    const right = await attempts.attempt(user.username, context.clock, () => passwords.verify(password, user.passwordHash));
    if (!right) throw wrongCredentials(field);
    return user;
  }

  async function hashNew(password: string, username: string): Promise<string> {
    checkNewPassword(password, [username, ...(await clinicNames(graph))], "newPassword");
    return passwords.hash(password);
  }

  return {
    async reauthenticate(
      { password }: Input<Routes["reauthenticate"]>,
      context: RequestContext,
    ): Promise<Output<Routes["reauthenticate"]>> {
      await prove(password, "password", context);
      const reauthenticatedAt = context.clock.now();
      const session = await openSessions.update(userOf(context).sessionId, { reauthenticatedAt });
      if (!session) throw new AppError("unauthenticated", "Sign in first.");
      return { reauthenticatedAt };
    },

    async change({ currentPassword, newPassword }: Input<Routes["changePassword"]>, context: RequestContext): Promise<void> {
      const user = await prove(currentPassword, "currentPassword", context);
      const passwordHash = await hashNew(newPassword, user.username);
      const changed = await accounts.update(user.id, { passwordHash, mustChangePassword: false }, { passwordHash: user.passwordHash });
      if (!changed) throw new AppError("changed-meanwhile", "The password has just been changed elsewhere.");
      await issued.delete({ kind: "password-reset", subjectId: user.id });
      await control.endSessionsOf(user.id, "password-changed", userOf(context).sessionId);
    },

    /** Leaves a note in the trail, where the administrator sees it. Does the same work whether or not the account exists. */
    async requestReset({ username }: Input<Routes["requestPasswordReset"]>, context: RequestContext): Promise<void> {
      const user = await accounts.findOne({ username: storedUsername(username) });
      await audit.append({
        phase: "event",
        requestId: context.requestId,
        action: "session.requestPasswordReset",
        actorId: null,
        actorName: null,
        roles: [],
        subject: user ? { userId: user.id } : {},
        outcome: user ? "asked" : "unknown-account",
        reason: null,
      });
    },

    /** The code is consumed before the password is set: it works once, whatever happens after. */
    async reset({ username, code, newPassword }: Input<Routes["resetPassword"]>, context: RequestContext): Promise<void> {
      const user = await accounts.findOne({ username: storedUsername(username) });
      const now = context.clock.now();
      const found = await issued.findOne({ kind: "password-reset", codeHash: { in: hashesOfTypedCode(code) }, expiresAt: { gt: now } });
      if (!found || user?.status !== "active" || found.subjectId !== user.id) throw invalidCode();
      const passwordHash = await hashNew(newPassword, user.username);
      if ((await issued.delete({ id: found.id })) === 0) throw invalidCode();
      const changed = await accounts.update(user.id, { passwordHash, mustChangePassword: false }, { status: "active" });
      if (!changed) throw invalidCode();
      await control.endSessionsOf(user.id, "password-changed");
      await attempts.forget(user.username);
    },
  };
}
