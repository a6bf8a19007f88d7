import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { firstFrom, WordIndex, wordsOf } from "./word-index.ts";

/** An ICD-10-CM code; only a billable one (a leaf of the classification) can be a diagnosis. */
export interface ConditionCode {
  code: string;
  title: string;
  billable: boolean;
}

/** The ICD-10-CM table, held in memory: it answers without the network and without a store. */
export interface Icd10 {
  /** The code, written with or without its dot, in any case. */
  find(code: string): ConditionCode | null;
  /** The best `limit` codes for words in any order (starts of words suffice) or the start of a code; the same answer every time. */
  search(text: string, limit: number): ConditionCode[];
}

const WEIGHT = { exactCode: 4000, codeStart: 1000, firstWord: 12, titleWord: 80, titleStart: 50, termWord: 30, termStart: 20, billable: 6 };
const MAX_WORDS = 10;
const LINES_A_TURN = 4000;
const CODE_LIKE = /^[A-Z][0-9][0-9A-Z]?(\.?[0-9A-Z]{0,4})[.-]*$/i;

interface Table {
  codes: string[];
  titles: string[];
  billable: Uint8Array;
  length: Uint8Array;
  inTitle: WordIndex;
  /** Only the word with which a title begins. */
  atStart: WordIndex;
  inTerms: WordIndex;
  /** Room to weigh in, kept from search to search: a search ends before the next one begins. */
  room: { weights: Uint16Array; scratch: Uint16Array; total: Uint32Array };
}

/** Reads the committed table (`icd10cm.b64.txt`, see build-icd10.py). Takes turns with other work of the process. */
export async function readIcd10(file: string): Promise<Icd10> {
  const packed = file.replace(/^#.*$/gm, "");
  const text = (await promisify(gunzip)(Buffer.from(packed, "base64"))).toString("utf8");
  const lines = text.trimEnd().split("\n");
  const table: Table = {
    codes: [],
    titles: [],
    billable: new Uint8Array(lines.length),
    length: new Uint8Array(lines.length),
    inTitle: new WordIndex(),
    atStart: new WordIndex(),
    inTerms: new WordIndex(),
    room: {
      weights: new Uint16Array(lines.length),
      scratch: new Uint16Array(lines.length),
      total: new Uint32Array(lines.length),
    },
  };
  for (const [entry, line] of lines.entries()) {
    if (entry % LINES_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    addLine(table, entry, line);
  }
  return {
    find: (code) => findCode(table, code),
    search: (query, limit) => search(table, query, limit),
  };
}

function addLine(table: Table, entry: number, line: string): void {
  const [code = "", billable, title = "", terms = ""] = line.split("\t");
  const words = wordsOf(title);
  table.codes.push(code);
  table.titles.push(title);
  table.billable[entry] = billable === "1" ? 1 : 0;
  table.length[entry] = Math.min(words.length, 255);
  table.inTitle.add(entry, words);
  table.atStart.add(entry, words.slice(0, 1));
  if (terms) table.inTerms.add(entry, wordsOf(terms));
}

/** `e119`, `E11.9` and `E11.-` in the table's own writing: `E11.9`, `E11`. */
function dotted(code: string): string {
  const bare = code.toUpperCase().replace(/[.\-\s]/g, "");
  return bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare;
}

function entryAt(table: Table, entry: number): ConditionCode {
  return { code: table.codes[entry] as string, title: table.titles[entry] as string, billable: table.billable[entry] === 1 };
}

function findCode(table: Table, code: string): ConditionCode | null {
  const wanted = dotted(code);
  const entry = firstFrom(table.codes, wanted);
  return table.codes[entry] === wanted ? entryAt(table, entry) : null;
}

function weighCode(table: Table, part: string, weights: Uint16Array): void {
  const wanted = dotted(part);
  for (let entry = firstFrom(table.codes, wanted); table.codes[entry]?.startsWith(wanted); entry += 1) {
    weights[entry] = table.codes[entry] === wanted ? WEIGHT.exactCode : WEIGHT.codeStart;
  }
}

/** Adds what a word is worth to each entry: in the title, at its start, in the inclusion terms. */
function weighWord(table: Table, word: string, weights: Uint16Array): void {
  const scratch = table.room.scratch.fill(0);
  table.inTitle.weigh(word, weights, WEIGHT.titleWord, WEIGHT.titleStart);
  table.inTerms.weigh(word, scratch, WEIGHT.termWord, WEIGHT.termStart);
  for (let entry = 0; entry < weights.length; entry += 1) (weights[entry] as number) += scratch[entry] as number;
  scratch.fill(0);
  table.atStart.weigh(word, scratch, WEIGHT.firstWord, WEIGHT.firstWord);
  for (let entry = 0; entry < weights.length; entry += 1) (weights[entry] as number) += scratch[entry] as number;
}

/** What each part of the query is worth for each entry; an entry that lacks one part has 0 in all. */
function weighAll(table: Table, parts: readonly string[]): Uint32Array | null {
  const total = table.room.total.fill(0);
  for (const [turn, part] of parts.entries()) {
    const weights = table.room.weights.fill(0);
    for (const word of part.includes(".") && CODE_LIKE.test(part) ? [] : wordsOf(part)) weighWord(table, word, weights);
    if (CODE_LIKE.test(part)) weighCode(table, part, weights);
    let matches = 0;
    for (let entry = 0; entry < weights.length; entry += 1) {
      const weight = weights[entry] as number;
      const before = total[entry] as number;
      total[entry] = weight && (turn === 0 || before) ? before + weight : 0;
      if (total[entry]) matches += 1;
    }
    if (matches === 0) return null;
  }
  return parts.length > 0 ? total : null;
}

/** A query's parts: what looks like a code stays whole, the rest falls into words. */
function partsOf(text: string): string[] {
  const parts = text.split(/\s+/).flatMap((part) => (CODE_LIKE.test(part) ? [part] : wordsOf(part)));
  return [...new Set(parts)].slice(0, MAX_WORDS);
}

function search(table: Table, text: string, limit: number): ConditionCode[] {
  const parts = partsOf(text);
  const weights = weighAll(table, parts);
  if (!weights) return [];
  const byCode = parts.every((part) => CODE_LIKE.test(part));
  // One number that sorts: weight, then fewer words in the title (codes alone stay in their own order).
  const rank = (entry: number) => {
    const weight = (weights[entry] as number) * 1000;
    return byCode ? weight : weight + (table.billable[entry] as number) * WEIGHT.billable * 1000 - (table.length[entry] as number);
  };
  const best: { entry: number; rank: number }[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let entry = 0; entry < weights.length; entry += 1) {
    if (!weights[entry]) continue;
    const mine = rank(entry);
    if (best.length === limit && mine <= least) continue;
    const at = best.findIndex((other) => other.rank < mine);
    best.splice(at === -1 ? best.length : at, 0, { entry, rank: mine });
    if (best.length > limit) best.pop();
    least = (best[best.length - 1] as { rank: number }).rank;
  }
  return best.map(({ entry }) => entryAt(table, entry));
}
