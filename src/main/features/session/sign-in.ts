import { sessions, type UserDocument, users } from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { sessionContract } from "@shared/contract/session.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import type { Attempts } from "./attempts.ts";
import type { SessionDeps } from "./needs.ts";
import { ABSOLUTE_SECONDS, describeDevice, IDLE_SECONDS, sessionUser, storedUsername } from "./rules.ts";

type SignedIn = Output<typeof sessionContract.signIn>;

export interface SignIn {
  /** Opens a session, or throws `wrong-credentials`: the same for a wrong password, an unknown name and a deactivated account. */
  signIn(input: Input<typeof sessionContract.signIn>, context: RequestContext): Promise<SignedIn>;
  /** Opens a session for an account whose proof has just been checked against `user`. */
  open(user: UserDocument, device: string, context: RequestContext): Promise<SignedIn>;
}

export function wrongCredentials(field?: string): AppError {
  return new AppError("wrong-credentials", "The user name or the password is wrong.", field ? { field } : {});
}

export function createSignIn({ documents, passwords, ids }: SessionDeps, attempts: Attempts): SignIn {
  const accounts = documents.collection(users);
  const openSessions = documents.collection(sessions);

  async function open(user: UserDocument, device: string, context: RequestContext): Promise<SignedIn> {
    const now = context.clock.now();
    const token = ids.token();
    const expiresAt = shift(now, ABSOLUTE_SECONDS);
    const session = { id: ids.uuid(), tokenHash: sha256(token), userId: user.id, device, createdAt: now, lastSeenAt: now, expiresAt };
    await openSessions.insert({ ...session, idleSeconds: IDLE_SECONDS, reauthenticatedAt: null });
    // A password changed or an account deactivated since the proof was checked ended the sessions there were, not this one.
    const current = await accounts.update(user.id, { lastSignInAt: now }, { status: "active", passwordHash: user.passwordHash });
    if (!current) {
      await openSessions.delete({ id: session.id });
      throw wrongCredentials();
    }
    return { token, expiresAt, user: sessionUser(current) };
  }

  return {
    open,
    async signIn({ username, password, deviceName }, context) {
      const name = storedUsername(username);
      const user = await accounts.findOne({ username: name });
      if (user) context.about({ userId: user.id });
      const usable = user?.status === "active" ? user : null;
      const right = await attempts.attempt(name, context.clock, () => passwords.verify(password, usable?.passwordHash ?? null));
      if (!right || !usable) throw wrongCredentials();
      return open(usable, deviceName ?? describeDevice(context.origin), context);
    },
  };
}
