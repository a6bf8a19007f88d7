import { toolShapes } from "./tool-shapes.contract.ts";

toolShapes("Neo4j and MongoDB", { servers: true });
