import { z } from "zod";
import { command, query } from "../define.ts";
import { NotificationId } from "../model/ids.ts";
import { Instant } from "../model/time.ts";

/** What somebody can be told of. */
export const NotificationKind = z.enum(["message", "file-added"]);

export const Notification = z.object({
  id: NotificationId,
  kind: NotificationKind,
  /** What it is about: a conversation, a file. Never a name or a text. */
  subjectId: z.string(),
  /** How many times it happened since it was last read. */
  count: z.int(),
  at: Instant,
  readAt: Instant.nullable(),
});

export const NotificationPreferences = z.object({
  /** Kinds that are not told at all. */
  muted: z.array(NotificationKind).max(NotificationKind.options.length),
  /** Show a notice of the operating system, without content, while the window is not in front. */
  system: z.boolean(),
});

export const notificationsContract = {
  list: query({
    summary: "What I was told of, newest first",
    allow: "signed-in",
    input: z.object({ unreadOnly: z.boolean().optional(), before: Instant.optional(), limit: z.int().min(1).max(100).optional() }),
    output: z.object({ items: z.array(Notification), unread: z.int() }),
  }),
  markRead: command({
    summary: "I have seen these, or all",
    allow: "signed-in",
    input: z.object({ ids: z.array(NotificationId).max(100).optional() }),
    output: z.object({ unread: z.int() }),
  }),
  getPreferences: query({
    summary: "What I want to be told of, and how",
    allow: "signed-in",
    input: z.object({}),
    output: NotificationPreferences,
  }),
  setPreferences: command({
    summary: "Choose what I am told of, and how",
    allow: "signed-in",
    input: NotificationPreferences,
    output: NotificationPreferences,
  }),
};
