import type { Params } from "@main/data/graph/port.ts";
import { AppError } from "@shared/define.ts";

/** A usual visit where nobody said otherwise. */
export const USUAL_SLOT_MINUTES = 20;

/** What was given, without what was left out: `null` clears a property, `undefined` keeps it. */
export function given(changes: Record<string, Params[string] | undefined>): Params {
  return Object.fromEntries(Object.entries(changes).filter((entry): entry is [string, Params[string]] => entry[1] !== undefined));
}

/** The node that was named, as it was read; otherwise `not-found` (naming the field) or `changed-meanwhile`. */
export function atVersion<T extends { version: number }>(found: T | null, version: number, field?: string): T {
  if (!found) throw new AppError("not-found", "There is no such entry.", { field });
  unchanged(found.version === version);
  return found;
}

/** The version that was read is still the current one. */
export function unchanged(current: boolean): void {
  if (!current) throw new AppError("changed-meanwhile", "Someone changed it meanwhile: read it again.", { field: "version" });
}

/** The department that is to take a doctor in: it exists and is active. */
export function openDepartment<T extends { active: boolean }>(found: T | null): T {
  if (!found) throw new AppError("not-found", "There is no such department.", { field: "departmentId" });
  if (!found.active) throw new AppError("conflict", "The department is not active.", { field: "departmentId" });
  return found;
}

/** Deactivating is refused while something still depends on the node. */
export function refuseWhile(dependents: number, message: string): void {
  if (dependents > 0) throw new AppError("conflict", message, { field: "active" });
}

/** An appointment's day and check-in code are those of the zone it was booked in: another zone would leave them on the wrong day. */
export function refuseMoved(coming: number): void {
  if (coming > 0) throw new AppError("conflict", "Appointments are to come: the time zone must stay.", { field: "timeZone" });
}

/** What has just been written is there; anything else is a fault of ours. */
export function written<T>(row: T | null): T {
  if (row === null) throw new AppError("internal", "What was just written cannot be read.");
  return row;
}
