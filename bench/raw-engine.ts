import { type FileHandle, open, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Params, Value } from "@main/data/graph/port.ts";

const grafeo = createRequire(join(process.cwd(), "package.json"))("@grafeo-db/js") as typeof import("@grafeo-db/js");

/** The engine's library in this process, without anything of ours before it: what the ratios are taken against. */
export interface RawEngine {
  read(text: string, params: Params): Promise<Record<string, Value>[]>;
  /** Runs statements in one transaction; resolves when the commit is on disk, which our own writes promise too. */
  write(statements: readonly (readonly [text: string, params: Params])[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the graph of a data folder that nobody else has open. */
export async function openRawEngine(folder: string): Promise<RawEngine> {
  const file = join(folder, "graph.grafeo");
  const database = grafeo.GrafeoDB.open(file);
  const logs = new Map<string, FileHandle>();
  const sync = async () => {
    for (const name of await readdir(`${file}.wal`)) {
      if (!name.endsWith(".log")) continue;
      const log = logs.get(name) ?? (await open(join(`${file}.wal`, name), "r+"));
      logs.set(name, log);
      await log.datasync();
    }
  };
  return {
    async read(text, params) {
      const transaction = database.beginTransaction("snapshot");
      const rows = (await transaction.executeCypher(text, params)).toArray();
      transaction.rollback();
      return rows as Record<string, Value>[];
    },
    async write(statements) {
      const transaction = database.beginTransaction("snapshot");
      for (const [text, params] of statements) (await transaction.executeCypher(text, params)).toArray();
      transaction.commit();
      await sync();
    },
    async close() {
      for (const log of logs.values()) await log.close();
      database.close();
    },
  };
}
