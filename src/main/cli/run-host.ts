import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildWhenStale } from "./build-when-stale.ts";
import { ROOT } from "./run-step.ts";

// `npm run host -- --data DIR --port 0 [--sample] [--seed N] [--anchor FILE]`. The host runs in this process, so that the
// `pid` it prints is the one to signal; standard output is its alone.
try {
  await buildWhenStale((line) => console.error(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
await import(pathToFileURL(join(ROOT, "out", "main", "host.js")).href);
