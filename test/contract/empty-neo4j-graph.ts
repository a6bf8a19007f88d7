import type { Neo4jGraph } from "@main/data/graph/neo4j.ts";
import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { neo4jGraph } from "./neo4j-under-test.ts";

/** The given Neo4j, emptied, with the clinic's schema. */
export async function openEmptyNeo4j(): Promise<Neo4jGraph> {
  await emptyNeo4j();
  const graph = neo4jGraph();
  await graph.connect();
  await migrateGraph(graph, systemClock);
  return graph;
}
