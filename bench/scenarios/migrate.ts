// `node test/world/run-module.ts bench/scenarios/migrate.ts [patients]`: moves a clinic to servers and back, on the servers of NEO4J_URI and
// MONGODB_URI or on ones that it starts, and prints how long each way took and whether the digests were equal.
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { tableOf } from "@main/app/migrate/compare.ts";
import { migrate } from "@main/app/migrate/migrate.ts";
import { systemClock } from "@main/platform/clock.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { emptyNeo4j } from "../../test/servers/empty-neo4j.ts";
import { NEO4J_USER, startMongo, startNeo4j } from "../../test/servers/start.ts";
import { LAUNCHERS } from "../../test/world/launchers.ts";
import { copyOfClinic } from "../clinic.ts";
import type { Figure } from "../measure.ts";

const PATIENTS = 10_000;

/** Seconds of each way on these servers, whose Neo4j is emptied first. Throws where the sides differ. */
export async function migrateClinic(patients: number, servers: ServerSettings, say: (line: string) => void): Promise<Figure[]> {
  const folder = await copyOfClinic(patients);
  await emptyNeo4j(servers.neo4j);
  try {
    const figures: Figure[] = [];
    const digests: string[] = [];
    for (const to of ["servers", "embedded"] as const) {
      const { equal, rows, seconds } = await migrate({
        ...{ to, folder, servers, graph: LAUNCHERS.graph, clock: systemClock, keyPassphrase: null, say },
        ...{ log: createLog({ level: "warn" }), secrets: fileSecrets(join(folder, "keys")), configure: async () => [] },
      });
      say(tableOf(rows));
      if (!equal) throw new Error(`the sides differ after the move to ${to}`);
      const moved = rows.reduce((sum, { source }) => sum + source.count, 0);
      // The trail has one entry more after each move: the move itself.
      digests.push(rows.flatMap(({ name, target }) => (name === "audit" ? [] : [`${name} ${target.count} ${target.digest}`])).join("\n"));
      figures.push({ name: `move of ${patients} patients to ${to}`, value: seconds, unit: "s", note: `${moved} things, digests equal` });
    }
    if (digests[0] !== digests[1]) throw new Error("what came back is not what went");
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function reachServers(): Promise<{ servers: ServerSettings; stop(): Promise<void> }> {
  const { NEO4J_URI, NEO4J_USER: user = NEO4J_USER, NEO4J_PASSWORD: password = "", MONGODB_URI } = process.env;
  const neo4j = NEO4J_URI ? null : await startNeo4j();
  const mongo = MONGODB_URI ? null : await startMongo();
  const address = neo4j ?? { uri: NEO4J_URI as string, user, password };
  return {
    servers: {
      neo4j: { uri: address.uri, user: address.user, password: address.password, database: "neo4j", caFile: null },
      mongodb: {
        ...{ uri: mongo?.uri ?? (MONGODB_URI as string), user: null, password: null, caFile: null },
        database: `polyclinic_bench_${randomUUID().replaceAll("-", "")}`,
      },
      workstation: { id: randomUUID(), name: "bench" },
    },
    async stop() {
      await Promise.all([neo4j?.remove(), mongo?.stop()]);
    },
  };
}

/** Prints the figures. The Neo4j that is given is emptied first. */
export async function main(patients = String(PATIENTS)): Promise<void> {
  const { servers, stop } = await reachServers();
  try {
    for (const { name, value, note } of await migrateClinic(Number(patients), servers, (line) => console.error(line))) {
      console.log(`${name}: ${value.toFixed(1)} s (${note})`);
    }
  } finally {
    await stop();
  }
  process.exit(0);
}
