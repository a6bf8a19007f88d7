import type { StoredEntry } from "../../data/audit/verify.ts";
import type { BlobInfo } from "../../data/blobs/port.ts";
import type { collections } from "../../data/documents/collections.ts";
import { settings } from "../../data/documents/collections.ts";
import type { Collection, Document } from "../../data/documents/port.ts";
import type { BulkEdge, BulkNode } from "../../data/graph/bulk.ts";
import { MOVE_MARK } from "../../data/move-marks.ts";
import type { Sample } from "../../data/series/port.ts";
import type { Place } from "./place.ts";

const PAGE = 2_000;
/** Blobs are named in a page, not read. */
const BLOBS = 100;

export type Spec = (typeof collections)[number];

/** A page of something and the place in the order after it; an empty page is the end. */
interface Page<T> {
  items: T[];
  cursor: string;
}

type Read<T> = (after: string | null) => Promise<T[]>;

/** All pages after a cursor, one at a time: what is done with one is done before the next is read. */
async function* pages<T>(after: string | null, read: Read<T>, cursorOf: (last: T) => string): AsyncGenerator<Page<T>> {
  let cursor = after;
  for (;;) {
    const items = await read(cursor);
    const last = items.at(-1);
    if (last === undefined) return;
    cursor = cursorOf(last);
    yield { items, cursor };
  }
}

export const nodePages = ({ graph }: Place, after: string | null): AsyncGenerator<Page<BulkNode>> =>
  pages(
    after,
    (cursor) => graph.exportNodes(cursor, PAGE),
    ({ ref }) => ref,
  );

export const edgePages = ({ graph }: Place, after: string | null): AsyncGenerator<Page<BulkEdge>> =>
  pages(
    after,
    (cursor) => graph.exportEdges(cursor, PAGE),
    ({ ref }) => ref,
  );

/** Documents of a collection in the order of their ids; without the mark of a move, which is no part of the clinic. */
export async function* documentPages(place: Place, spec: Spec, after: string | null): AsyncGenerator<Page<Document>> {
  const collection = collectionOf(place, spec);
  const read = (cursor: string | null) =>
    collection.find(cursor === null ? {} : { id: { gt: cursor } }, { sort: { id: "asc" }, limit: PAGE });
  for await (const { items, cursor } of pages(after, read, ({ id }) => id)) {
    yield { items: items.filter(({ id }) => spec.name !== settings.name || id !== MOVE_MARK), cursor };
  }
}

/** The collection of a spec as one of plain documents. */
export function collectionOf({ documents }: Place, spec: Spec): Collection<Document> {
  return documents.collection<Document>(spec as Parameters<typeof documents.collection<Document>>[0]);
}

export const blobPages = ({ blobs }: Place, after: string | null): AsyncGenerator<Page<BlobInfo>> =>
  pages(
    after,
    (cursor) => blobs.list(cursor, BLOBS),
    ({ id }) => id,
  );

export const samplePages = ({ series }: Place, after: string | null): AsyncGenerator<Page<Sample>> =>
  pages(
    after,
    (cursor) => series.page(cursor === null ? null : (JSON.parse(cursor) as Sample), PAGE),
    (sample) => JSON.stringify(sample),
  );

export const entryPages = ({ audit }: Place, after: string | null): AsyncGenerator<Page<StoredEntry>> =>
  pages(
    after,
    (cursor) => audit.exportRecords(Number(cursor ?? 0), PAGE),
    ({ seq }) => String(seq),
  );
