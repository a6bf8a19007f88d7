import { AppError, type Policy } from "@shared/define.ts";
import { hasRole, type Viewer } from "../platform/request.ts";

/** How long a re-authentication counts as fresh. */
export const FRESH_MS = 5 * 60_000;

/**
 * Lets the viewer through to a route or throws `unauthenticated`, `forbidden`, `password-change-required` or `reauthentication-required`. Denies by
 * default: a route without a policy is for nobody, and a device passes only where its own role is named.
 */
export function admit(policy: Policy | undefined, viewer: Viewer | null, now: string): void {
  if (!policy) throw new AppError("forbidden", "This is not for your role.");
  if (policy.allow !== "anyone") {
    if (!viewer) throw new AppError("unauthenticated", "Sign in first.");
    const allowed = policy.allow === "signed-in" ? viewer.kind === "user" : hasRole(viewer, ...policy.allow);
    if (!allowed) throw new AppError("forbidden", "This is not for your role.");
    if (policy.allow !== "signed-in" && viewer.kind === "user" && viewer.mustChangePassword) {
      throw new AppError("password-change-required", "Choose a password of your own first.");
    }
  }
  if (policy.fresh && !isFresh(viewer, now)) {
    throw new AppError("reauthentication-required", "Prove your password again.");
  }
}

function isFresh(viewer: Viewer | null, now: string): boolean {
  if (viewer?.kind !== "user" || viewer.reauthenticatedAt === null) return false;
  const age = Date.parse(now) - Date.parse(viewer.reauthenticatedAt);
  return age >= 0 && age <= FRESH_MS;
}
