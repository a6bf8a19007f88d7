import type { RouteOutput } from "@renderer/lib/api.ts";

export type DayAppointment = RouteOutput<"scheduling", "listDay">["items"][number];
export type Chart = RouteOutput<"patients", "getChart">;
export type Patient = Chart["patient"];
export type Allergy = Chart["allergies"][number];
export type Condition = Chart["conditions"][number];
export type VisitSummary = Chart["encounters"][number];
export type Observation = Chart["observations"][number];
export type Visit = RouteOutput<"encounters", "getEncounter">;
export type Note = Visit["notes"][number];
export type Sections = Note["sections"];

export const SECTIONS = ["complaint", "examination", "plan"] as const;
export const EMPTY: Sections = { complaint: "", examination: "", plan: "" };
