import { type GivenServers, giveServers } from "./given.ts";
import { NEO4J_USER, startMongo, startNeo4j } from "./start.ts";

/** Starts the servers for which no URI is given, says which ones run, and ends those it started. Vitest calls it around the suite. */
export default async function startServers(): Promise<() => Promise<void>> {
  const { NEO4J_URI, NEO4J_USER: user = NEO4J_USER, NEO4J_PASSWORD: password = "", MONGODB_URI } = process.env;
  const [neo4j, mongodb] = await Promise.all([NEO4J_URI ? null : startNeo4j(), MONGODB_URI ? null : startMongo()]);
  const servers: GivenServers = {
    neo4j: neo4j ? { uri: neo4j.uri, user: neo4j.user, password: neo4j.password } : { uri: NEO4J_URI as string, user, password },
    mongodb: { uri: mongodb?.uri ?? (MONGODB_URI as string) },
    says: [
      neo4j ? "Neo4j 5.26 Community, started here from Maven Central" : "the Neo4j of NEO4J_URI",
      mongodb ? "MongoDB's wire protocol on mongo-java-server 1.47, started here; no real MongoDB" : "the MongoDB of MONGODB_URI",
    ],
  };
  giveServers(servers);
  for (const line of servers.says) console.log(`servers: ${line}`);
  return async () => {
    await Promise.all([neo4j?.remove(), mongodb?.stop()]);
  };
}
