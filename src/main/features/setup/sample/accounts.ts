import type { UserDocument } from "@main/data/documents/collections.ts";
import type { UserViewer } from "@main/platform/request.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { ACCOUNTS, DOCTORS } from "./cast.ts";

/** The sample's accounts: those the sign-in screen names, and the other doctors whose visits the history tells. */
export function sampleAccounts(uuid: () => string, passwordHash: string, at: string): UserDocument[] {
  const account = (username: string, displayName: string, roles: UserRole[]): UserDocument => ({
    ...{ id: uuid(), username, displayName, roles, passwordHash, mustChangePassword: false, externalId: null, photo: null },
    ...{ locale: "en", status: "active", createdAt: at, lastSignInAt: null, version: 1, sample: true },
  });
  const named = ACCOUNTS.map(({ username, displayName, role }) => account(username, displayName, [role]));
  const doctors = DOCTORS.slice(1).map(({ username, name }) => account(username, name, ["doctor"]));
  return [...named, ...doctors];
}

/** The account of one of the sample's patients. */
export function patientAccount(
  { uuid, passwordHash, since }: { uuid(): string; passwordHash: string; since: string },
  { username, displayName, externalId }: { username: string; displayName: string; externalId: string },
): UserDocument {
  return {
    ...{ id: uuid(), username, displayName, roles: ["patient"], passwordHash, mustChangePassword: false, externalId, photo: null },
    ...{ locale: "en", status: "active", createdAt: since, lastSignInAt: null, version: 1, sample: true },
  };
}

/** The account as the one who acts in a call from within; it has no session. */
export function viewerOf({ id: userId, username, displayName, roles, externalId }: UserDocument): UserViewer {
  return { kind: "user", userId, sessionId: "sample", username, displayName, roles, externalId, reauthenticatedAt: null };
}
