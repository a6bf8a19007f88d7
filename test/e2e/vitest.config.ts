import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The end-to-end journeys: a built host, a real browser, one journey a role. */
export default defineConfig({
  root: at(""),
  resolve: {
    alias: { "@shared": at("src/shared"), "@main": at("src/main"), "@renderer": at("src/renderer"), "@cypher": at("cypher") },
  },
  test: {
    globalSetup: ["test/e2e/sample-template.ts"],
    include: ["test/e2e/specs/**/*.e2e.ts"],
    testTimeout: 90_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    // Two cores: while two journeys wait for their screens, the third goes on.
    maxWorkers: 3,
  },
});
