import { AppError } from "@shared/define.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

const MIN_CHARACTERS = 12;
const MAX_CHARACTERS = 256;
/** What is left of a password without its own user or clinic name must be at least so long. */
const MIN_BESIDE_NAMES = 6;
const MIN_NAME = 4;
const KEYBOARD_ROWS = ["01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz"];

/**
 * Refuses a new password that is too short or easily guessed: 12 to 256 characters of any script, no rules of composition, but
 * none of the common ones, no repetition or run of neighbouring keys, and not the user's or the clinic's name with a little beside it.
 * Throws `invalid-input` naming `field`.
 */
export function checkNewPassword(password: string, names: readonly string[], field: string): void {
  const refusal = refusalOf(password, names);
  if (refusal) throw new AppError("invalid-input", refusal, { field });
}

function refusalOf(password: string, names: readonly string[]): string | null {
  const normal = password.normalize("NFC");
  const length = [...normal].length;
  if (length < MIN_CHARACTERS) return `A password has at least ${MIN_CHARACTERS} characters.`;
  if (length > MAX_CHARACTERS) return `A password has at most ${MAX_CHARACTERS} characters.`;
  const folded = fold(normal);
  // A password of signs alone folds to nothing: then it is judged as typed.
  const judged = folded.length >= MIN_CHARACTERS / 2 ? folded : normal;
  if (COMMON_PASSWORDS.has(judged) || isPattern(judged)) return "This password is too easily guessed.";
  for (const name of names.map(fold)) {
    if (name.length >= MIN_NAME && folded.includes(name) && folded.replaceAll(name, "").length < MIN_BESIDE_NAMES) {
      return "A password must not be a name with a little beside it.";
    }
  }
  return null;
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** One or two characters over and over, a short piece repeated, or a run along the keyboard, the digits or the alphabet. */
function isPattern(text: string): boolean {
  if (new Set(text).size <= 2) return true;
  if (/^(.{1,4})\1+$/u.test(text)) return true;
  const backwards = [...text].reverse().join("");
  return KEYBOARD_ROWS.some((row) => row.includes(text) || row.includes(backwards));
}
