import type { TestProject } from "vitest/node";
import { type GivenServers, giveServers } from "./given.ts";
import { NEO4J_USER, type StartedNeo4j, startMongo, startNeo4j } from "./start.ts";

const { NEO4J_URI, NEO4J_USER: user = NEO4J_USER, NEO4J_PASSWORD: password = "", MONGODB_URI } = process.env;

/** Vitest calls it around the suite. */
export default ({ vitest }: TestProject): Promise<() => Promise<void>> => startServers({ workers: vitest.config.maxWorkers });

/** Starts the servers for which no URI is given, a Neo4j for each worker, and says which ones run. Answers what ends those it started. */
export async function startServers({ workers, optimised }: { workers: number; optimised?: boolean }): Promise<() => Promise<void>> {
  const started = NEO4J_URI ? [] : Array.from({ length: workers }, () => startNeo4j({ optimised }));
  const [mongodb, ...neo4js] = await Promise.all([MONGODB_URI ? null : startMongo({ optimised }), ...started]);
  const says = [
    NEO4J_URI ? "the Neo4j of NEO4J_URI" : `Neo4j 5.26 Community, ${workers} started here from Maven Central`,
    mongodb ? "MongoDB's wire protocol on mongo-java-server 1.47, started here; no real MongoDB" : "the MongoDB of MONGODB_URI",
  ];
  const addressOf = (neo4j: StartedNeo4j | undefined) =>
    neo4j ? { uri: neo4j.uri, user: neo4j.user, password: neo4j.password } : { uri: NEO4J_URI as string, user, password };
  const uri = mongodb?.uri ?? (MONGODB_URI as string);
  giveServers(Array.from({ length: workers }, (_, worker): GivenServers => ({ neo4j: addressOf(neo4js[worker]), mongodb: { uri }, says })));
  for (const line of says) console.log(`servers: ${line}`);
  return async () => {
    await Promise.all([...neo4js.map((neo4j) => neo4j.remove()), mongodb?.stop()]);
  };
}
