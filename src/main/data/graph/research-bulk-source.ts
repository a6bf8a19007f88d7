import { type ShownKind, shownKinds } from "../research/masking.ts";
import type { BulkEdge, BulkNode, GraphBulk } from "./bulk.ts";
import type { SnapshotSource } from "./research-snapshots.ts";
import type { ResearchWorker } from "./research-worker.ts";

export interface BulkSourceOptions {
  bulk: Pick<GraphBulk, "exportNodes" | "exportEdges">;
  /** Changes with every write to the graph. */
  state: () => Promise<string>;
  /** The key of the pseudonyms. */
  pseudonymKey: () => Promise<Buffer>;
}

/** Nodes or edges that are read, masked and sent on at once: no more of the graph is in this process's memory. */
const PAGE = 2_000;

/**
 * Snapshots of a graph that lies elsewhere: it is read in pages, and what may not be seen is taken out here, before anything goes to the
 * process that makes the file. Pages are read one after the other while others write: a record that was made meanwhile may be in it in
 * part. The graph counts as changed then, so that the next snapshot follows.
 */
export function bulkSource({ bulk, state, pseudonymKey }: BulkSourceOptions): SnapshotSource {
  return {
    state,
    async prepare(worker, { target, identities }) {
      const kinds = shownKinds(identities, await pseudonymKey());
      for (const kind of kinds.nodes) {
        await eachPage(
          (after) => bulk.exportNodes(after, PAGE, kind.name),
          (nodes) => sendNodes(worker, kind, nodes),
        );
      }
      for (const kind of kinds.edges) {
        await eachPage(
          (after) => bulk.exportEdges(after, PAGE, kind.name),
          (edges) => sendEdges(worker, kind, edges),
        );
      }
      return await worker.prepare({ kind: "fill-end", target });
    },
  };
}

async function sendNodes(worker: ResearchWorker, kind: ShownKind, nodes: readonly BulkNode[]): Promise<void> {
  const shown = nodes.map(({ ref, properties }) => ({ ref, properties: shownOf(kind, properties) }));
  await worker.fill({ kind: "fill-nodes", label: kind.name, scattered: kind.scattered, nodes: shown });
}

async function sendEdges(worker: ResearchWorker, kind: ShownKind, edges: readonly BulkEdge[]): Promise<void> {
  const shown = edges.map(({ from, to, properties }) => ({ from, to, properties: shownOf(kind, properties) }));
  await worker.fill({ kind: "fill-edges", type: kind.name, edges: shown });
}

function shownOf(kind: ShownKind, properties: BulkNode["properties"]): BulkNode["properties"] {
  return kind.properties(kind.reads.map((name) => (Object.hasOwn(properties, name) ? properties[name] : null)));
}

/** Reads page after page; the next one is read while the one before is being taken. */
async function eachPage<T extends { ref: string }>(
  read: (after: string | null) => Promise<T[]>,
  take: (page: readonly T[]) => Promise<void>,
): Promise<void> {
  let taken: Promise<void> = Promise.resolve();
  for (let after: string | null = null; ; ) {
    const page: T[] = await read(after);
    await taken;
    if (page.length === 0) return;
    taken = take(page);
    // Its failure is thrown where it is waited for.
    taken.catch(() => undefined);
    after = (page.at(-1) as T).ref;
  }
}
