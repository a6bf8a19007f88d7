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

/** Hands the servers to the workers. */
export function giveServers(servers: GivenServers): void {
  process.env[VARIABLE] = JSON.stringify(servers);
}

/** The servers to test on. Throws where the suite's own configuration was not used. */
export function givenServers(): GivenServers {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("run this suite with test/servers/vitest.config.ts: it starts the servers");
  return JSON.parse(text) as GivenServers;
}

/** A database name that no other test has: MongoDB makes it when it is first written to. */
export const ownDatabase = (): string => `polyclinic_test_${randomUUID().replaceAll("-", "")}`;
