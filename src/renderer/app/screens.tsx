import { STAFF_ROLES, type UserRole } from "@shared/model/roles.ts";
import {
  IconBuildingHospital,
  IconCalendarEvent,
  IconHistory,
  IconLayoutColumns,
  IconMessage,
  IconServer,
  IconTerminal2,
  IconUserCog,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

export interface ScreenLine {
  path: string;
  /** The module under features/, with a named export `Screen`. Fetched when the screen is first opened. */
  file: string;
  /** Roles that may open it; `anyone` needs no session, `signed-in` any. */
  roles: readonly UserRole[] | "anyone" | "signed-in";
  /** `shell` stands inside bar and rail, `front` under a bar with language and look (before sign-in), `bare` draws its own frame. */
  frame: "shell" | "front" | "bare";
  /** Its entry on the rail, for those who may open it. */
  rail?: { word: RailWord; icon: ComponentType<{ size?: number; "aria-hidden"?: "true" }> };
}

export type RailWord =
  | "today"
  | "patients"
  | "messages"
  | "research"
  | "board"
  | "clinic"
  | "people"
  | "audit"
  | "system"
  | "account"
  | "home";

/** Every screen, one line each; the order is the order on the rail. */
export const SCREENS: readonly ScreenLine[] = [
  { path: "/setup", file: "setup/setup-screen", roles: "anyone", frame: "front" },
  { path: "/sign-in", file: "session/sign-in-screen", roles: "anyone", frame: "front" },
  { path: "/invitation", file: "session/invitation-screen", roles: "anyone", frame: "front" },
  { path: "/reset", file: "session/reset-screen", roles: "anyone", frame: "front" },
  { path: "/kiosk", file: "kiosk/kiosk-screen", roles: "anyone", frame: "bare" },
  { path: "/portal", file: "portal/portal-screen", roles: ["patient"], frame: "bare" },
  {
    path: "/today",
    file: "encounters/today-screen",
    roles: ["doctor", "nurse"],
    frame: "shell",
    rail: { word: "today", icon: IconCalendarEvent },
  },
  { path: "/desk", file: "scheduling/desk-screen", roles: ["reception"], frame: "shell", rail: { word: "board", icon: IconLayoutColumns } },
  {
    path: "/patients",
    file: "patients/patients-screen",
    roles: ["reception", "doctor", "nurse"],
    frame: "shell",
    rail: { word: "patients", icon: IconUsers },
  },
  {
    path: "/messages",
    file: "messaging/messages-screen",
    roles: STAFF_ROLES,
    frame: "shell",
    rail: { word: "messages", icon: IconMessage },
  },
  {
    path: "/research",
    file: "research/research-screen",
    roles: ["researcher"],
    frame: "shell",
    rail: { word: "research", icon: IconTerminal2 },
  },
  {
    path: "/admin/clinic",
    file: "clinic/clinic-screen",
    roles: ["admin"],
    frame: "shell",
    rail: { word: "clinic", icon: IconBuildingHospital },
  },
  { path: "/admin/people", file: "staff/people-screen", roles: ["admin"], frame: "shell", rail: { word: "people", icon: IconUserCog } },
  { path: "/admin/audit", file: "reports/audit-screen", roles: ["admin"], frame: "shell", rail: { word: "audit", icon: IconHistory } },
  { path: "/admin/system", file: "system/system-screen", roles: ["admin"], frame: "shell", rail: { word: "system", icon: IconServer } },
  { path: "/admin/system/stores", file: "system/stores-screen", roles: ["admin"], frame: "shell" },
  { path: "/account", file: "session/account-screen", roles: "signed-in", frame: "shell" },
];

const HOMES: readonly [UserRole, string][] = [
  ["doctor", "/today"],
  ["nurse", "/today"],
  ["reception", "/desk"],
  ["admin", "/admin/clinic"],
  ["researcher", "/research"],
  ["patient", "/portal"],
];

/** The first screen of someone with these roles; whoever has no work list of their own gets their account. */
export function homeOf(roles: readonly string[]): string {
  return HOMES.find(([role]) => roles.includes(role))?.[1] ?? "/account";
}

/** Whether someone with these roles may open the screen. The host decides anyway; this only spares a dead end. */
export function mayOpen(screen: ScreenLine, roles: readonly string[] | null): boolean {
  if (screen.roles === "anyone") return true;
  if (!roles) return false;
  return screen.roles === "signed-in" || screen.roles.some((role) => roles.includes(role));
}
