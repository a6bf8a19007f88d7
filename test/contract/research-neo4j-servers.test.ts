import { researchContract } from "./research.contract.ts";
import { openServerBed } from "./research-on-servers.ts";

researchContract("servers, masked", { masked: true, open: openServerBed });
researchContract("Neo4j, with identities", { masked: false, open: openServerBed });
