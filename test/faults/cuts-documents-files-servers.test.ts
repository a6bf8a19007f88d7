import { cutsEverywhere } from "./cut-everywhere.ts";

cutsEverywhere("documents", ["file"]);
