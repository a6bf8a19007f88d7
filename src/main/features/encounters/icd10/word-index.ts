/** Numbers of the entries in which a word stands, ascending. */
type Postings = number[];

const APOSTROPHES = /['’`]/g;
const MARKS = /\p{M}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;

/** The words of a text as they are compared: lower case, without diacritics and apostrophes. */
export function wordsOf(text: string): string[] {
  return text.normalize("NFKD").toLowerCase().replace(MARKS, "").replace(APOSTROPHES, "").match(WORDS) ?? [];
}

/** Which words stand in which entries; answers by the start of a word. */
export class WordIndex {
  readonly #postings = new Map<string, Postings>();
  #vocabulary: string[] | null = null;

  add(entry: number, words: readonly string[]): void {
    for (const word of words) {
      const list = this.#postings.get(word);
      if (!list) this.#postings.set(word, [entry]);
      else if (list[list.length - 1] !== entry) list.push(entry);
    }
    this.#vocabulary = null;
  }

  /** Raises `weights[entry]` to `whole` where the word itself stands and to `start` where a word begins with it. */
  weigh(word: string, weights: Uint16Array, whole: number, start: number): void {
    const vocabulary = this.#sorted();
    for (let at = firstFrom(vocabulary, word); at < vocabulary.length; at += 1) {
      const found = vocabulary[at] as string;
      if (!found.startsWith(word)) break;
      const weight = found === word ? whole : start;
      for (const entry of this.#postings.get(found) as Postings) {
        if ((weights[entry] as number) < weight) weights[entry] = weight;
      }
    }
  }

  #sorted(): string[] {
    this.#vocabulary ??= [...this.#postings.keys()].sort((a, b) => (a < b ? -1 : 1));
    return this.#vocabulary;
  }
}

/** Index of the first of the sorted texts that is not before `text`. */
export function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
