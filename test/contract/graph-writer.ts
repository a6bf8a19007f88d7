/**
 * A host of the embedded graph that is there to be killed: opens the folder, tells what it finds, and writes pairs of
 * nodes until it dies. Every pair it has acknowledged is told to the test. Run by Node itself, unbundled.
 */
import { fileURLToPath } from "node:url";
import { openEmbeddedGraph } from "../../src/main/data/graph/embedded.ts";
import { forkProcess } from "../../src/main/platform/process-launcher.ts";

/** What the test hears: first what was found, then each acknowledged pair. */
export type WriterMessage =
  | { kind: "found"; openMs: number; lefts: number[]; rights: number[]; damaged: boolean; enginePid: number | undefined }
  | { kind: "acknowledged"; pair: number };

const [folder = "", firstPair = "0", checkpointBytes = "0"] = process.argv.slice(2);
const WRITERS = 8;
const findSide = (label: string) => ({
  name: `test/find-${label}`,
  text: `MATCH (n:${label}) RETURN n.pair AS pair ORDER BY pair`,
  writes: false,
});
const addSide = (label: string) => ({
  name: `test/add-${label}`,
  text: `CREATE (n:${label} {pair: $pair}) RETURN n.pair AS pair`,
  writes: true,
});
const tell = (message: WriterMessage) => process.send?.(message);
process.on("disconnect", () => process.exit(0));

const startedAt = performance.now();
const graph = await openEmbeddedGraph({
  folder,
  engine: forkProcess(fileURLToPath(new URL("../../src/main/data/graph/embedded-process.ts", import.meta.url))),
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  checkpointBytes: Number(checkpointBytes),
});
const openMs = performance.now() - startedAt;
const found = await graph.read(async (r) => ({
  lefts: await r.query<{ pair: number }>(findSide("Left")),
  rights: await r.query<{ pair: number }>(findSide("Right")),
}));
const pairs = (rows: { pair: number }[]) => rows.map((row) => row.pair);
const { enginePid, recovered } = graph;
tell({ kind: "found", openMs, lefts: pairs(found.lefts), rights: pairs(found.rights), damaged: recovered !== null, enginePid });

let next = Number(firstPair);
async function writeOn(): Promise<void> {
  for (;;) {
    const pair = next++;
    await graph.write(async (w) => {
      await w.execute(addSide("Left"), { pair });
      await w.execute(addSide("Right"), { pair });
    });
    tell({ kind: "acknowledged", pair });
  }
}
await Promise.all(Array.from({ length: WRITERS }, writeOn));
