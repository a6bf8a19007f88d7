/**
 * How names become comparable: folded text (case, diacritics, forms of Arabic letters, digits) and a consonant
 * skeleton that is the same for a name in Arabic and in Latin letters, so that "Layla" finds "ليلى".
 */

/** Arabic letters that people write for one another. */
const SAME_LETTER: Record<string, string> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ئ: "ي",
  ی: "ي",
  ې: "ي",
  ؤ: "و",
  ة: "ه",
  ۀ: "ه",
  ە: "ه",
  ھ: "ه",
  ہ: "ه",
  ک: "ك",
  ڪ: "ك",
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
};
const SPECIAL = new RegExp(`[${Object.keys(SAME_LETTER).join("")}]`, "g");
// Marks of every script (accents, harakat, the hamza that NFKD splits off), tatweel, and the lone hamza.
const UNWRITTEN = /[\p{M}\p{Cf}\u0640\u0621\u02bc\u02bb\u2018\u2019'`´ʿʾ]/gu;

/** Case, accents, harakat, tatweel, hamza, variant letters and digits folded away; words separated by one space. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(SPECIAL, (letter) => SAME_LETTER[letter] ?? letter)
    .normalize("NFKD")
    .toLowerCase()
    .replace(SPECIAL, (letter) => SAME_LETTER[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(UNWRITTEN, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The folded words of a text; none for a text without letters or digits. */
export function words(text: string): string[] {
  const folded = fold(text);
  return folded === "" ? [] : folded.split(" ");
}

/** Only the digits of a phone number or id, in ASCII. */
export function digits(text: string): string {
  return fold(text).replace(/\D/g, "");
}

/** Letters and digits of an identity number, folded and without separators. */
export function idKey(text: string): string {
  return fold(text).replaceAll(" ", "");
}

const ARABIC = /\p{Script=Arabic}/u;

/** Whether a folded word is written in Arabic letters. */
export function isArabic(word: string): boolean {
  return ARABIC.test(word);
}

// One class a consonant. Capitals stand for sounds of two Latin letters: S sh, K kh, G gh.
const ARABIC_SOUND: Record<string, string> = {
  ...{ ب: "b", پ: "b", ت: "t", ط: "t", ث: "t", ج: "j", چ: "S", ح: "h", ه: "h", خ: "K", د: "d", ذ: "d", ض: "d" },
  ...{ ر: "r", ز: "z", ژ: "j", ظ: "z", س: "s", ص: "s", ش: "S", غ: "G", ف: "f", ڤ: "f", ق: "k", ك: "k", گ: "j" },
  ...{ ل: "l", م: "m", ن: "n", و: "w", ي: "y" },
};
const LATIN_SOUND: Record<string, string> = {
  ...{ b: "b", c: "k", d: "d", f: "f", g: "j", h: "h", j: "j", k: "k", l: "l", m: "m", n: "n", p: "b", q: "k" },
  ...{ r: "r", s: "s", t: "t", v: "f", w: "w", x: "ks", y: "y", z: "z" },
};
const DIGRAPHS: [RegExp, string][] = [
  [/sch|sh|ch/g, "S"],
  [/kh/g, "K"],
  [/gh/g, "G"],
  [/ph/g, "f"],
  [/th/g, "t"],
  [/dh/g, "d"],
  [/ck/g, "k"],
  [/c(?=[eiy])/g, "s"],
];

/**
 * The consonants of a folded word, alike for Arabic and Latin spellings: "layla", "leila" and "ليلي" give `ll`,
 * "haddad" and "حداد" `hdd`. Semivowels count only at the start; a final h is dropped after two consonants. Empty for
 * words of other scripts or digits. Wide on purpose: search ranks what only sounds alike below what is spelled alike.
 */
export function skeleton(word: string): string {
  const sounds = isArabic(word) ? arabicSounds(word) : latinSounds(word);
  const consonants = sounds.slice(0, 1) + sounds.slice(1).replace(/[wy]/g, "");
  const bare = consonants.startsWith("-") ? consonants.slice(1) : consonants;
  const kept = bare === "" ? sounds.replaceAll("-", "") : bare;
  return kept.length > 2 && kept.endsWith("h") ? kept.slice(0, -1) : kept;
}

// A leading "-" stands for a first letter that has no consonant: what follows it is not initial.
function arabicSounds(word: string): string {
  const noun = word.length > 4 && word.startsWith("ال") ? word.slice(2) : word;
  const stem = noun.length > 2 && noun.endsWith("ه") ? noun.slice(0, -1) : noun;
  const sounds = [...stem.replaceAll("لل", "ل")].map((letter) => ARABIC_SOUND[letter] ?? "").join("");
  return ARABIC_SOUND[stem[0] ?? ""] === undefined ? `-${sounds}` : sounds;
}

function latinSounds(word: string): string {
  const once = word.replace(/(\p{L})\1+/gu, "$1");
  const spelled = DIGRAPHS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), once);
  const sounds = [...spelled].map((letter) => (/[SKG]/.test(letter) ? letter : (LATIN_SOUND[letter] ?? ""))).join("");
  return /^[aeiou]/.test(spelled) ? `-${sounds}` : sounds;
}

/** Whether two words differ by at most `limit` slips: a letter left out, added, changed, or two swapped (Damerau-Levenshtein). */
export function withinSlips(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    // A later row can still profit from a swap with this one, so two bad rows are needed to give up.
    if (best > limit && row > 1 && Math.min(...previous) > limit) return false;
    before = previous;
    previous = current;
  }
  return (previous[b.length] ?? 0) <= limit;
}

/** How many slips a word of this length forgives. */
export function forgivenSlips(length: number): number {
  return length >= 8 ? 2 : length >= 4 ? 1 : 0;
}

/** Whether two names are alike: a word in common spelling, a slip apart, or the same sounds, whichever script. */
export function similarNames(a: string, b: string): boolean {
  const left = words(a);
  const right = words(b);
  if (left.length === 0 || right.length === 0) return fold(a) === fold(b);
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  return few.every((word) => many.some((other) => similarWords(word, other)));
}

function similarWords(a: string, b: string): boolean {
  if (a === b) return true;
  if (isArabic(a) === isArabic(b) && withinSlips(a, b, forgivenSlips(Math.min(a.length, b.length)))) return true;
  const sound = skeleton(a);
  return sound !== "" && sound === skeleton(b) && (sound.length > 1 || isArabic(a) !== isArabic(b));
}

/** What is stored beside a patient for a scan by text: folded names, phone digits and identity number. */
export function searchKey(patient: { givenName: string; familyName: string; phone?: string | null; nationalId?: string | null }): string {
  return [fold(patient.givenName), fold(patient.familyName), digits(patient.phone ?? ""), idKey(patient.nationalId ?? "")]
    .filter((part) => part !== "")
    .join(" ");
}

/** Orders the roster: family name, then given name, then id. */
export function sortKey(patient: { givenName: string; familyName: string; id: string }): string {
  return `${fold(patient.familyName)}\u0001${fold(patient.givenName)}\u0001${patient.id}`;
}
