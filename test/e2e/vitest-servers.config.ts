import { mergeConfig } from "vitest/config";
import journeys from "./vitest.config.ts";

/** The doctor's, the patient's and the researcher's journeys, and those of files, with the bytes on both servers. */
const specs = ["doctor", "portal", "research", "files"];

/**
 * The same journeys once more with the clinic on Neo4j and MongoDB, moved there from the common sample as IT moves one. A Neo4j has one
 * database, so the files take turns. Languages and looks are the renderer's, whatever the stores: here each journey runs once, in English,
 * which keeps it near half of what they take in both languages.
 */
const config = mergeConfig(journeys, { test: { name: "e2e on servers", env: { POLYCLINIC_E2E_STORES: "servers" } } });

config.test = {
  ...config.test,
  globalSetup: ["test/servers/global-setup.ts", "test/e2e/sample-template.ts"],
  include: specs.map((name) => `test/e2e/specs/${name}.e2e.ts`),
  // Two hosts, two browsers and their servers are too much for two cores.
  maxWorkers: 1,
  testNamePattern: /^(?!.*(?:\bar\b|looks right)).+$/,
  // A clinic is moved before each file; a server answers later than a folder on a machine that does other things, too.
  hookTimeout: 600_000,
  testTimeout: 180_000,
};

export default config;
