import { existsSync, readFileSync } from "node:fs";

// Real input that this project did not make lies beside the checkout, in ../shared/data; on a machine without it the tests use their own.

function readShared<T>(name: string): T | null {
  const file = new URL(`../../../shared/data/${name}`, import.meta.url);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as T;
  console.warn(`${name} is not on this machine (../shared/data): the tests use their own texts only.`);
  return null;
}

/** Our own strings that break text fields, each once. */
export const ownNaughtyStrings: readonly string[] = [
  "",
  " ",
  "\0",
  "a\u0000b",
  "\r\n\t",
  "line\nline",
  "'; MATCH (n) DETACH DELETE n; //",
  "'; DROP TABLE people; --",
  '"}) DETACH DELETE n //',
  "$name",
  "`a`",
  "\\u0041",
  "null",
  "NaN",
  "__proto__",
  "أمينة حدّاد",
  "﷽",
  "\u202Eevil\u202C",
  "Z͑ͫ̓ͪ̂ͫ̽",
  "👩🏽‍⚕️",
  "👩‍👩‍👧",
  "\uFEFFbom",
];

/** Strings that break text fields, each once: our own, then the Big List of Naughty Strings where it is there. */
export const naughtyStrings: readonly string[] = [
  ...new Set([...ownNaughtyStrings, ...(readShared<string[]>("naughty-strings.json") ?? [])]),
];

export interface TckQuery {
  cypher: string;
  writes: boolean;
  calls: boolean;
  expectsError: boolean;
}

/** The queries of the openCypher TCK; null on a machine that does not have them. */
export const tckQueries = (): TckQuery[] | null => readShared("opencypher-queries.json");
