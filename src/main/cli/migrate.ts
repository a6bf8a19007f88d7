import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildWhenStale } from "./build-when-stale.ts";
import { ROOT } from "./run-step.ts";

// `npm run migrate -- --to servers|embedded --data DIR`: moves a clinic to servers, or back into its folder.
try {
  await buildWhenStale((line) => console.error(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
await import(pathToFileURL(join(ROOT, "out", "main", "migrate.js")).href);
