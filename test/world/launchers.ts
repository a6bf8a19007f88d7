import { fileURLToPath } from "node:url";
import { forkProcess, type Launchers } from "@main/platform/process-launcher.ts";

const launcher = (entry: string) => forkProcess(fileURLToPath(new URL(`../../src/main/${entry}.ts`, import.meta.url)));

/** The processes beside the main one, from their sources. */
export const LAUNCHERS: Launchers = {
  graph: launcher("data/graph/embedded-process"),
  research: launcher("data/graph/research-process"),
  images: launcher("platform/images-process"),
};
