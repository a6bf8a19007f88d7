import { cp, mkdir, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { readOpenFailure } from "./embedded-failures.ts";
import type { EngineFailure, Recovery } from "./embedded-protocol.ts";

type Grafeo = typeof import("@grafeo-db/js");
export type Database = InstanceType<Grafeo["GrafeoDB"]>;

/** The store could not be opened. */
export class OpenFailure extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure) {
    super("the graph could not be opened");
    this.failure = failure;
  }
}

/**
 * Opens the store's file, or makes it. Where the engine refuses because of damage, everything is copied to
 * `quarantine/<instant>/` first and then opened with the commits before the damage.
 */
export async function openStore(grafeo: Grafeo, file: string): Promise<{ database: Database; recovery?: Recovery }> {
  try {
    return { database: grafeo.GrafeoDB.create(file) };
  } catch (error) {
    const failure = readOpenFailure(error);
    if (failure.kind !== "open-failed") throw new OpenFailure(failure);
    return await salvage(grafeo, file, failure.detail);
  }
}

async function salvage(grafeo: Grafeo, file: string, cause: string): Promise<{ database: Database; recovery: Recovery }> {
  const quarantine = join("quarantine", new Date().toISOString().replaceAll(":", "-"));
  await setAside(file, quarantine);
  try {
    const database = grafeo.GrafeoDB.create(file, { walSalvage: true });
    return { database, recovery: { quarantine, cause, lostBytes: await sizeOf(`${file}.wal.damaged`) } };
  } catch (error) {
    const failure = readOpenFailure(error);
    throw new OpenFailure(failure.kind === "open-failed" ? { ...failure, quarantine } : failure);
  }
}

/** Copies the file and everything the engine keeps beside it. */
async function setAside(file: string, quarantine: string): Promise<void> {
  const folder = join(file, "..");
  const target = join(folder, quarantine);
  await mkdir(target, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.startsWith(basename(file))) await cp(join(folder, name), join(target, name), { recursive: true });
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return found.size;
    let total = 0;
    for (const name of await readdir(path)) total += await sizeOf(join(path, name));
    return total;
  } catch {
    return 0;
  }
}
