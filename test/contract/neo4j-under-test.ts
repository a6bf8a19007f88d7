import { type Neo4jGraph, type Neo4jGraphOptions, openNeo4jGraph } from "@main/data/graph/neo4j.ts";
import { systemClock } from "@main/platform/clock.ts";
import type { Neo4jSettings } from "@main/platform/server-settings.ts";
import { givenServers } from "../servers/given.ts";
import type { Neo4jAddress } from "../servers/start.ts";
import { silentLog } from "./embedded-graph.ts";

/** The settings of the Neo4j under test, or of another that was started. */
export const settingsOf = ({ uri, user, password }: Neo4jAddress = givenServers().neo4j): Neo4jSettings => ({
  ...{ uri, user, password, database: "neo4j", caFile: null },
});

/** A graph on the Neo4j under test, not connected yet. */
export const neo4jGraph = (options: Partial<Neo4jGraphOptions> = {}): Neo4jGraph =>
  openNeo4jGraph({ settings: settingsOf(), log: silentLog, clock: systemClock, ...options });
