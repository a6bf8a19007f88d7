import type { RequestContext } from "@main/platform/request.ts";
import type { sessionContract } from "@shared/contract/session.ts";
import type { Handlers } from "@shared/define.ts";
import { createAttempts } from "./attempts.ts";
import { createInvitation } from "./invitation.ts";
import { createMyAccount } from "./my-account.ts";
import type { SessionDeps } from "./needs.ts";
import { createPasswordChange } from "./password-change.ts";
import { createSignIn } from "./sign-in.ts";

export function sessionHandlers(deps: SessionDeps): Handlers<typeof sessionContract, RequestContext> {
  const attempts = createAttempts(deps.documents);
  const signIn = createSignIn(deps, attempts);
  const invitation = createInvitation(deps, signIn);
  const password = createPasswordChange(deps, attempts);
  const mine = createMyAccount(deps);
  const done = async (work: Promise<void>) => {
    await work;
    return {};
  };
  return {
    signIn: signIn.signIn,
    signOut: (_, context) => done(mine.signOut(context)),
    acceptInvitation: invitation.accept,
    whoAmI: (_, context) => mine.whoAmI(context),
    reauthenticate: password.reauthenticate,
    changePassword: (input, context) => done(password.change(input, context)),
    requestPasswordReset: (input, context) => done(password.requestReset(input, context)),
    resetPassword: (input, context) => done(password.reset(input, context)),
    setLocale: mine.setLocale,
    listMySessions: (_, context) => mine.listSessions(context),
    revokeSession: (input, context) => done(mine.revokeSession(input, context)),
  };
}
