import { AppError } from "@shared/define.ts";
import { SEAL, sealingKeyName } from "../../data/blobs/master-key.ts";
import { collections } from "../../data/documents/collections.ts";
import { PSEUDONYM_KEY } from "../../data/research/pseudonym.ts";
import { blobPages, collectionOf, documentPages, edgePages, entryPages, nodePages, type Spec, samplePages } from "./pages.ts";
import type { Place } from "./place.ts";

export interface Both {
  from: Place;
  to: Place;
  /** For whom runs the move. */
  say(line: string): void;
}

/** A part of a move. What it does again after it was cut off has no effect twice. */
export interface Step {
  name: string;
  /** Goes on behind `cursor`, which `done` was last told; null from the beginning. */
  run(both: Both, cursor: string | null, done: (cursor: string, count: number) => Promise<void>): Promise<void>;
}

/** Everything that a clinic consists of, in the order in which it moves. */
export const STEPS: readonly Step[] = [
  { name: "keys", run: ({ from, to, say }) => moveKeys(from, to, say) },
  {
    name: "nodes",
    async run({ from, to }, after, done) {
      for await (const { items, cursor } of nodePages(from, after)) {
        await to.graph.importNodes(items);
        await done(cursor, items.length);
      }
    },
  },
  {
    name: "relationships",
    async run({ from, to }, after, done) {
      for await (const { items, cursor } of edgePages(from, after)) {
        await to.graph.importEdges(items);
        await done(cursor, items.length);
      }
    },
  },
  { name: "references", run: ({ to }) => to.graph.finishImport() },
  ...collections.map(documentsStep),
  {
    name: "blobs",
    async run({ from, to }, after, done) {
      for await (const { items } of blobPages(from, after)) {
        for (const { id, chunks, createdAt } of items) {
          to.stampBlobs(createdAt);
          for (let index = 0; index < chunks; index += 1) {
            const bytes = await from.blobs.getChunk(id, index);
            if (bytes === null) throw new AppError("internal", "A chunk of a file went away while it was moved.");
            await to.blobs.putChunk(id, index, bytes);
          }
          await done(id, 1);
        }
      }
    },
  },
  {
    name: "series",
    async run({ from, to }, after, done) {
      for await (const { items, cursor } of samplePages(from, after)) {
        await to.series.append(items);
        await done(cursor, items.length);
      }
    },
  },
  {
    name: "audit",
    async run({ from, to }, after, done) {
      for await (const { items, cursor } of entryPages(from, after)) {
        await to.audit.importRecords(items);
        await done(cursor, items.length);
      }
    },
  },
];

/** Documents put one after the other: in parallel where the store takes it. */
const AT_ONCE = 32;

function documentsStep(spec: Spec): Step {
  return {
    name: spec.name,
    async run({ from, to }, after, done) {
      const collection = collectionOf(to, spec);
      for await (const { items, cursor } of documentPages(from, spec, after)) {
        for (let at = 0; at < items.length; at += AT_ONCE) {
          await Promise.all(items.slice(at, at + AT_ONCE).map((document) => collection.put(document)));
        }
        await done(cursor, items.length);
      }
    },
  };
}

/** The key that files are sealed with, and the one that pseudonyms are made with. */
async function moveKeys(from: Place, to: Place, say: Both["say"]): Promise<void> {
  const [name, target] = [await sealingKeyName(from.blobs, from.secrets), await sealingKeyName(from.blobs, to.secrets)];
  const files = (await from.blobs.list(null, 2)).some(({ id }) => id !== SEAL);
  if (name !== null && target !== null) {
    const key = await from.secrets.get(name);
    if (key !== null) await moveKey(to, target, key);
    else if (files) {
      throw new AppError(
        "store-unavailable",
        `The key ${name} of the clinic's files is not in ${from.secrets.place}: name its folder with --keys. Where the window's key store has it, it cannot be moved from here.`,
      );
    }
    const kept = await to.secrets.get(target);
    if (files && !kept?.equals(key ?? Buffer.alloc(0))) {
      throw new AppError("conflict", `Another key is kept under the name ${target} in ${to.secrets.place}.`);
    }
  }
  const pseudonyms = await from.secrets.get(PSEUDONYM_KEY);
  if (pseudonyms === null) return;
  await to.secrets.set(PSEUDONYM_KEY, pseudonyms);
  if (!(await to.secrets.get(PSEUDONYM_KEY))?.equals(pseudonyms)) {
    say(`Note: ${to.secrets.place} keeps another clinic's key of research pseudonyms, which stays: pseudonyms will change.`);
  }
}

async function moveKey(to: Place, name: string, key: Buffer): Promise<void> {
  if (!(await to.secrets.get(name))?.equals(key)) await to.secrets.set(name, key);
}
