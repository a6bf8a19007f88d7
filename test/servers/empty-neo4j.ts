import neo4j from "neo4j-driver";
import { givenServers } from "./given.ts";
import type { Neo4jAddress } from "./start.ts";

/**
 * Empties a Neo4j of nodes, constraints and indexes. A server has one database, so what runs on it runs one file after the other and
 * begins with this.
 */
export async function emptyNeo4j({ uri, user, password }: Neo4jAddress = givenServers().neo4j): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  const session = driver.session();
  try {
    // Relationships first: a batch of nodes with very many of them is more than a transaction may hold; few of what carries bytes. One batch after the
    // other: `IN TRANSACTIONS` would hold all there is before it begins.
    for (const [things, size] of [
      ["()-[thing]->()", 10_000],
      ["(thing:FileChunk)", 200],
      ["(thing)", 10_000],
    ] as const) {
      const batch = `MATCH ${things} WITH thing LIMIT ${size} DELETE thing RETURN count(*) AS gone`;
      while (Number((await session.run(batch)).records[0]?.get("gone")) > 0);
    }
    for (const { kind, rows } of [
      { kind: "CONSTRAINT", rows: await session.run("SHOW CONSTRAINTS YIELD name") },
      { kind: "INDEX", rows: await session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'") },
    ]) {
      for (const record of rows.records) await session.run(`DROP ${kind} \`${record.get("name")}\` IF EXISTS`);
    }
  } finally {
    await session.close();
    await driver.close();
  }
}
