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

/** An upload on its way, and, once it is filed, the memory that its key has been used. Its bytes lie in the blob store under the same id. */
export interface UploadDocument {
  id: string;
  /** `<userId>|<key>` of the command that began it. */
  key: string;
  userId: string;
  sessionId: string;
  patientId: string;
  filename: string;
  filesize: number;
  description: string | null;
  observationId: string | null;
  /** `sealed`: complete and checked, about to be filed in the graph; a start finishes what a crash left sealed. */
  state: "receiving" | "sealed" | "filed";
  sha256: string | null;
  filetype: string | null;
  width: number | null;
  height: number | null;
  fileId: string | null;
  /** The workstation that took its bytes last: what another one remembers of them is out of date. */
  host?: string;
  createdAt: string;
  /** When what was not finished is given up; a filed one is remembered as long. */
  expiresAt: string;
}
// No `expires` sweep: bytes must go before the document does, and the files feature removes both.
export const uploads = collection<UploadDocument>({ name: "uploads", unique: ["key"], indexes: [["state"], ["expiresAt"]] });

/** A conversation of two people. Unread = seq − what the viewer has read: it cannot drift. */
export interface ConversationDocument {
  id: string;
  /** The two user ids in order, joined with `|`. */
  pair: string;
  userA: string;
  userB: string;
  /** Number of the newest message. */
  seq: number;
  /** How far each has read. */
  readA: number;
  readB: number;
  lastActivityAt: string;
  createdAt: string;
}
export const conversations = collection<ConversationDocument>({ name: "conversations", unique: ["pair"], indexes: [["userA"], ["userB"]] });

/** One message. Its place in the order is the unique `place`: a number is given once. */
export interface MessageDocument {
  id: string;
  conversationId: string;
  seq: number;
  /** `<conversationId>|<seq>`. */
  place: string;
  senderId: string;
  /** `<senderId>|<clientId>`: a retry finds the first. */
  key: string;
  kind: "text" | "image";
  text: string | null;
  /** The text folded for search; null without one. */
  searchKey: string | null;
  /** The picture's bytes lie in the blob store under `blobId`; the thumbnail is a JPEG data URL. */
  image: { blobId: string; width: number; height: number; bytes: number; thumbnail: string } | null;
  /** SHA-256 of what was sent, so that a retry is told from something else under the same mark; null once withdrawn. */
  digest: string | null;
  sentAt: string;
  withdrawnAt: string | null;
  fileId: string | null;
}
export const messages = collection<MessageDocument>({
  name: "messages",
  unique: ["place", "key"],
  indexes: [["conversationId", "seq"], ["fileId"]],
});

/** What somebody was told of; what is unread of one subject is one notification that counts. */
export interface NotificationDocument {
  id: string;
  userId: string;
  kind: "message" | "file-added";
  subjectId: string;
  /** `<userId>|<kind>|<subjectId>` while unread, null afterwards: unique. */
  open: string | null;
  count: number;
  at: string;
  readAt: string | null;
  expiresAt: string;
}
export const notifications = collection<NotificationDocument>({
  name: "notifications",
  unique: ["open"],
  indexes: [["userId", "at"]],
  expires: "expiresAt",
});

/** What somebody wants to be told of; the id is the user's. */
export interface NotificationPreferenceDocument {
  id: string;
  muted: ("message" | "file-added")[];
  system: boolean;
}
export const notificationPreferences = collection<NotificationPreferenceDocument>({ name: "notificationPreferences" });

/** A research query somebody saved. */
export interface SavedQueryDocument {
  id: string;
  ownerId: string;
  name: string;
  /** `<ownerId>|<name in small letters>`: a name is given once an owner. */
  nameKey: string;
  description: string;
  cypher: string;
  /** JSON text. */
  parameters: string;
  shared: boolean;
  updatedAt: string;
  version: number;
}
export const savedQueries = collection<SavedQueryDocument>({
  name: "savedQueries",
  unique: ["nameKey"],
  indexes: [["ownerId"], ["shared"]],
});

/** One run of a research query, also a refused one. `parameters` is JSON text. */
export interface QueryRunDocument {
  id: string;
  userId: string;
  cypher: string;
  parameters: string;
  at: string;
  outcome: "ok" | "refused" | "failed" | "cancelled";
  code: string | null;
  construct: string | null;
  rows: number | null;
  durationMs: number | null;
}
export const queryRuns = collection<QueryRunDocument>({ name: "queryRuns", indexes: [["userId", "at"]] });

/** A researcher who may see identities; the id is the user's. */
export interface ResearchGrantDocument {
  id: string;
  /** Id of the administrator. */
  grantedBy: string;
  reason: string;
  grantedAt: string;
  expiresAt: string;
}
export const researchGrants = collection<ResearchGrantDocument>({ name: "researchGrants", expires: "expiresAt" });

/** Small facts of this installation: `sample` (seed, loadedAt). */
export interface SettingDocument {
  id: string;
  value: Record<string, string | number | boolean | null>;
}
export const settings = collection<SettingDocument>({ name: "settings" });

/** Every collection, for migrations and `clear()`. */
export const collections = [
  ...[users, sessions, signInFailures, codes, devices, kioskHandles, drafts, breakGlass, settings],
  ...[uploads, conversations, messages, notifications, notificationPreferences, savedQueries, queryRuns, researchGrants],
] as const;
