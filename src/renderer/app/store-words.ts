import { usePath } from "@renderer/lib/navigation.ts";
import type { Store } from "./connection-store.ts";

/** What a screen is about, as far as it matters which store is away. */
export type Area = "care" | "kiosk" | "messages" | "research" | "clinic" | "people" | "audit" | "system" | "account" | "front";

const AREAS: readonly [prefix: string, area: Area][] = [
  ["/today", "care"],
  ["/desk", "care"],
  ["/patients", "care"],
  ["/portal", "care"],
  ["/kiosk", "kiosk"],
  ["/messages", "messages"],
  ["/research", "research"],
  ["/admin/clinic", "clinic"],
  ["/admin/people", "people"],
  ["/admin/audit", "audit"],
  ["/admin/system", "system"],
  ["/account", "account"],
];

export function areaOf(path: string): Area {
  return AREAS.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? "front";
}

// Everything that these screens write goes to the records.
const WRITES_RECORDS: readonly Area[] = ["care", "kiosk", "clinic"];

/**
 * Whether nothing that the screen writes can be written: every command is recorded in the audit trail among the documents, and care and
 * the clinic's own settings are records.
 */
export function isHeld(area: Area, away: readonly Store[]): boolean {
  return away.includes("documents") || (away.includes("graph") && WRITES_RECORDS.includes(area));
}

export function useArea(): Area {
  return areaOf(usePath());
}
