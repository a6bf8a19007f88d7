import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { beforeAll } from "vitest";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { graphContract } from "./graph.contract.ts";
import { neo4jGraph } from "./neo4j-under-test.ts";

beforeAll(() => emptyNeo4j());

graphContract("Neo4j", "read-committed", async (options) => {
  const graph = neo4jGraph(options);
  await graph.connect();
  await migrateGraph(graph, systemClock);
  return { graph, close: () => graph.close() };
});
