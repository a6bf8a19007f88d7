import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMigrate } from "./app/migrate/run-migrate.ts";
import { forkProcess } from "./platform/process-launcher.ts";

// Built to `out/main/migrate.js`: moves a clinic between its folder and servers.
const here = fileURLToPath(new URL(".", import.meta.url));

process.exit(
  await runMigrate({ args: process.argv.slice(2), environment: process.env, graph: forkProcess(join(here, "embedded-process.js")) }),
);
