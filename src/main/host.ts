import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runHost } from "./app/run-host.ts";
import { forkEngine } from "./data/graph/engine-launcher.ts";

// The headless entry, built to `out/main/host.js`: the same app served to browsers.
const here = fileURLToPath(new URL(".", import.meta.url));

await runHost({
  args: process.argv.slice(2),
  environment: process.env,
  engine: forkEngine(join(here, "embedded-process.js")),
  pages: join(here, "..", "renderer"),
});
