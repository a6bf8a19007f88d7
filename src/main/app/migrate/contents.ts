import { SEAL } from "../../data/blobs/master-key.ts";
import { collections, settings } from "../../data/documents/collections.ts";
import { MOVE_MARK } from "../../data/move-marks.ts";
import { collectionOf } from "./pages.ts";
import type { Place } from "./place.ts";

/** What lies in a place, in words; empty when nothing does. */
export async function contentsOf(place: Place): Promise<string[]> {
  const { graph, audit, blobs, series } = place;
  const found: string[] = [];
  const nodes = Object.entries((await graph.counts()).nodes);
  found.push(...nodes.map(([label, count]) => `${count} ${label}`));
  for (const spec of collections) {
    const filter = spec.name === settings.name ? { id: { ne: MOVE_MARK } } : {};
    const count = await collectionOf(place, spec).count(filter);
    if (count > 0) found.push(`${count} in ${spec.name}`);
  }
  if ((await audit.exportRecords(0, 1)).length > 0) found.push("an audit trail");
  if ((await blobs.list(null, 2)).some(({ id }) => id !== SEAL)) found.push("bytes of files");
  if ((await series.page(null, 1)).length > 0) found.push("measured values");
  return found;
}

/** Removes all that a move has brought, so that it can begin anew. The audit trail stays: it only grows, and what is there comes again. */
export async function emptyPlace(place: Place): Promise<void> {
  const { graph, blobs, series } = place;
  await graph.clear();
  for (const spec of collections) {
    await collectionOf(place, spec).delete(spec.name === settings.name ? { id: { ne: MOVE_MARK } } : {});
  }
  await blobs.clear();
  await series.clear();
}
