import { randomUUID } from "node:crypto";
import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { BlobInfo, BlobPort } from "../blobs/port.ts";
import type { Neo4jGraph, Neo4jTransaction } from "./neo4j.ts";

/** Chunks that one transaction takes out: 16 MiB, well inside what a server allows a transaction. */
const TAKEN_AT_ONCE = 64;

/**
 * Chunks hang on the blob's `generation`, not on its id: a blob that is removed and stored anew under the same id has nothing to do with
 * what is still being taken out of the old one.
 */
const SCHEMA: readonly string[] = [
  "CREATE CONSTRAINT blob_id IF NOT EXISTS FOR (b:Blob) REQUIRE b.id IS UNIQUE",
  "CREATE CONSTRAINT file_chunk_key IF NOT EXISTS FOR (c:FileChunk) REQUIRE c.key IS UNIQUE",
];
const PUT = `MERGE (b:Blob {id: $id}) ON CREATE SET b.createdAt = $at, b.generation = $generation
MERGE (c:FileChunk {key: b.generation + '|' + toString($index)})
SET c.index = $index, c.size = $size, c.data = $data
MERGE (b)-[:HAS_CHUNK]->(c)`;
const GET = "MATCH (b:Blob {id: $id}) MATCH (c:FileChunk {key: b.generation + '|' + toString($index)}) RETURN c.data AS data";
const EXTENT = `OPTIONAL MATCH (b)-[:HAS_CHUNK]->(c:FileChunk)
RETURN b.id AS id, b.createdAt AS createdAt, count(c) AS chunks, sum(c.size) AS bytes, max(c.index) AS last`;
const STAT = `MATCH (b:Blob {id: $id}) ${EXTENT}`;
const LIST = `MATCH (b:Blob) WHERE b.id > $after WITH b ORDER BY b.id LIMIT $limit ${EXTENT} ORDER BY id`;
const SIZES = "MATCH (:Blob {id: $id})-[:HAS_CHUNK]->(c:FileChunk) RETURN c.index AS index, c.size AS size ORDER BY index";
// Without its id a blob is nobody's; its chunks follow, some at a time.
const LET_GO = "MATCH (b:Blob {id: $id}) SET b.gone = true REMOVE b.id";
const LET_ALL_GO = "MATCH (b:Blob) WHERE b.id IS NOT NULL WITH b LIMIT $limit SET b.gone = true REMOVE b.id RETURN count(b) AS count";
const TAKE_OUT = `MATCH (b:Blob {gone: true}) WITH b LIMIT 1
OPTIONAL MATCH (b)-[:HAS_CHUNK]->(c:FileChunk) WITH b, c LIMIT $limit
WITH b, collect(c) AS chunks FOREACH (c IN chunks | DETACH DELETE c)
FOREACH (done IN CASE WHEN size(chunks) < $limit THEN [b] ELSE [] END | DETACH DELETE done)
RETURN count(*) AS count`;
const SUM = "MATCH (c:FileChunk) RETURN sum(c.size) AS bytes";

/** Blobs on a Neo4j server, with what makes them ready. */
export interface Neo4jBlobs extends BlobPort {
  /** Makes the constraints that the blobs rest on, and takes out what a crash has left of removed ones. May be called again. */
  prepare(): Promise<void>;
}

interface Extent extends Record<string, unknown> {
  id: string;
  createdAt: string;
  chunks: number;
  bytes: number;
  last: number | null;
}

/** Bytes of files and pictures in the clinic's Neo4j, as `(:Blob)-[:HAS_CHUNK]->(:FileChunk)`. The graph stays open when the blobs are closed. */
export function openNeo4jBlobs({ graph, clock }: { graph: Neo4jGraph; clock: Clock }): Neo4jBlobs {
  let closed = false;
  const run = <T>(mode: "read" | "write", work: (transaction: Neo4jTransaction) => Promise<T>): Promise<T> =>
    closed ? Promise.reject(new AppError("store-unavailable", "The blob store is closed.")) : graph.run(mode, work);
  const counted = async (text: string, limit: number): Promise<number> => {
    const [row] = await run("write", (transaction) => transaction.run<{ count: number }>(text, { limit }));
    return row?.count ?? 0;
  };
  const takeOutGone = async (): Promise<void> => {
    while ((await counted(TAKE_OUT, TAKEN_AT_ONCE)) > 0);
  };
  return {
    async prepare() {
      for (const text of SCHEMA) await run("write", (transaction) => transaction.run(text));
      await takeOutGone();
    },
    async putChunk(id, index, data) {
      const chunk = { id, index, data, size: data.byteLength, at: clock.now(), generation: randomUUID() };
      await run("write", (transaction) => transaction.run(PUT, chunk));
    },
    async getChunk(id, index) {
      const [row] = await run("read", (transaction) => transaction.run<{ data: Buffer }>(GET, { id, index }));
      return row?.data ?? null;
    },
    stat: (id) =>
      run("read", async (transaction) => {
        const [extent] = await transaction.run<Extent>(STAT, { id });
        return extent === undefined ? null : infoOf(transaction, extent);
      }),
    async delete(id) {
      await run("write", (transaction) => transaction.run(LET_GO, { id }));
      await takeOutGone();
    },
    list: (after, limit) =>
      run("read", async (transaction) => {
        const infos: BlobInfo[] = [];
        for (const extent of await transaction.run<Extent>(LIST, { after: after ?? "", limit }))
          infos.push(await infoOf(transaction, extent));
        return infos;
      }),
    async clear() {
      while ((await counted(LET_ALL_GO, 1_000)) > 0);
      await takeOutGone();
    },
    async health() {
      const sum = await run("read", (transaction) => transaction.run<{ bytes: number }>(SUM)).catch(() => null);
      return { state: sum === null ? "down" : "up", bytes: sum?.[0]?.bytes ?? 0 };
    },
    async close() {
      closed = true;
    },
  };
}

/** What is known of a blob: it goes as far as its chunks are there without a gap. */
async function infoOf(transaction: Neo4jTransaction, { id, createdAt, chunks, bytes, last }: Extent): Promise<BlobInfo> {
  if (last === null || last === chunks - 1) return { id, bytes, chunks, createdAt };
  const sizes = await transaction.run<{ index: number; size: number }>(SIZES, { id });
  const gap = sizes.findIndex(({ index }, place) => index !== place);
  const whole = sizes.slice(0, gap);
  return { id, bytes: whole.reduce((sum, { size }) => sum + size, 0), chunks: whole.length, createdAt };
}
