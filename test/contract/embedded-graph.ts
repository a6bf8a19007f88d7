import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedGraph, type EmbeddedGraphOptions, openEmbeddedGraph } from "@main/data/graph/embedded.ts";
import type { Log } from "@main/platform/log.ts";
import { forkProcess } from "@main/platform/process-launcher.ts";

export const ENGINE_ENTRY = fileURLToPath(new URL("../../src/main/data/graph/embedded-process.ts", import.meta.url));

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A folder of the test's own, and what removes it. */
export async function graphFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-graph-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The embedded graph in `folder`, on a real engine process. */
export function openGraphIn(folder: string, options: Partial<EmbeddedGraphOptions> = {}): Promise<EmbeddedGraph> {
  return openEmbeddedGraph({ folder, engine: forkProcess(ENGINE_ENTRY), log: silentLog, ...options });
}
