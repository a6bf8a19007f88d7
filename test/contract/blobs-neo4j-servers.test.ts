import { join } from "node:path";
import { encryptedBlobs } from "@main/data/blobs/encrypted.ts";
import type { Neo4jGraph } from "@main/data/graph/neo4j.ts";
import { openNeo4jBlobs } from "@main/data/graph/neo4j-blobs.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { afterAll, beforeAll } from "vitest";
import { blobsContract } from "./blobs.contract.ts";
import { openEmptyNeo4j } from "./empty-neo4j-graph.ts";

let graph: Neo4jGraph;
beforeAll(async () => {
  graph = await openEmptyNeo4j();
});
afterAll(() => graph.close());

/** Each test has a folder of its own and finds the blobs empty; within a test they stay. */
const begun = new Set<string>();
async function blobsOf(folder: string, clock: Parameters<typeof openNeo4jBlobs>[0]["clock"]) {
  const blobs = openNeo4jBlobs({ graph, clock });
  await blobs.prepare();
  if (!begun.has(folder)) await blobs.clear();
  begun.add(folder);
  return blobs;
}

blobsContract({ name: "Neo4j", open: blobsOf });
blobsContract({
  name: "Neo4j, encrypted",
  open: async (folder, clock) => encryptedBlobs(await blobsOf(folder, clock), fileSecrets(join(folder, "keys"))),
});
