import type { Neo4jGraph } from "@main/data/graph/neo4j.ts";
import { neo4jBulk } from "@main/data/graph/neo4j-bulk.ts";
import { openServerResearch, type ServerResearchOptions } from "@main/data/graph/server-research.ts";
import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { createTestClock } from "../world/test-clock.ts";
import { graphFolder, silentLog } from "./embedded-graph.ts";
import { neo4jGraph, settingsOf } from "./neo4j-under-test.ts";
import { countedProcesses, pseudonymKey, type ResearchBed, runOn } from "./research-clinic.ts";

/** A research engine on the Neo4j under test. */
export interface ServerBed extends ResearchBed {
  readonly graph: Neo4jGraph;
}

export interface ServerBedOptions extends Partial<ServerResearchOptions> {
  /** Stands before the graph's pages when a snapshot is made of them. */
  before?: (bulk: ServerResearchOptions["bulk"]) => ServerResearchOptions["bulk"];
}

/** A research engine on a Neo4j that was emptied, with a data folder and processes of its own. */
export async function openServerBed({ before = (bulk) => bulk, ...options }: ServerBedOptions = {}): Promise<ServerBed> {
  await emptyNeo4j();
  const { folder, remove } = await graphFolder();
  const graph = neo4jGraph();
  await graph.connect();
  await migrateGraph(graph, systemClock);
  const clock = createTestClock("2026-03-03T08:00:00.000Z");
  const { running, launcher } = countedProcesses();
  const own = { folder, settings: settingsOf(), graph, bulk: before(neo4jBulk(graph)), launcher, log: silentLog, clock, pseudonymKey };
  const engine = await openServerResearch({ ...own, ...options });
  return {
    ...{ folder, graph, engine, clock, running },
    run: (cypher, more = {}) => runOn(engine, cypher, more),
    write: (text, params = {}) => graph.write((writer) => writer.execute({ name: "test/write", text, writes: true }, params)),
    async close() {
      await engine.close();
      await graph.close();
      await remove();
    },
  };
}
