import { neo4jBulk } from "@main/data/graph/neo4j-bulk.ts";
import { bulkContract } from "./bulk.contract.ts";
import { openEmptyNeo4j } from "./empty-neo4j-graph.ts";

bulkContract("Neo4j", async () => {
  const graph = await openEmptyNeo4j();
  return { graph, bulk: neo4jBulk(graph), close: () => graph.close() };
});
