import { join } from "node:path";
import type { Clock } from "../../platform/clock.ts";
import { SqliteFile } from "../documents/sqlite-file.ts";
import { openSound } from "../documents/sqlite-recovery.ts";
import type { RecoveredFile } from "../recovered-file.ts";
import type { BlobInfo, BlobPort } from "./port.ts";
import { BLOB_PAGE_BYTES, layOutBlobs, migrateBlobSchema, salvageBlobs } from "./sqlite-blobs-schema.ts";

/** Chunks that are taken out in one go, so that the end of a large blob does not hold the event loop. */
const TAKEN_AT_ONCE = 16;
/** Pages of the log before it is carried over: 4 MiB, a pause of some milliseconds. */
const CARRIED_AT = 128;

export interface SqliteBlobsOptions {
  /** The data folder; the store is its file `blobs.sqlite`. */
  folder: string;
  clock: Clock;
  /** True when the folder was in use before with such a file: one that is missing is then told of. */
  expected?: boolean;
}

/** The bytes of a data folder's files, with what was done to a damaged file when it was opened. */
export interface SqliteBlobs extends BlobPort {
  readonly recovered: RecoveredFile | null;
}

/** Opens the blob store of a data folder. Throws `store-unavailable` with the cause, also for a newer layout. */
export async function openSqliteBlobs({ folder, clock, expected = false }: SqliteBlobsOptions): Promise<SqliteBlobs> {
  const { opened: file, recovered } = await openSound({
    path: join(folder, "blobs.sqlite"),
    store: "blobs",
    now: clock.now(),
    expected,
    // Files that are lost must not stop the clinic: the charts are whole without their attachments.
    refuseEmpty: false,
    open: openFile,
    layOut: layOutBlobs,
    salvage: salvageBlobs,
  });
  const blobs = { recovered, ...blobPort(file, clock) };
  await takeOutGone(file);
  return blobs;
}

function openFile(path: string): SqliteFile {
  const file = new SqliteFile(path, "blob", { pageBytes: BLOB_PAGE_BYTES });
  try {
    migrateBlobSchema(file.db);
    file.db.exec(`PRAGMA wal_autocheckpoint = ${CARRIED_AT}`);
    return file;
  } catch (error) {
    file.db.close();
    throw error;
  }
}

interface Row {
  n: number;
  id: string;
  at: string;
}

function blobPort(file: SqliteFile, clock: Clock): BlobPort {
  const infoOf = ({ n, id, at }: Row): BlobInfo => ({ id, ...extentOf(file, n), createdAt: at });
  return {
    putChunk: (id, index, bytes) =>
      file.write(() => {
        file.prepare("INSERT OR IGNORE INTO blobs (id, at) VALUES (?, ?)").run(id, clock.now());
        file
          .prepare(
            `INSERT INTO chunks (blob, idx, size, bytes) SELECT n, ?, ?, ? FROM blobs WHERE id = ?
             ON CONFLICT (blob, idx) DO UPDATE SET size = excluded.size, bytes = excluded.bytes`,
          )
          .run(index, bytes.byteLength, bytes, id);
      }),
    getChunk: (id, index) =>
      file.read(() => {
        const chunk = file.prepare("SELECT c.bytes FROM blobs b JOIN chunks c ON c.blob = b.n WHERE b.id = ? AND c.idx = ?").get(id, index);
        return (chunk as { bytes: Uint8Array } | undefined)?.bytes ?? null;
      }),
    stat: (id) =>
      file.read(() => {
        const row = file.prepare("SELECT n, id, at FROM blobs WHERE id = ?").get(id) as Row | undefined;
        return row ? infoOf(row) : null;
      }),
    async delete(id) {
      await file.write(() => {
        file.prepare("INSERT OR IGNORE INTO gone (n) SELECT n FROM blobs WHERE id = ?").run(id);
        file.prepare("DELETE FROM blobs WHERE id = ?").run(id);
      });
      await takeOutGone(file);
    },
    list: (after, limit) =>
      file.read(() => {
        const rows = file.prepare("SELECT n, id, at FROM blobs WHERE id > ? ORDER BY id LIMIT ?").all(after ?? "", limit);
        return (rows as unknown as Row[]).map(infoOf);
      }),
    async clear() {
      await file.write(() => file.db.exec("INSERT OR IGNORE INTO gone (n) SELECT n FROM blobs; DELETE FROM blobs"));
      await takeOutGone(file);
    },
    async health() {
      const sum = () => file.prepare("SELECT coalesce(sum(size), 0) AS bytes FROM chunks").get() as { bytes: number };
      const kept = await file.read(sum).catch(() => null);
      return { state: kept && file.writable ? "up" : "down", bytes: kept?.bytes ?? 0 };
    },
    close: () => file.close(),
  };
}

/** How far a blob goes without a gap. */
function extentOf(file: SqliteFile, n: number): { bytes: number; chunks: number } {
  const all = file
    .prepare("SELECT count(*) AS chunks, coalesce(sum(size), 0) AS bytes, max(idx) AS last FROM chunks WHERE blob = ?")
    .get(n);
  const { chunks, bytes, last } = all as { chunks: number; bytes: number; last: number | null };
  if (last === null || last === chunks - 1) return { chunks, bytes };
  const gapless = `SELECT count(*) AS chunks, coalesce(sum(size), 0) AS bytes FROM
    (SELECT idx, size, row_number() OVER (ORDER BY idx) - 1 AS place FROM chunks WHERE blob = ?) WHERE idx = place`;
  return file.prepare(gapless).get(n) as { chunks: number; bytes: number };
}

/** Takes the chunks of removed blobs out; what a crash leaves of that is done at the next opening. */
async function takeOutGone(file: SqliteFile): Promise<void> {
  for (;;) {
    const left = await file.write(() => {
      const next = file.prepare("SELECT n FROM gone LIMIT 1").get() as { n: number } | undefined;
      if (!next) return false;
      const some = "DELETE FROM chunks WHERE rowid IN (SELECT rowid FROM chunks WHERE blob = ? LIMIT ?)";
      const { changes } = file.prepare(some).run(next.n, TAKEN_AT_ONCE);
      if (Number(changes) < TAKEN_AT_ONCE) file.prepare("DELETE FROM gone WHERE n = ?").run(next.n);
      return true;
    });
    if (!left) return;
  }
}
