import { z } from "zod";
import { stream } from "../define.ts";
import { Day, Instant } from "../model/time.ts";

/** What has happened, as told to those who may read it. Payloads carry ids, never names. */
export const AppEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("scheduling.dayChanged"), day: Day, doctorId: z.string(), patientId: z.string(), appointmentId: z.string() }),
  z.object({
    type: z.literal("session.expired"),
    sessionId: z.string(),
    cause: z.enum(["revoked", "roles-changed", "deactivated", "password-changed", "expired", "signed-out"]),
  }),
  /** The workstation sleeps or its user locked it: the window locks. */
  z.object({ type: z.literal("session.lockRequested") }),
  z.object({ type: z.literal("system.storeLost"), store: z.enum(["graph", "documents"]) }),
  /** There is little room on the disk of the data, too little to write, or enough again. */
  z.object({ type: z.literal("system.diskChanged"), state: z.enum(["ok", "low", "read-only"]) }),
  z.object({ type: z.literal("system.storeRestored"), store: z.enum(["graph", "documents"]) }),
  z.object({ type: z.literal("messaging.messageSent"), conversationId: z.string(), messageId: z.string(), seq: z.int() }),
  z.object({ type: z.literal("messaging.messageWithdrawn"), conversationId: z.string(), messageId: z.string() }),
  /** Somebody has read up to a number, or counts from it as unread again. */
  z.object({ type: z.literal("messaging.read"), conversationId: z.string(), userId: z.string(), seq: z.int() }),
  z.object({ type: z.literal("notifications.added"), notificationId: z.string(), kind: z.string(), subjectId: z.string() }),
  z.object({ type: z.literal("files.progress"), uploadId: z.string(), received: z.int(), total: z.int() }),
  /** A patient's files have changed: one was added, linked, voided or purged. */
  z.object({ type: z.literal("files.changed"), patientId: z.string(), fileId: z.string() }),
  z.object({ type: z.literal("setup.changed"), state: z.enum(["empty", "ready"]) }),
]);
export type AppEvent = z.infer<typeof AppEvent>;

/** A numbered event. `resync` says that the numbers asked for are no longer kept: read everything anew. */
export const NumberedEvent = z.object({ seq: z.int(), at: Instant, event: AppEvent.nullable(), resync: z.boolean() });
export type NumberedEvent = z.infer<typeof NumberedEvent>;

export const eventsContract = {
  subscribe: stream({
    summary: "Events from now on, or from the number after `after`",
    allow: "signed-in",
    input: z.object({ after: z.int().min(0).optional() }),
    output: NumberedEvent,
  }),
};
