import { DOCTORS, type Field } from "./cast.ts";
import { FAMILY_NAMES, GIVEN_NAMES, REGIONS, STREETS } from "./names.ts";
import { ALLERGIES, CHRONIC } from "./problems.ts";
import type { Random } from "./random.ts";

export interface PlannedPatient {
  particulars: {
    givenName: string;
    familyName: string;
    birthDate: string;
    sex: "female" | "male";
    phone: string;
    email: string | null;
    nationalId: string;
    region: string;
    address: string;
  };
  age: number;
  chronic: readonly string[];
  /** Null: nobody has asked. Empty: none known. */
  allergies: readonly (typeof ALLERGIES)[number][] | null;
  /** Index of the doctor this patient usually sees. */
  doctor: number;
}

const ARABIC_LETTERS = 0.35;
const AGES = [
  // From two years: born before the clinic opened its books.
  { weight: 8, low: 2, high: 4 },
  { weight: 16, low: 5, high: 14 },
  { weight: 14, low: 15, high: 29 },
  { weight: 22, low: 30, high: 44 },
  { weight: 22, low: 45, high: 59 },
  { weight: 14, low: 60, high: 74 },
  { weight: 4, low: 75, high: 92 },
];

/** Invents the patients; the first is Layla Haddad, whose account is `patient`. */
export function planPatients(random: Random, count: number, today: string): PlannedPatient[] {
  const others = Array.from({ length: count - 1 }, (_, index) => planPatient(random, index + 1, today));
  return [layla(today), ...others];
}

function planPatient(random: Random, index: number, today: string): PlannedPatient {
  const sex = random.chance(0.53) ? "female" : "male";
  const band = random.weighted(AGES);
  const birthDate = birthDay(random, random.int(band.low, band.high), today);
  const age = ageOn(birthDate, today);
  const letters = random.chance(ARABIC_LETTERS) ? 1 : 0;
  const given = random.pick(GIVEN_NAMES[sex]);
  const family = random.pick(FAMILY_NAMES);
  const chronic = CHRONIC.filter(({ from, share }) => age >= from && random.chance(share)).map(({ code }) => code);
  const mail = `${given[0]}.${family[0]}${index}@example.org`.toLowerCase().replaceAll(" ", "");
  return {
    particulars: {
      givenName: given[letters],
      familyName: family[letters],
      birthDate,
      sex,
      // Index in the digits: no two patients share a telephone number or a national id.
      phone: `079${String(1_000_000 + index * 89 + random.int(0, 88)).slice(-7)}`,
      email: age >= 18 && random.chance(0.5) ? mail : null,
      nationalId: `${birthDate.slice(2, 4)}${String(10_000_000 + index).slice(1)}${random.int(0, 9)}`,
      region: random.pick(REGIONS),
      address: `${random.int(1, 140)} ${random.pick(STREETS)}`,
    },
    age,
    chronic,
    allergies: planAllergies(random),
    doctor: usualDoctor(random, age, chronic),
  };
}

function planAllergies(random: Random): PlannedPatient["allergies"] {
  if (random.chance(0.22)) return null;
  if (random.chance(0.72)) return [];
  return random.shuffled(ALLERGIES).slice(0, random.chance(0.25) ? 2 : 1);
}

function usualDoctor(random: Random, age: number, chronic: readonly string[]): number {
  const heart = chronic.some((code) => code.startsWith("I") || code === "E78.5") && random.chance(0.5);
  return random.pick(doctorsOf(age < 15 ? "children" : heart ? "heart" : "family"));
}

export function doctorsOf(field: Field): number[] {
  return DOCTORS.flatMap((doctor, index) => (doctor.field === field ? [index] : []));
}

function layla(today: string): PlannedPatient {
  const birthDate = "1980-03-14";
  return {
    particulars: {
      ...{ givenName: "Layla", familyName: "Haddad", birthDate, sex: "female", phone: "0790000042", email: "layla.haddad@example.org" },
      ...{ nationalId: "9801000042", region: "Amman", address: "12 Cedar Street" },
    },
    age: ageOn(birthDate, today),
    chronic: ["J45.909", "E11.9"],
    allergies: ALLERGIES.filter(({ substance }) => substance === "Penicillin G" || substance === "Ibuprofen"),
    doctor: 0,
  };
}

function birthDay(random: Random, age: number, today: string): string {
  const days = age * 365.25 + random.int(20, 360);
  return new Date(Date.parse(`${today}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
