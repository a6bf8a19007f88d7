import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readOpenFailure } from "./embedded-failures.ts";
import type { EngineFailure, Recovery } from "./embedded-protocol.ts";
import { keep, logSegments, setAside, sizeOf, sweepPartial } from "./embedded-quarantine.ts";

type Grafeo = typeof import("@grafeo-db/js");
export type Database = InstanceType<Grafeo["GrafeoDB"]>;

const FILE = "graph.grafeo";
/** Stands beside the store while it is open: found at the next opening, it means that the last run did not end in order. */
const MARKER = "graph.open";

/** The store could not be opened. */
export class OpenFailure extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure) {
    super("the graph could not be opened");
    this.failure = failure;
  }
}

export interface OpenedStore {
  database: Database;
  file: string;
  recovery?: Recovery;
}

/**
 * Opens the store's file, or makes it unless one is `expected`. Whatever cannot be read is copied to `quarantine/`
 * before the engine touches it, and told in `recovery`. A main file that is damaged is refused: without it the log means nothing.
 */
export async function openStore(grafeo: Grafeo, folder: string, expected: boolean): Promise<OpenedStore> {
  const file = join(folder, FILE);
  if (expected && !existsSync(file)) throw new OpenFailure({ kind: "open-failed", detail: `${FILE} is missing from the data folder` });
  const opened = await openTolerantly(grafeo, folder, file);
  await writeFile(join(folder, MARKER), "", { flush: true });
  return { ...opened, file };
}

/** To be called when the engine has closed the store: the run ended in order. */
export async function markClosed(folder: string): Promise<void> {
  await rm(join(folder, MARKER), { force: true });
}

async function openTolerantly(grafeo: Grafeo, folder: string, file: string): Promise<Omit<OpenedStore, "file">> {
  await sweepPartial(folder);
  const before = await logSegments(file);
  // A log that is there was left by a run that did not end in order; the engine cuts a torn end off when it opens.
  const kept = before.bytes > 0 ? await setAside(folder, FILE) : null;
  const interrupted = existsSync(file) && existsSync(join(folder, MARKER));
  let database: Database;
  try {
    database = grafeo.GrafeoDB.create(file);
  } catch (error) {
    await kept?.discard();
    const failure = readOpenFailure(error, folder);
    if (failure.kind === "open-failed") return await salvage(grafeo, folder, file, failure.detail);
    throw new OpenFailure(failure);
  }
  const cut = before.bytes - (await logSegments(file)).bytes;
  if (kept !== null && cut > 0) {
    return { database, recovery: { quarantine: await kept.keep(), cause: "the end of the log was torn", lostBytes: cut } };
  }
  await kept?.discard();
  if (interrupted && before.segments === 0) {
    return { database, recovery: { quarantine: await keep(folder, FILE), cause: "the log of the last run is missing", lostBytes: 0 } };
  }
  return { database };
}

/** Opens with the commits before the damage. */
async function salvage(grafeo: Grafeo, folder: string, file: string, cause: string): Promise<Omit<OpenedStore, "file">> {
  const quarantine = await keep(folder, FILE);
  try {
    const database = grafeo.GrafeoDB.create(file, { walSalvage: true });
    return { database, recovery: { quarantine, cause, lostBytes: await sizeOf(`${file}.wal`, /^damaged-/) } };
  } catch (error) {
    const failure = readOpenFailure(error, folder);
    throw new OpenFailure(failure.kind === "open-failed" ? { ...failure, quarantine } : failure);
  }
}
