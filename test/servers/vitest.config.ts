import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { WORKERS } from "./given.ts";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What runs on real servers: every `*-servers.test.ts`. Each worker has a Neo4j of its own, on which its files take turns. */
export default defineConfig({
  root: at(""),
  resolve: {
    alias: { "@shared": at("src/shared"), "@main": at("src/main"), "@renderer": at("src/renderer"), "@cypher": at("cypher") },
  },
  test: {
    name: "servers",
    globalSetup: ["test/servers/global-setup.ts"],
    include: ["test/**/*-servers.test.ts"],
    exclude: ["**/node_modules/**", "**/fixtures/**"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: WORKERS,
  },
});
