import { z } from "zod";
import { command, query } from "../define.ts";
import { UserId } from "../model/ids.ts";
import { STAFF_ROLES, USER_ROLES } from "../model/roles.ts";
import { line, Version } from "../model/text.ts";
import { Instant } from "../model/time.ts";
import { NewPassword, Username } from "./session.ts";
import { Locale } from "./setup.ts";

export const User = z.object({
  id: UserId,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(USER_ROLES)),
  externalId: z.string().nullable(),
  status: z.enum(["active", "deactivated"]),
  locale: Locale,
  hasPhoto: z.boolean(),
  createdAt: Instant,
  lastSignInAt: Instant.nullable(),
  version: Version,
});
const Roles = z
  .array(z.enum(USER_ROLES))
  .min(1)
  .max(USER_ROLES.length)
  .transform((roles) => [...new Set(roles)]);

export const staffContract = {
  listUsers: query({
    summary: "Accounts by name, filtered by role, status and text",
    allow: ["admin"],
    input: z.object({
      text: z.string().max(100).optional(),
      role: z.enum(USER_ROLES).optional(),
      status: z.enum(["active", "deactivated"]).optional(),
      page: z.int().min(1).max(100_000).optional(),
      pageSize: z.int().min(1).max(200).optional(),
    }),
    output: z.object({ items: z.array(User), total: z.int() }),
  }),
  createUser: command({
    summary: "Create a staff account with a first password that must be changed",
    allow: ["admin"],
    errors: ["username-taken"],
    input: z.object({
      username: Username,
      displayName: line(120),
      roles: Roles,
      password: NewPassword,
      externalId: z.string().max(20).nullable().optional(),
      locale: Locale.optional(),
    }),
    output: User,
  }),
  updateUser: command({
    summary: "Change an account's display name or language",
    allow: ["admin"],
    input: z.object({ userId: UserId, version: Version, displayName: line(120).optional(), locale: Locale.optional() }),
    output: User,
  }),
  setRoles: command({
    summary: "Set an account's roles; its sessions end",
    allow: ["admin"],
    fresh: true,
    input: z.object({ userId: UserId, version: Version, roles: Roles }),
    output: User,
  }),
  deactivateUser: command({
    summary: "Deactivate or reactivate an account; its sessions end",
    allow: ["admin"],
    fresh: true,
    input: z.object({ userId: UserId, version: Version, active: z.boolean().optional() }),
    output: User,
  }),
  resetUserPassword: command({
    summary: "Give a one-time reset code for an account, good for 24 hours",
    allow: ["admin"],
    fresh: true,
    input: z.object({ userId: UserId }),
    output: z.object({ code: z.string(), expiresAt: Instant }),
  }),
  linkUser: command({
    summary: "Link an account to its Doctor or Patient node, or unlink it",
    allow: ["admin"],
    input: z.object({ userId: UserId, version: Version, externalId: z.string().max(20).nullable() }),
    output: User,
  }),
  searchUsers: query({
    summary: "Find active staff by part of a name",
    allow: STAFF_ROLES,
    input: z.object({ text: z.string().max(100), limit: z.int().min(1).max(50).optional() }),
    output: z.object({ items: z.array(z.object({ id: UserId, displayName: z.string(), roles: z.array(z.enum(USER_ROLES)) })) }),
  }),
  setProfileImage: command({
    summary: "Set or remove my picture: a PNG or JPEG data URL of at most 64 kB",
    allow: "signed-in",
    input: z.object({ image: z.string().max(90_000).nullable() }),
    output: z.object({ hasPhoto: z.boolean() }),
  }),
};
