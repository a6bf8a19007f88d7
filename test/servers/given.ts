import { randomUUID } from "node:crypto";
import type { Neo4jAddress } from "./start.ts";

/** The servers of this run: those whose URI is given, else those that `global-setup.ts` has started. */
const VARIABLE = "POLYCLINIC_TEST_SERVERS";

export interface GivenServers {
  neo4j: Neo4jAddress;
  mongodb: { uri: string };
  /** Which ones they are, for the output: `Neo4j 5.26.30 (started here)`. */
  says: string[];
}

/** Hands the servers to the workers: each worker has one of them to itself. */
export function giveServers(servers: readonly GivenServers[]): void {
  process.env[VARIABLE] = JSON.stringify(servers);
}

/** This worker's servers. Throws where the suite's own configuration was not used. */
export function givenServers(): GivenServers {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("run this suite with test/servers/vitest.config.ts: it starts the servers");
  const servers = JSON.parse(text) as GivenServers[];
  const worker = Number(process.env.VITEST_POOL_ID ?? 1) - 1;
  return servers[worker % servers.length] as GivenServers;
}

/** Files that run at a time: a Neo4j has one database, so as many as there are Neo4js. One that is given by its URI is one. */
export const WORKERS = process.env.NEO4J_URI ? 1 : 2;

/** A database name that no other test has: MongoDB makes it when it is first written to. */
export const ownDatabase = (): string => `polyclinic_test_${randomUUID().replaceAll("-", "")}`;
