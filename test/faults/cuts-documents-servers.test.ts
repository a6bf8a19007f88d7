import { cutsEverywhere } from "./cut-everywhere.ts";

cutsEverywhere("documents", ["booking", "registration", "message", "observation", "note"]);
