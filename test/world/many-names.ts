import type { DirectoryEntry } from "@main/features/patients/directory.ts";
import { formatId } from "@shared/model/ids.ts";
import { sortKey } from "@shared/model/search-key.ts";

const GIVEN = [
  "Layla ليلى",
  "Mohammed محمد",
  "Ahmad أحمد",
  "Fatima فاطمة",
  "Omar عمر",
  "Yasmin ياسمين",
  "Khaled خالد",
  "Sara سارة",
  "Ali علي",
  "Hana هناء",
];
const SOUNDS = [
  "ba",
  "da",
  "far",
  "ha",
  "ja",
  "kha",
  "lim",
  "ma",
  "nas",
  "qa",
  "rah",
  "sal",
  "ta",
  "wan",
  "ya",
  "zi",
  "shu",
  "ghe",
  "dou",
  "mir",
];
const LETTERS = [
  "با",
  "دا",
  "فار",
  "ها",
  "جا",
  "خا",
  "ليم",
  "ما",
  "ناس",
  "قا",
  "راه",
  "سال",
  "تا",
  "وان",
  "يا",
  "زي",
  "شو",
  "غي",
  "دو",
  "مير",
];

/** Invented patients in Arabic and Latin letters, many thousand different family names, the same from the same number. */
export function manyNames(count: number): DirectoryEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const arabic = index % 2 === 0;
    const given = (GIVEN[index % GIVEN.length] ?? "").split(" ")[arabic ? 1 : 0] ?? "";
    const parts = [index % 20, Math.floor(index / 20) % 20, Math.floor(index / 400) % 20];
    const familyName = parts.map((part) => (arabic ? LETTERS : SOUNDS)[part]).join("");
    const id = formatId("Patient", index + 1);
    const phone = `+9627${String((index * 7919) % 100_000_000).padStart(8, "0")}`;
    return {
      id,
      givenName: given,
      familyName,
      phone,
      nationalId: String(9_000_000_000 + index),
      sortKey: sortKey({ id, givenName: given, familyName }),
    };
  });
}

/** What people type: parts of names in any order, slips, the other script, numbers. */
export const TYPED = [
  ...[
    "layla",
    "ليلى",
    "Leila bada",
    "محمد باد",
    "mohamed",
    "Mohammmed",
    "ahmad shu",
    "fatma",
    "فاطمه",
    "omar",
    "yasmeen",
    "kh",
    "a",
    "ali",
  ],
  ...[
    "badafar",
    "farda",
    "dafar bada",
    "salta",
    "سالتا",
    "قاراه",
    "qarah",
    "0791583",
    "+962 7 0001 5838",
    "9000012345",
    "P000123",
    "123",
    "zzzzzz",
  ],
];
