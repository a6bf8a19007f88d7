import type { DeviceRole, UserRole } from "@shared/model/roles.ts";
import type { CollectionSpec } from "./port.ts";

const collection = <T extends { id: string }>(spec: CollectionSpec<T>): CollectionSpec<T> => spec;

/** A person's account. `externalId` joins it to the Doctor or Patient node. */
export interface UserDocument {
  id: string;
  username: string;
  displayName: string;
  /** bcrypt, cost 12 or more. */
  passwordHash: string;
  mustChangePassword: boolean;
  roles: UserRole[];
  externalId: string | null;
  /** PNG or JPEG data URL, at most 64 kB. */
  photo: string | null;
  locale: "en" | "ar";
  status: "active" | "deactivated";
  createdAt: string;
  lastSignInAt: string | null;
  version: number;
  sample: boolean;
}
export const users = collection<UserDocument>({ name: "users", unique: ["username", "externalId"], indexes: [["displayName"]] });

/** An open session. The token itself is never stored, only its SHA-256. */
export interface SessionDocument {
  id: string;
  tokenHash: string;
  userId: string;
  device: string;
  createdAt: string;
  lastSeenAt: string;
  /** Absolute end (8 h). The idle end is lastSeenAt + idleSeconds. */
  expiresAt: string;
  idleSeconds: number;
  reauthenticatedAt: string | null;
}
export const sessions = collection<SessionDocument>({
  name: "sessions",
  unique: ["tokenHash"],
  indexes: [["userId"]],
  expires: "expiresAt",
});

/** Failed sign-ins of a user name (its SHA-256): five are free, then the wait grows; never a permanent lock. */
export interface SignInFailureDocument {
  id: string;
  failures: number;
  lastFailureAt: string;
  /** No attempt is looked at before this instant. */
  waitUntil: string;
  /** When they no longer count. */
  expiresAt: string;
}
export const signInFailures = collection<SignInFailureDocument>({ name: "signInFailures", expires: "expiresAt" });

/** A one-time code: invitation of a patient, password reset, device pairing. Only the SHA-256 of the code is stored. */
export interface CodeDocument {
  id: string;
  kind: "invitation" | "password-reset" | "pairing";
  codeHash: string;
  /** PatientId, UserId or DeviceId. */
  subjectId: string;
  createdAt: string;
  expiresAt: string;
  failures: number;
}
export const codes = collection<CodeDocument>({
  name: "codes",
  unique: ["codeHash"],
  indexes: [["kind", "subjectId"]],
  expires: "expiresAt",
});

/** A kiosk or board. */
export interface DeviceDocument {
  id: string;
  name: string;
  role: DeviceRole;
  /** SHA-256 of its token, null until it is paired. */
  tokenHash: string | null;
  status: "waiting" | "paired" | "revoked";
  createdAt: string;
  pairedAt: string | null;
  lastSeenAt: string | null;
}
export const devices = collection<DeviceDocument>({ name: "devices", unique: ["tokenHash"] });

/** What a kiosk may do for the person before it, for two minutes. */
export interface KioskHandleDocument {
  id: string;
  handleHash: string;
  patientId: string;
  deviceId: string;
  expiresAt: string;
}
export const kioskHandles = collection<KioskHandleDocument>({ name: "kioskHandles", unique: ["handleHash"], expires: "expiresAt" });

/** The unfinished note of one user for one visit. */
export interface DraftDocument {
  id: string;
  encounterId: string;
  userId: string;
  sections: { complaint: string; examination: string; plan: string };
  revision: number;
  savedAt: string;
}
export const drafts = collection<DraftDocument>({ name: "drafts", indexes: [["encounterId"]] });

/** A chart opened without a care edge, with the reason. */
export interface BreakGlassDocument {
  id: string;
  userId: string;
  displayName: string;
  patientId: string;
  reason: string;
  at: string;
  expiresAt: string;
}
export const breakGlass = collection<BreakGlassDocument>({ name: "breakGlass", indexes: [["userId", "patientId"], ["at"]] });

/** Small facts of this installation: `sample` (seed, loadedAt). */
export interface SettingDocument {
  id: string;
  value: Record<string, string | number | boolean | null>;
}
export const settings = collection<SettingDocument>({ name: "settings" });

/** Every collection, for migrations and `clear()`. */
export const collections = [users, sessions, signInFailures, codes, devices, kioskHandles, drafts, breakGlass, settings] as const;
