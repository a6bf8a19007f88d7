import { formatId } from "@shared/model/ids.ts";
import { digits, fold, idKey, words } from "@shared/model/search-key.ts";
import { Codes } from "./directory-codes.ts";
import { MATCH, termOf, Vocabulary } from "./directory-words.ts";

/** What the directory knows of a patient. */
export interface DirectoryEntry {
  id: string;
  givenName: string;
  familyName: string;
  phone: string | null;
  nationalId: string | null;
  sortKey: string;
}

interface Kept {
  sortKey: string;
  wordNumbers: number[];
}

/** Words beyond this many in what was typed do not narrow the answer. */
const MAX_TERMS = 8;
const SIGNIFICANT_DIGITS = 9;

/**
 * All patients' names and numbers in memory: search and the roster's order without touching the graph. Patients are
 * kept by the number in their id, so an id is a place in an array.
 */
export class Directory {
  #kept: (Kept | undefined)[] = [];
  #vocabulary = new Vocabulary();
  /** Digits of the phone and the folded identity number. */
  #codes = new Codes();
  #order: number[] | null = [];

  /** The highest patient number it has seen. */
  get last(): number {
    return this.#kept.length;
  }

  put(entry: DirectoryEntry): void {
    const place = placeOf(entry.id);
    this.#forget(place);
    this.reach(place);
    const wordNumbers = this.#vocabulary.add(place, words(`${entry.givenName} ${entry.familyName}`));
    const codes = [digits(entry.phone ?? ""), idKey(entry.nationalId ?? "")].filter((code) => code !== "");
    this.#kept[place] = { sortKey: entry.sortKey, wordNumbers };
    this.#codes.set(place, codes);
    this.#order?.splice(this.#placeInOrder(entry.sortKey), 0, place);
  }

  /** Takes in many at once: the order is made afterwards, not kept up with each. */
  putAll(entries: readonly DirectoryEntry[]): void {
    if (entries.length > 1) this.#order = null;
    for (const entry of entries) this.put(entry);
  }

  /** Every patient up to this number is known, even where the last numbers belong to nobody. */
  reach(number: number): void {
    while (this.#kept.length < number) this.#kept.push(undefined);
  }

  clear(): void {
    this.#kept = [];
    this.#vocabulary = new Vocabulary();
    this.#codes = new Codes();
    this.#order = [];
  }

  /** One page of all patients by family name, and how many there are. */
  page(skip: number, limit: number): { ids: string[]; total: number } {
    const order = this.#sorted();
    return { ids: order.slice(skip, skip + limit).map(idOf), total: order.length };
  }

  /** Ids of the patients who answer every typed word, best first, then by family name. */
  search(text: string, limit: number): string[] {
    const terms = termsOf(text);
    if (terms.length === 0) return [];
    const totals = new Uint16Array(this.#kept.length);
    for (const [index, text] of terms.entries()) {
      const scores = new Uint8Array(this.#kept.length);
      this.#vocabulary.score(termOf(text), scores);
      if (/\d/.test(text)) this.#scoreCodes(text, scores);
      for (let place = 0; place < totals.length; place++) {
        const score = scores[place] ?? 0;
        if (index === 0) totals[place] = score;
        else if (score === 0 || totals[place] === 0) totals[place] = 0;
        else totals[place] = (totals[place] ?? 0) + score;
      }
    }
    return this.#best(totals, limit).map(idOf);
  }

  #scoreCodes(typed: string, scores: Uint8Array): void {
    const number = /^p?0*(\d{1,9})$/.exec(typed)?.[1];
    const place = number === undefined ? -1 : Number(number) - 1;
    if (this.#kept[place]) scores[place] = MATCH.number;
    if (typed.length < 3 || (typed.startsWith("p") && place >= 0)) return;
    // Whether the country's code or a leading zero was typed or stored, the last digits are the same.
    const local = /^\d+$/.test(typed) ? typed.replace(/^0+/, "").slice(-SIGNIFICANT_DIGITS) : typed;
    if (local.length < 3) return;
    this.#codes.find(local, (at, code) => {
      const match = code === typed ? MATCH.wholeCode : code.endsWith(local) ? MATCH.endOfCode : MATCH.partOfCode;
      if ((scores[at] ?? 0) < match) scores[at] = match;
    });
  }

  /** The highest totals; among equals those who come first in the roster. No names are compared here: there may be very many equals. */
  #best(totals: Uint16Array, limit: number): number[] {
    const bearers = new Uint32Array(MAX_TERMS * MATCH.number + 1);
    for (const total of totals) bearers[total] = (bearers[total] ?? 0) + 1;
    let lowest = bearers.length - 1;
    let above = 0;
    while (lowest > 1 && above + (bearers[lowest] ?? 0) < limit) {
      above += bearers[lowest] ?? 0;
      lowest--;
    }
    const best: number[] = [];
    let room = limit - above;
    for (const place of this.#sorted()) {
      const total = totals[place] ?? 0;
      if (total > lowest) best.push(place);
      else if (total === lowest && room > 0) {
        best.push(place);
        room--;
      }
      if (best.length === limit) break;
    }
    return best.sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0));
  }

  #forget(place: number): void {
    const kept = this.#kept[place];
    if (!kept) return;
    this.#vocabulary.remove(place, kept.wordNumbers);
    if (this.#order) this.#order.splice(this.#placeInOrder(kept.sortKey), 1);
  }

  #sorted(): number[] {
    if (!this.#order) {
      this.#order = [...this.#kept.keys()].filter((place) => this.#kept[place]);
      this.#order.sort((a, b) => (this.#sortKey(a) < this.#sortKey(b) ? -1 : 1));
    }
    return this.#order;
  }

  #placeInOrder(sortKey: string): number {
    const order = this.#order ?? [];
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sortKey(order[middle] as number) < sortKey) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sortKey(place: number): string {
    return this.#kept[place]?.sortKey ?? "";
  }
}

/** What was typed as words to look for: a number with its separators is one, an Arabic article beside a name is none. */
export function termsOf(text: string): string[] {
  const folded = fold(text);
  if (/^[\d ]+$/.test(folded) && /^[\p{Nd}\s+().\-/]+$/u.test(text.trim())) return [digits(folded)];
  if (/^[\p{L}\p{N}]+(?:[-/.][\p{L}\p{N}]+)+$/u.test(text.trim()) && /\d/.test(folded)) return [idKey(text)];
  const typed = words(text);
  const names = typed.filter((word) => !/^(?:al|el|ال)$/.test(word));
  return (names.length > 0 ? names : typed).slice(0, MAX_TERMS);
}

const placeOf = (id: string) => Number(id.slice(1)) - 1;
const idOf = (place: number) => formatId("Patient", place + 1);
