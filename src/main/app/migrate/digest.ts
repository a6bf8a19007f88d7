import { hash } from "node:crypto";
import { canonicalJson } from "../../data/audit/chain.ts";
import { collections } from "../../data/documents/collections.ts";
import type { Document } from "../../data/documents/port.ts";
import { blobPages, documentPages, edgePages, entryPages, nodePages, type Spec, samplePages } from "./pages.ts";
import type { Place } from "./place.ts";

/** How many of a kind there are, and one digest of them all: the same whatever their order and whatever a store calls them. */
export interface Tally {
  count: number;
  /** SHA-256 of each, added up; hexadecimal. */
  digest: string;
}

/** Tallies by what they are of: `node Patient`, `edge TREATS`, `users`, `audit`. */
export type Tallies = ReadonlyMap<string, Tally>;

const MODULUS = 2n ** 256n;

class Tallying {
  readonly #sums = new Map<string, { count: number; sum: bigint }>();

  add(name: string, digest: string): void {
    const tally = this.#sums.get(name) ?? { count: 0, sum: 0n };
    tally.count += 1;
    tally.sum = (tally.sum + BigInt(`0x${digest}`)) % MODULUS;
    this.#sums.set(name, tally);
  }

  tallies(): Tallies {
    return new Map([...this.#sums].map(([name, { count, sum }]) => [name, { count, digest: sum.toString(16).padStart(64, "0") }]));
  }
}

const digestOf = (value: unknown): string => hash("sha256", canonicalJson(value));

/**
 * Digests of all that a place holds. Documents that expire before `expiry` are left out: a store may remove them between one digest and
 * the next.
 */
export async function digestPlace(place: Place, expiry: string): Promise<Tallies> {
  const tallying = new Tallying();
  await digestGraph(place, tallying);
  for (const spec of collections) {
    for await (const { items } of documentPages(place, spec, null)) {
      for (const document of items) if (lasts(spec, document, expiry)) tallying.add(spec.name, digestOf(document));
    }
  }
  for await (const { items } of blobPages(place, null)) {
    for (const { id, chunks, createdAt } of items) tallying.add("blobs", await digestBlob(place, id, chunks, createdAt));
  }
  for await (const { items } of samplePages(place, null)) for (const sample of items) tallying.add("series", digestOf(sample));
  for await (const { items } of entryPages(place, null)) for (const entry of items) tallying.add("audit", digestOf(entry));
  return tallying.tallies();
}

/** A node is its labels and properties; a relationship is its type, properties and the digests of its ends. */
async function digestGraph(place: Place, tallying: Tallying): Promise<void> {
  const ends = new Map<string, string>();
  for await (const { items } of nodePages(place, null)) {
    for (const { ref, labels, properties } of items) {
      const digest = digestOf([labels, properties]);
      ends.set(ref, digest);
      for (const label of labels) tallying.add(`node ${label}`, digest);
    }
  }
  for await (const { items } of edgePages(place, null)) {
    for (const { from, to, type, properties } of items) {
      tallying.add(`edge ${type}`, digestOf([type, properties, ends.get(from), ends.get(to)]));
    }
  }
}

async function digestBlob({ blobs }: Place, id: string, chunks: number, createdAt: string): Promise<string> {
  const parts: string[] = [];
  for (let index = 0; index < chunks; index += 1) parts.push(hash("sha256", (await blobs.getChunk(id, index)) ?? new Uint8Array()));
  return digestOf([id, createdAt, parts]);
}

/** Whether a document is still there when the other side is looked at. */
export function lasts({ expires }: { expires?: string }, document: Document, expiry: string): boolean {
  if (expires === undefined) return true;
  const at = (document as unknown as Record<string, unknown>)[expires];
  return typeof at !== "string" || at > expiry;
}

export type { Spec };
