import { randomBytes, randomUUID } from "node:crypto";
import { type NotificationDocument, notifications } from "@main/data/documents/collections.ts";
import { openMongo } from "@main/data/documents/mongo.ts";
import { mongoDocuments } from "@main/data/documents/mongo-documents.ts";
import { systemClock } from "@main/platform/clock.ts";
import { createLog } from "@main/platform/pino-log.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { NOW } from "../clinic.ts";
import { compare, type Figure } from "../measure.ts";
import type { RawServers } from "../raw-servers.ts";
import type { ServerClinic } from "../server-clinic.ts";
import { files } from "./files.ts";

const CHUNK = "CREATE (c:BenchChunk {key: $key, index: $index, size: $size, data: $data})";
const CHUNKS_AWAY = "MATCH (c:BenchChunk) WITH c LIMIT 64 DELETE c";

/** One document in and out through the port, against the driver doing the same to a collection with the same index. */
export async function documentsOnServers({ servers }: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  const server = openMongo({ settings: servers.mongodb, log: createLog({ level: "silent" }) });
  try {
    await server.connect();
    const port = mongoDocuments({ server, specs: [notifications], clock: systemClock });
    const ours = port.collection(notifications);
    const rawly = raw.documents.collection<{ _id: string }>("bench_documents");
    await rawly.createIndexes([{ key: { open: 1 }, unique: true }, { key: { userId: 1, at: 1 } }, { key: { expiresAt: 1 } }]);
    const inserted = await compare(
      turns,
      (turn) => ours.insert(documentOf(`ours-${turn}`)),
      (turn) => {
        const { id, ...fields } = documentOf(`raw-${turn}`);
        return rawly.insertOne({ _id: id, ...fields });
      },
    );
    const got = await compare(
      turns,
      async (turn) => found(await ours.get(`ours-${turn}`)),
      async (turn) => found(await rawly.findOne({ _id: `raw-${turn}` })),
    );
    await port.close();
    return [...against("document in", inserted, 2), ...against("document out", got, 1.3)];
  } finally {
    await server.close();
  }
}

/** A file through the host into the graph's server and out again, against as many chunks of the same size by the driver. */
export function filesOnServers(clinic: ServerClinic, raw: RawServers, size: { megabytes: number; turns: number }): Promise<Figure[]> {
  return files(clinic, { ...size, raw: (_path, bytes) => rawChunks(raw, bytes) });
}

async function rawChunks(raw: RawServers, bytes: number): Promise<number> {
  const data = randomBytes(CHUNK_BYTES);
  const count = Math.ceil(bytes / CHUNK_BYTES);
  const before = performance.now();
  for (let index = 0; index < count; index += 1) {
    await raw.write([[CHUNK, { key: randomUUID(), index, size: data.byteLength, data }]]);
  }
  const took = performance.now() - before;
  for (let gone = 0; gone < count; gone += 64) await raw.write([[CHUNKS_AWAY, {}]]);
  return took;
}

function documentOf(id: string): NotificationDocument {
  const kept = { count: 1, at: NOW, readAt: null, expiresAt: "2099-01-01T00:00:00.000Z" };
  return { id, userId: "bench", kind: "message", subjectId: id, open: `bench|message|${id}`, ...kept };
}

function found<T>(document: T | null): T {
  if (document === null) throw new Error("The document is not there.");
  return document;
}

function against(name: string, { ours, raw, ratio }: Awaited<ReturnType<typeof compare>>, times: number): Figure[] {
  const allowed = Math.max(times, (raw.p50 + 1) / raw.p50);
  const note = `${ours.p50.toFixed(2)} ms; raw driver ${raw.p50.toFixed(2)} ms`;
  return [{ name: `${name}: times the raw driver`, value: ratio, unit: "×", goal: { atMost: Number(allowed.toFixed(2)) }, note }];
}
