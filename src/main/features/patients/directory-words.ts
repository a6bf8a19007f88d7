import { forgivenSlips, isArabic, skeleton, withinSlips } from "@shared/model/search-key.ts";

/** How well a word answers what was typed: higher is better, 0 is not at all. */
export const MATCH = {
  number: 200,
  wholeCode: 190,
  endOfCode: 120,
  word: 100,
  partOfCode: 90,
  prefix: 80,
  infix: 60,
  soundOtherScript: 50,
  slip: 40,
  startOfSoundOtherScript: 35,
  sound: 30,
} as const;

/** A typed word, prepared once for all comparisons. */
export interface Term {
  text: string;
  arabic: boolean;
  sound: string;
  letters: number;
}

export function termOf(text: string): Term {
  return { text, arabic: isArabic(text), sound: skeleton(text), letters: letterSet(text) };
}

/** The words that occur in names, each once, with the patients who bear it: few thousand words serve all patients. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly #terms: Term[] = [];
  readonly #bearers: number[][] = [];

  /** Notes that the patient bears these words; answers the words' numbers. */
  add(patient: number, words: readonly string[]): number[] {
    return [...new Set(words)].map((word) => {
      let number = this.#numbers.get(word);
      if (number === undefined) {
        number = this.#terms.push(termOf(word)) - 1;
        this.#numbers.set(word, number);
        this.#bearers.push([]);
      }
      this.#bearers[number]?.push(patient);
      return number;
    });
  }

  remove(patient: number, numbers: readonly number[]): void {
    for (const number of numbers) {
      const bearers = this.#bearers[number];
      const at = bearers?.indexOf(patient) ?? -1;
      if (at >= 0) bearers?.splice(at, 1);
    }
  }

  /** Writes into `scores` how well each patient's best word answers the term. */
  score(term: Term, scores: Uint8Array): void {
    for (const [number, word] of this.#terms.entries()) {
      const match = compare(term, word);
      if (match === 0) continue;
      for (const patient of this.#bearers[number] ?? []) {
        if ((scores[patient] ?? 0) < match) scores[patient] = match;
      }
    }
  }
}

function compare(term: Term, word: Term): number {
  const at = word.text.indexOf(term.text);
  if (at === 0) return word.text.length === term.text.length ? MATCH.word : MATCH.prefix;
  if (at > 0) return MATCH.infix;
  if (term.arabic !== word.arabic) return compareSounds(term.sound, word.sound);
  if (isSlip(term, word)) return MATCH.slip;
  return term.sound.length > 1 && term.sound === word.sound ? MATCH.sound : 0;
}

function compareSounds(typed: string, stored: string): number {
  if (typed === "" || stored === "") return 0;
  if (typed === stored) return MATCH.soundOtherScript;
  return typed.length > 1 && stored.startsWith(typed) ? MATCH.startOfSoundOtherScript : 0;
}

function isSlip(term: Term, word: Term): boolean {
  const limit = forgivenSlips(term.text.length);
  if (limit === 0 || Math.abs(term.text.length - word.text.length) > limit) return false;
  // A slip changes the set of letters by two at most; this spares the costly comparison for nearly every word.
  return bits(term.letters ^ word.letters) <= 2 * limit && withinSlips(term.text, word.text, limit);
}

function letterSet(text: string): number {
  let set = 0;
  for (let index = 0; index < text.length; index++) set |= 1 << (text.charCodeAt(index) & 31);
  return set;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
