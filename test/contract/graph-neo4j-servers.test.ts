import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { beforeAll } from "vitest";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { graphContract } from "./graph.contract.ts";
import { neo4jGraph } from "./neo4j-under-test.ts";

// Once, with the time that a migration may take: a test of deadlines opens the graph with a short one.
beforeAll(async () => {
  await emptyNeo4j();
  const graph = neo4jGraph();
  await graph.connect();
  await migrateGraph(graph, systemClock);
  await graph.close();
});

graphContract("Neo4j", "read-committed", async (options) => {
  const graph = neo4jGraph(options);
  await graph.connect();
  return { graph, close: () => graph.close() };
});
