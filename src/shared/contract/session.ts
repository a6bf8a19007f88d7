import { z } from "zod";
import { command, query } from "../define.ts";
import { SessionId, UserId } from "../model/ids.ts";
import { USER_ROLES } from "../model/roles.ts";
import { line } from "../model/text.ts";
import { Instant } from "../model/time.ts";

/** At least 12 characters, up to 256, any Unicode, no composition rules; a blocklist is checked by the service. */
export const NewPassword = z.string().min(12).max(256);
const Password = z.string().min(1).max(256);
export const Username = z
  .string()
  .max(64)
  .transform((text) => text.trim().normalize("NFC").toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u, "2 to 64 letters, digits, . _ @ -"));

export const SessionUser = z.object({
  id: UserId,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(USER_ROLES)),
  /** Id of the Doctor or Patient node this account is linked to. */
  externalId: z.string().nullable(),
  locale: z.enum(["en", "ar"]),
  mustChangePassword: z.boolean(),
});

const SignedIn = z.object({ token: z.string(), expiresAt: Instant, user: SessionUser });

export const sessionContract = {
  signIn: command({
    summary: "Open a session with user name and password",
    allow: "anyone",
    perMinute: 60,
    errors: ["wrong-credentials"],
    input: z.object({ username: z.string().max(200), password: Password, deviceName: line(80).optional() }),
    output: SignedIn,
  }),
  signOut: command({ summary: "Close this session", allow: "signed-in", input: z.object({}), output: z.object({}) }),
  acceptInvitation: command({
    summary: "A patient makes an account with the code from the desk and their birth date",
    allow: "anyone",
    perMinute: 10,
    errors: ["invalid-code", "username-taken"],
    input: z.object({ code: z.string().max(40), birthDate: z.string().max(10), username: Username, password: NewPassword }),
    output: SignedIn,
  }),
  whoAmI: query({
    summary: "Who is signed in, until when, and as of when re-authenticated",
    allow: "signed-in",
    input: z.object({}),
    output: z.object({
      user: SessionUser,
      session: z.object({
        id: SessionId,
        createdAt: Instant,
        lastSeenAt: Instant,
        expiresAt: Instant,
        /** Idle time in seconds after which the session ends and the window locks. */
        idleSeconds: z.int(),
        reauthenticatedAt: Instant.nullable(),
      }),
    }),
  }),
  reauthenticate: command({
    summary: "Prove the password again, for five minutes",
    allow: "signed-in",
    perMinute: 30,
    errors: ["wrong-credentials"],
    input: z.object({ password: Password }),
    output: z.object({ reauthenticatedAt: Instant }),
  }),
  changePassword: command({
    summary: "Change my password; my other sessions end",
    allow: "signed-in",
    perMinute: 10,
    errors: ["wrong-credentials"],
    input: z.object({ currentPassword: Password, newPassword: NewPassword }),
    output: z.object({}),
  }),
  requestPasswordReset: command({
    summary: "Ask for a reset code; answers the same whether or not the account exists",
    allow: "anyone",
    perMinute: 6,
    input: z.object({ username: z.string().max(200) }),
    output: z.object({}),
  }),
  resetPassword: command({
    summary: "Set a new password with a reset code from the administrator",
    allow: "anyone",
    perMinute: 10,
    errors: ["invalid-code"],
    input: z.object({ username: z.string().max(200), code: z.string().max(40), newPassword: NewPassword }),
    output: z.object({}),
  }),
  setLocale: command({
    summary: "Choose the language of my screens",
    allow: "signed-in",
    input: z.object({ locale: z.enum(["en", "ar"]) }),
    output: z.object({ locale: z.enum(["en", "ar"]) }),
  }),
  listMySessions: query({
    summary: "My open sessions, one a device",
    allow: "signed-in",
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({ id: SessionId, device: z.string(), createdAt: Instant, lastSeenAt: Instant, expiresAt: Instant, current: z.boolean() }),
      ),
    }),
  }),
  revokeSession: command({
    summary: "End one of my sessions",
    allow: "signed-in",
    input: z.object({ sessionId: SessionId }),
    output: z.object({}),
  }),
};
