import { cutsEverywhere } from "./cut-everywhere.ts";

cutsEverywhere("graph", ["booking", "registration", "observation", "note", "file"]);
