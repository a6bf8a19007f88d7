import { probeMongo } from "../data/documents/mongo-probe.ts";
import { probeNeo4j } from "../data/graph/neo4j-probe.ts";
import type { Probes } from "../features/system/index.ts";

/** How servers are tried. */
export const probes: Probes = { graph: probeNeo4j, documents: probeMongo };
