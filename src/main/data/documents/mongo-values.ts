import { BSON } from "mongodb";
import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { AnySpec } from "./port.ts";

/** A document as MongoDB has it: the fields under their own names, the id as `_id`, and what the adapter keeps for itself under `_…`. */
export interface Stored {
  _id: string;
  /** The unique fields that are null: they are left out above, so that the sparse unique index does not take null for a value. */
  _n?: Record<string, true>;
  /** When the server's own monitor may remove it. */
  _e?: Date;
  /** The marks of the newest writes, where the server does not know a repeated write by itself. */
  _w?: string[];
  /** The mark of the removal that has taken it; it counts as gone. */
  _d?: string;
  [field: string]: unknown;
}

/** What an update sets and takes away, in the driver's form. */
export interface Change {
  $set?: Record<string, unknown>;
  $unset?: Record<string, "">;
}

/** A text from here on may be too large as BSON and is measured; numbers take up to six times their JSON. */
const MEASURED_FROM = 2_000_000;
const LARGEST = 16 * 1024 * 1024;

/** The document as it is stored. What JSON cannot hold is as in JSON: `undefined` is left out, a Date becomes its text. */
export function toStored(document: object, spec: AnySpec, clock: Clock): Stored {
  const { id, ...fields } = plain(document) as { id?: unknown };
  if (typeof id !== "string") throw new TypeError("A document needs an id.");
  const stored: Stored = { _id: id };
  for (const [name, value] of Object.entries(fields)) {
    if (value === null && spec.unique?.includes(name)) stored._n = { ...stored._n, [name]: true };
    else stored[fieldKey(name)] = encoded(value);
  }
  const expires = spec.expires && instantOf((fields as Record<string, unknown>)[spec.expires], clock);
  if (expires) stored._e = expires;
  return stored;
}

/** A patch as the driver's update; null where it changes nothing. The id is not part of it. */
export function changeOf(patch: object, spec: AnySpec, clock: Clock): Change | null {
  const { id: _, ...fields } = plain(patch) as { id?: unknown };
  const set: Record<string, unknown> = {};
  const unset: Record<string, ""> = {};
  for (const [name, value] of Object.entries(fields)) {
    const key = fieldKey(name);
    if (!spec.unique?.includes(name)) set[key] = encoded(value);
    else if (value === null) {
      unset[key] = "";
      set[`_n.${name}`] = true;
    } else {
      set[key] = encoded(value);
      unset[`_n.${name}`] = "";
    }
    if (name !== spec.expires) continue;
    const expires = instantOf(value, clock);
    if (expires) set._e = expires;
    else unset._e = "";
  }
  if (Object.keys(set).length + Object.keys(unset).length === 0) return null;
  return { ...(Object.keys(set).length > 0 && { $set: set }), ...(Object.keys(unset).length > 0 && { $unset: unset }) };
}

/** The document as it was given. */
export function fromStored<T>(stored: Stored): T {
  const fields = Object.entries(stored)
    .filter(([key]) => !key.startsWith("_"))
    .map(([key, value]) => [decodedKey(key), decoded(value)] as const);
  const nulls = Object.keys(stored._n ?? {}).map((name) => [name, null] as const);
  return Object.fromEntries([["id", stored._id], ...fields, ...nulls]) as T;
}

function plain(value: object): object {
  const text = JSON.stringify(value);
  const copy = JSON.parse(text) as object;
  if (text.length > MEASURED_FROM && BSON.calculateObjectSize(copy) > LARGEST) {
    throw new AppError("too-large", "A document is larger than the document store takes (16 MB).");
  }
  return copy;
}

/** Keys that MongoDB reads as a path, an operator or ours are written with `%`, as in an address. */
const encodedKey = (key: string): string => (key === "" ? "%" : key.replace(/[%.\0]|^\$/g, percent));
const fieldKey = (name: string): string => encodedKey(name).replace(/^_/, percent);
const decodedKey = (key: string): string =>
  key === "%" ? "" : key.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

const encoded = (value: unknown): unknown => withKeys(value, encodedKey);
const decoded = (value: unknown): unknown => withKeys(value, decodedKey);

function withKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => withKeys(each, rename));
  if (value === null || typeof value !== "object") return value;
  // Own properties, also `__proto__`: an assignment would set the prototype.
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [rename(key), withKeys(each, rename)]));
}

/**
 * When the server may remove what expires at an instant. The server has its own clock: what counts is how long the document has still to
 * live by ours, from now on.
 */
function instantOf(instant: unknown, clock: Clock): Date | null {
  const at = typeof instant === "string" ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(Date.now() + at - Date.parse(clock.now()));
}
