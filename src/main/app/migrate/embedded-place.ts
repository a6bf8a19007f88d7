import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@shared/define.ts";
import { openSqliteBlobs } from "../../data/blobs/sqlite-blobs.ts";
import { createClosers } from "../../data/closers.ts";
import { readDataFormat } from "../../data/data-format.ts";
import { collections } from "../../data/documents/collections.ts";
import { openSqliteDocuments } from "../../data/documents/sqlite.ts";
import { openSqliteAudit } from "../../data/documents/sqlite-audit.ts";
import { openSqliteSeries } from "../../data/documents/sqlite-series.ts";
import { openEmbeddedGraph } from "../../data/graph/embedded.ts";
import { embeddedBulk } from "../../data/graph/embedded-bulk.ts";
import { migrateGraph } from "../../data/migrations/graph-migrations.ts";
import { MOVED_FILE } from "../../data/move-marks.ts";
import type { MigrateOptions } from "./migrate.ts";
import { CALL_MS, type Place } from "./place.ts";
import { stampedClock } from "./stamped-clock.ts";

/** What the stores of a folder are made of: files, each with the log and index beside it, and the folder of the anchor. */
const FILES = ["clinic.json", "graph.grafeo", "graph.grafeo.wal", "anchor/audit-head.json", MOVED_FILE];
const SQLITE = ["documents", "audit", "blobs", "series"].flatMap((store) => ["", "-wal", "-shm"].map((end) => `${store}.sqlite${end}`));

/** Opens the stores of a data folder whose lock the caller holds. */
export async function openEmbeddedPlace(options: MigrateOptions, { expected }: { expected: boolean }): Promise<Place> {
  if (expected && !(await readDataFormat(options.folder)).used) {
    throw new AppError("not-found", `There is no clinic in ${options.folder}.`);
  }
  const { folder, clock, log, graph: engine, anchorFile, secrets } = options;
  const closers = createClosers(log);
  const { opened } = closers;
  const stamped = stampedClock(clock);
  try {
    const documents = opened(await openSqliteDocuments({ folder, specs: collections, clock, expected }));
    const audit = opened(await openSqliteAudit({ folder, clock, anchorFile, expected }));
    const blobs = opened(await openSqliteBlobs({ folder, clock: stamped.clock, expected }));
    const series = opened(await openSqliteSeries({ folder, clock }));
    const graph = opened(await openEmbeddedGraph({ folder, engine, log, expected, deadlineMs: CALL_MS }));
    await migrateGraph(graph, clock);
    return {
      kind: "embedded",
      graph: embeddedBulk(graph),
      ...{ documents, audit, blobs, series, secrets: keptSecrets(secrets) },
      stampBlobs: stamped.set,
      // The lock on the folder keeps everybody else out.
      refuseWhileUsed: () => Promise.resolve(),
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

/** Other clinics of this computer may have keys in the same place: what is there under a name is not replaced. */
function keptSecrets(secrets: Place["secrets"]): Place["secrets"] {
  return {
    ...{ kind: secrets.kind, place: secrets.place },
    get: (name) => secrets.get(name),
    set: async (name, value) => {
      if ((await secrets.get(name)) === null) await secrets.set(name, value);
    },
  };
}

/** Puts the stores of a clinic that was moved away into a folder beside, so that it can come back here. Nothing is deleted. */
export async function setAside(folder: string, name: string): Promise<void> {
  const target = join(folder, name);
  await mkdir(join(target, "anchor"), { recursive: true, mode: 0o700 });
  // The mark goes last: until then the folder still counts as moved, and this is done again.
  for (const file of [...SQLITE, ...FILES]) await moved(join(folder, file), join(target, file));
}

async function moved(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
