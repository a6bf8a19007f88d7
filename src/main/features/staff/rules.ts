import type { UserDocument } from "@main/data/documents/collections.ts";
import type { User } from "@shared/contract/staff.ts";
import { AppError } from "@shared/define.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { words } from "@shared/model/search-key.ts";
import type { z } from "zod";

export function userView(user: UserDocument): z.input<typeof User> {
  const { id, username, displayName, roles, externalId, status, locale, createdAt, lastSignInAt, version } = user;
  return { id, username, displayName, roles, externalId, status, locale, hasPhoto: user.photo !== null, createdAt, lastSignInAt, version };
}

/** True when every word asked for begins a word of the name or the user name, in any order and spelling of Arabic. */
export function matchesText(user: UserDocument, text: string): boolean {
  const have = words(`${user.displayName} ${user.username}`);
  return words(text).every((wanted) => have.some((word) => word.includes(wanted)));
}

export function isActiveAdmin(user: UserDocument): boolean {
  return user.status === "active" && user.roles.includes("admin");
}

/** Patients make their account themselves, with an invitation from the desk: the role cannot be given by hand. */
export function refusePatientRole(roles: readonly UserRole[], had: readonly UserRole[] = []): void {
  if (roles.includes("patient") && !had.includes("patient")) {
    throw new AppError("invalid-input", "A patient gets an account by an invitation from the desk.", { field: "roles" });
  }
}

/** The node an account may be linked to: a doctor's account to a Doctor, a patient's to a Patient. */
export function linkedLabel(externalId: string, roles: readonly UserRole[]): "Doctor" | "Patient" {
  if (/^D\d{6,12}$/.test(externalId) && roles.includes("doctor")) return "Doctor";
  if (/^P\d{6,12}$/.test(externalId) && roles.includes("patient")) return "Patient";
  throw new AppError("invalid-input", "A doctor's account is linked to a doctor, a patient's to a patient.", { field: "externalId" });
}
