import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedPlace } from "@main/app/migrate/embedded-place.ts";
import type { MigrateOptions } from "@main/app/migrate/migrate.ts";
import { openServersPlace } from "@main/app/migrate/servers-place.ts";
import { STEPS } from "@main/app/migrate/steps.ts";
import { systemClock } from "@main/platform/clock.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { keysOf } from "../test/world/keys-of.ts";
import { LAUNCHERS } from "../test/world/launchers.ts";
import { dropDatabase, ownServers } from "../test/world/on-servers.ts";
import { openWorld } from "../test/world/open-world.ts";
import { type Clinic, copyOfClinic, NOW, signedIn } from "./clinic.ts";

/** What a clinic of the bench consists of; it has no bytes of files, no samples, and a new trail on the servers. */
const LEFT_OUT = ["keys", "blobs", "series", "audit"];

/** A clinic on the given servers: the one graph that a Neo4j has, and a MongoDB database of its own. */
export interface ServerClinic extends Clinic {
  readonly servers: ServerSettings;
  /** Seconds that the import took, and how many nodes, relationships and documents it brought. */
  readonly filled: { seconds: number; things: number };
}

/** Empties the Neo4j, fills it with a clinic of this size in the pages of a move, and opens the application on it. */
export async function openServerClinic(patients: number): Promise<ServerClinic> {
  const servers = await ownServers();
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-servers-"));
  const removed = async () => {
    await dropDatabase(servers);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const filled = await fill(patients, servers);
    const world = await openWorld({ folder, servers, clockAt: NOW });
    const clinic = await signedIn(world, patients);
    return {
      ...clinic,
      ...{ servers, filled },
      async close() {
        await clinic.close();
        await removed();
      },
    };
  } catch (error) {
    await removed();
    throw error;
  }
}

async function fill(patients: number, servers: ServerSettings): Promise<ServerClinic["filled"]> {
  const folder = await copyOfClinic(patients);
  const say = () => undefined;
  const options: MigrateOptions = {
    ...{ to: "servers", folder, servers, graph: LAUNCHERS.graph, clock: systemClock, keyPassphrase: null, say },
    ...{ log: createLog({ level: "silent" }), secrets: fileSecrets(keysOf(folder)), configure: async () => [] },
  };
  try {
    const from = await openEmbeddedPlace(options, { expected: true });
    const to = await openServersPlace(options).catch(async (error: unknown) => {
      await from.close();
      throw error;
    });
    try {
      const before = performance.now();
      let things = 0;
      for (const step of STEPS) {
        if (LEFT_OUT.includes(step.name)) continue;
        await step.run({ from, to, say }, null, async (_cursor, count) => {
          things += count;
        });
      }
      return { seconds: (performance.now() - before) / 1000, things };
    } finally {
      await to.close();
      await from.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
