import { AppError, type ErrorCode } from "@shared/define.ts";
import type { Viewer } from "../platform/request.ts";
import type { KnownRoute } from "./call.ts";

/** What the router writes to the trail; the audit store implements it. */
export interface AuditLine {
  phase: "intent" | "outcome" | "event";
  requestId: string;
  action: string;
  actorId: string | null;
  actorName: string | null;
  roles: string[];
  subject: Record<string, string>;
  outcome: string | null;
  reason: string | null;
}
export interface AuditSink {
  append(line: AuditLine): Promise<void>;
}

/** Refusals that are recorded even on routes that are not audited otherwise. */
const DENIALS: ReadonlySet<ErrorCode> = new Set(["forbidden", "reauthentication-required", "care-edge-required"]);
const SUBJECT_DEPTH = 2;
/** A subject names so many ids at most: a refused call's input is a stranger's, and of any size. */
const SUBJECT_IDS = 12;
const ID_NAME = /^[a-z][A-Za-z]{0,30}Id$/;
const ID = /^[A-Za-z0-9|_-]{1,64}$/;

/** True when a refusal of this route is written down as an event of its own. */
export function isRecordedDenial(route: KnownRoute, code: ErrorCode): boolean {
  return DENIALS.has(code) || (code === "unauthenticated" && route.policy?.audit === true);
}

/** The trail's line for one call of a route. */
export function auditLine(
  phase: AuditLine["phase"],
  call: { requestId: string; route: KnownRoute; viewer: Viewer | null; input: unknown; found: Readonly<Record<string, string>> },
  result: { outcome: string | null; output?: unknown },
): AuditLine {
  const actor = actorOf(call.viewer, result.output);
  return {
    phase,
    requestId: call.requestId,
    action: call.route.name,
    actorId: actor.id,
    actorName: actor.name,
    roles: actor.roles,
    subject: { ...subjectOf(call.input), ...call.found, ...resultIds(result.output) },
    outcome: result.outcome,
    reason: reasonOf(call.route, call.input),
  };
}

/** Writes the intent; when that is impossible the act does not happen. */
export async function recordIntent(audit: AuditSink, line: AuditLine): Promise<void> {
  try {
    await audit.append(line);
  } catch (cause) {
    throw new AppError(
      "store-unavailable",
      "The audit trail cannot be written, so nothing was done.",
      cause instanceof AppError ? cause.data : {},
    );
  }
}

function actorOf(viewer: Viewer | null, output: unknown): { id: string | null; name: string | null; roles: string[] } {
  if (viewer?.kind === "user") return { id: viewer.userId, name: viewer.displayName, roles: [...viewer.roles] };
  if (viewer?.kind === "device") return { id: viewer.deviceId, name: viewer.displayName, roles: [...viewer.roles] };
  // A sign-in names its actor only once it has succeeded.
  const user = fieldOf(output, "user");
  const id = fieldOf(user, "id");
  const name = fieldOf(user, "displayName");
  const roles = fieldOf(user, "roles");
  return {
    id: typeof id === "string" ? id : null,
    name: typeof name === "string" ? name : null,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
  };
}

/** Every string field whose name ends in `Id`, two levels deep. Values that do not look like an id stay out of the trail. */
function subjectOf(input: unknown): Record<string, string> {
  const subject: Record<string, string> = {};
  collectIds(input, subject, 0);
  return subject;
}

function collectIds(value: unknown, subject: Record<string, string>, depth: number): void {
  if (typeof value !== "object" || value === null || depth > SUBJECT_DEPTH) return;
  for (const [key, item] of Object.entries(value)) {
    if (Object.keys(subject).length === SUBJECT_IDS) return;
    if (typeof item !== "string") collectIds(item, subject, depth + 1);
    else if (ID_NAME.test(key) && ID.test(item)) subject[key] ??= item;
  }
}

function resultIds(output: unknown): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const key of ["id", "patientId"]) {
    const value = fieldOf(output, key);
    if (typeof value === "string" && ID.test(value)) ids[key] = value;
  }
  return ids;
}

/** What the caller had to say of why, where the route names the field. */
function reasonOf({ policy }: KnownRoute, input: unknown): string | null {
  if (!policy?.why) return null;
  const reason = policy.why.split(".").reduce(fieldOf, input);
  return typeof reason === "string" ? reason.slice(0, 500) : null;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
