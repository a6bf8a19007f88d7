import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startHost } from "@main/app/host-server.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { pngOf } from "../../test/world/sample-files.ts";
import { CHART_PATIENT, type Clinic } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";

const MB = 1024 * 1024;

interface FilesOptions {
  megabytes: number;
  turns: number;
  /** Writes so many bytes in chunks with nothing of ours, and says how many milliseconds it took; into SQLite at that path when left out. */
  raw?: (path: string, bytes: number) => Promise<number>;
}

/**
 * A file into the host and out of it, by a client in a process of its own, against the engine's own chunk writes in turns with it: as many
 * chunks of the same size, each on disk before the next.
 */
export async function files(clinic: Clinic, { megabytes, turns, raw: rawly = rawWrites }: FilesOptions): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-files-"));
  const host = await startHost({ app: clinic.world.app, port: 0 });
  const client = fork(join(process.cwd(), "bench", "file-client.ts"), [], { execArgv: [] });
  try {
    const path = join(folder, "large.png");
    const bytes = pngOf(megabytes * MB);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await writeFile(path, bytes);
    const sent = { clinic, client, url: host.url, path, filesize: bytes.length, sha256 };
    await transfer(sent);
    const taken = { raw: [] as number[], in: [] as number[], out: [] as number[], grown: [] as number[] };
    for (let turn = 0; turn < turns; turn += 1) {
      taken.raw.push(await rawly(join(folder, `raw-${turn}.sqlite`), bytes.length));
      const { inMs, outMs, grown } = await transfer(sent);
      taken.in.push(inMs);
      taken.out.push(outMs);
      taken.grown.push(grown);
    }
    const [raw, into, out] = [taken.raw, taken.in, taken.out].map((times) => spread(times).p50) as [number, number, number];
    const speed = (ms: number) => `${Math.round((megabytes * 1000) / ms)} MB/s`;
    const goal = { atLeast: 0.6 };
    return [
      {
        name: `file of ${megabytes} MB in ÷ raw chunk writes`,
        value: raw / into,
        unit: "×",
        goal,
        note: `${speed(into)}, raw ${speed(raw)}`,
      },
      {
        name: `file of ${megabytes} MB out ÷ raw chunk writes`,
        value: raw / out,
        unit: "×",
        goal,
        note: `${speed(out)}, raw ${speed(raw)}`,
      },
      {
        name: `memory of the host for ${megabytes} MB`,
        value: Math.max(...taken.grown) / 1000,
        unit: "kB",
        goal: { atMost: (64 * MB) / 1000 },
      },
    ];
  } finally {
    client.disconnect();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Sent {
  clinic: Clinic;
  client: ChildProcess;
  url: string;
  path: string;
  filesize: number;
  sha256: string;
}

/** In, filed, and out again; how long the two took, and by how much this process grew at most meanwhile. */
async function transfer({ clinic, client, url, path, filesize, sha256 }: Sent): Promise<{ inMs: number; outMs: number; grown: number }> {
  const token = clinic.token("doctor");
  const begun = { patientId: CHART_PATIENT, filename: "large.png", filesize, key: randomUUID() };
  const { uploadId } = await clinic.call("files", "beginUpload", begun, "doctor");
  const before = process.memoryUsage.rss();
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 20);
  try {
    const put = await asked(client, { put: `${url}/files/${uploadId}?offset=0`, path, token });
    const { id } = await clinic.call("files", "finishUpload", { uploadId, sha256 }, "doctor");
    const got = await asked(client, { get: `${url}/files/${id}`, token });
    if (put.bytes !== filesize || got.bytes !== filesize) throw new Error(`The file did not come whole: ${put.bytes}, ${got.bytes}`);
    return { inMs: put.ms, outMs: got.ms, grown: highest - before };
  } finally {
    clearInterval(watch);
  }
}

async function asked(client: ChildProcess, wish: object): Promise<{ ms: number; bytes: number }> {
  client.send(wish);
  const [answer] = (await once(client, "message")) as [{ ms: number; bytes: number; error?: string }];
  if (answer.error) throw new Error(answer.error);
  return answer;
}

/** The same number of chunks straight into SQLite, each flushed before the next. */
async function rawWrites(path: string, bytes: number): Promise<number> {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA page_size = 32768; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 128");
  db.exec("CREATE TABLE chunks (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT");
  const insert = db.prepare("INSERT INTO chunks (idx, bytes) VALUES (?, ?)");
  const chunk = randomBytes(CHUNK_BYTES);
  const log = await open(`${path}-wal`, "r+");
  const before = performance.now();
  for (let index = 0; index * CHUNK_BYTES < bytes; index += 1) {
    insert.run(index, chunk);
    await log.datasync();
  }
  const took = performance.now() - before;
  await log.close();
  db.close();
  return took;
}
