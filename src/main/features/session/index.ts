import type { RequestContext } from "@main/platform/request.ts";
import type { sessionContract } from "@shared/contract/session.ts";
import type { Handlers } from "@shared/define.ts";
import { sessionHandlers } from "./handlers.ts";
import type { SessionDeps } from "./needs.ts";

/** The session feature: signing in and out, invitations, passwords, and the sessions of one person. */
export function createSession(deps: SessionDeps): Handlers<typeof sessionContract, RequestContext> {
  return sessionHandlers(deps);
}

export { type Authenticator, createAuthenticator } from "./authenticator.ts";
export { createSessionControl, type EndCause, type SessionControl } from "./session-control.ts";
