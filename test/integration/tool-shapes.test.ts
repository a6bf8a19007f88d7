import { toolShapes } from "./tool-shapes.contract.ts";

toolShapes("embedded stores");
