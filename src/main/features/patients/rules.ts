import { AppError } from "@shared/define.ts";
import { digits, fold, idKey, searchKey, similarNames, sortKey, words } from "@shared/model/search-key.ts";
import type { Likeness, PatientRow } from "./store.ts";

export type DuplicateReason = "national-id" | "name-and-birth-date" | "similar-name-and-birth-date" | "phone-and-name";

/** Particulars as far as they are compared and searched. */
export interface Named {
  givenName: string;
  familyName: string;
  birthDate: string;
  phone?: string | null;
  nationalId?: string | null;
}

/** Nobody alive was born before; an earlier year is a slip. */
const EARLIEST_BIRTH = "1880-01-01";
const LIKELIEST_FIRST: DuplicateReason[] = ["national-id", "name-and-birth-date", "similar-name-and-birth-date", "phone-and-name"];

export function checkBirthDate(birthDate: string, today: string): void {
  if (birthDate > today) throw new AppError("invalid-input", "The birth date lies ahead.", { field: "birthDate" });
  if (birthDate < EARLIEST_BIRTH) throw new AppError("invalid-input", "The birth date is before 1880.", { field: "birthDate" });
}

/** The properties that duplicates are looked up by; null where there is nothing to compare. */
export function comparedBy(patient: Named): { birthDate: string; phoneKey: string | null; nationalKey: string | null } {
  return {
    birthDate: patient.birthDate,
    phoneKey: digits(patient.phone ?? "") || null,
    nationalKey: idKey(patient.nationalId ?? "") || null,
  };
}

/** Everything stored beside the particulars so that the patient is found. */
export function foundBy(patient: Named & { id: string }) {
  const { phoneKey, nationalKey } = comparedBy(patient);
  return { searchKey: searchKey(patient), sortKey: sortKey(patient), phoneKey, nationalKey };
}

/** Why these may be the same person; empty when nothing says so. */
export function reasonsForSame(wanted: Named, other: Likeness): DuplicateReason[] {
  const { phoneKey, nationalKey } = comparedBy(wanted);
  const bornTogether = wanted.birthDate === other.birthDate;
  const same = sameName(wanted, other);
  const similar = same || similarNames(fullName(wanted), fullName(other));
  const reasons: DuplicateReason[] = [];
  if (nationalKey !== null && nationalKey === other.nationalKey) reasons.push("national-id");
  if (bornTogether && same) reasons.push("name-and-birth-date");
  if (bornTogether && similar && !same) reasons.push("similar-name-and-birth-date");
  if (phoneKey !== null && phoneKey === other.phoneKey && similar) reasons.push("phone-and-name");
  return reasons;
}

/** Those who may be the same person, likeliest first. */
export function rankDuplicates(wanted: Named, others: readonly Likeness[]): { id: string; reasons: DuplicateReason[] }[] {
  return others
    .map((other) => ({ id: other.id, reasons: reasonsForSame(wanted, other) }))
    .filter((candidate) => candidate.reasons.length > 0)
    .sort((a, b) => weight(a.reasons) - weight(b.reasons) || (a.id < b.id ? -1 : 1));
}

const weight = (reasons: DuplicateReason[]) => LIKELIEST_FIRST.indexOf(reasons[0] ?? "phone-and-name") - reasons.length / 10;

/** Whether given and family name are the same letters after folding. */
export function sameName(a: { givenName: string; familyName: string }, b: { givenName: string; familyName: string }): boolean {
  return comparable(a.givenName) === comparable(b.givenName) && comparable(a.familyName) === comparable(b.familyName);
}

// A name of signs alone folds to nothing: then only the very same text is the same.
const comparable = (name: string) => fold(name) || name;
const fullName = ({ givenName, familyName }: { givenName: string; familyName: string }) =>
  words(`${givenName} ${familyName}`).length > 0 ? `${givenName} ${familyName}` : "";

/** What lists show of a patient. */
export function summaryOf({ id, givenName, familyName, birthDate, sex, phone, active }: PatientRow) {
  return { id, givenName, familyName, birthDate, sex, phone, active };
}
