import { z } from "zod";
import { query } from "../define.ts";
import { Instant } from "../model/time.ts";

export const AuditEntry = z.object({
  seq: z.int(),
  at: Instant,
  phase: z.enum(["intent", "outcome", "event"]),
  requestId: z.string(),
  action: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  roles: z.array(z.string()),
  /** Ids the act was about: patientId, doctorId, id of what was made. */
  subject: z.record(z.string(), z.string()),
  /** `ok` or an error code; null on an intent. */
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
});

export const reportsContract = {
  auditLog: query({
    summary: "The audit trail, newest first, filtered",
    allow: ["admin"],
    audit: true,
    input: z.object({
      from: Instant.optional(),
      to: Instant.optional(),
      action: z.string().max(100).optional(),
      actorId: z.string().max(60).optional(),
      patientId: z.string().max(20).optional(),
      outcome: z.string().max(40).optional(),
      before: z.int().min(1).optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.object({ items: z.array(AuditEntry), nextBefore: z.int().nullable() }),
  }),
  verifyAudit: query({
    summary: "Recompute the hash chain and compare it with the anchor outside the store",
    allow: ["admin"],
    audit: true,
    perMinute: 12,
    input: z.object({}),
    output: z.object({ ok: z.boolean(), checked: z.int(), firstBad: z.int().optional(), cause: z.string().optional() }),
  }),
  listBreakGlass: query({
    summary: "Charts opened by break-glass: who, whose, why, newest first",
    allow: ["admin"],
    audit: true,
    input: z.object({ limit: z.int().min(1).max(500).optional() }),
    output: z.object({
      items: z.array(
        z.object({
          at: Instant,
          userId: z.string(),
          displayName: z.string(),
          patientId: z.string(),
          reason: z.string(),
          expiresAt: Instant,
        }),
      ),
    }),
  }),
};
