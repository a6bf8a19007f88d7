import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A suite is a project: `vitest run --project contract`. End-to-end tests need a build and have their own file. */
const suite = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude: ["**/node_modules/**", "**/fixtures/**", "**/*-servers.test.ts", ...exclude] },
});

/** Kills, damage and races that take their time: beside the port they try, or in a folder of their own. */
const FAULTS = ["test/faults/**/*.test.ts", "test/contract/**/*faults*.test.ts"];

/** Integration tests that start built programs, load whole clinics or measure: `npm run check` leaves them to `npm test`. */
const LONG = [
  ...["host*", "sample", "chart-speed", "scheduling-races", "patient-search", "research-cards", "research-gate-mutations"],
  ...["images-process", "messaging-simulation"],
].map((name) => `test/integration/${name}.test.ts`);

export default defineConfig({
  resolve: {
    alias: { "@shared": at("src/shared"), "@main": at("src/main"), "@renderer": at("src/renderer"), "@cypher": at("cypher") },
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      suite("unit", ["src/**/*.test.{ts,tsx}"]),
      suite("architecture", ["test/architecture/**/*.test.ts"]),
      suite("contract", ["test/contract/**/*.test.ts"], FAULTS),
      suite("integration", ["test/integration/**/*.test.ts"], LONG),
      suite("integration-long", LONG),
      suite("faults", FAULTS),
    ],
  },
});
