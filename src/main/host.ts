import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runHost } from "./app/run-host.ts";
import { forkProcess } from "./platform/process-launcher.ts";

// The headless entry, built to `out/main/host.js`: the same app served to browsers.
const here = fileURLToPath(new URL(".", import.meta.url));
const launcher = (entry: string) => forkProcess(join(here, `${entry}.js`));

await runHost({
  args: process.argv.slice(2),
  environment: process.env,
  launchers: { graph: launcher("embedded-process"), research: launcher("research-process"), images: launcher("images-process") },
  pages: join(here, "..", "renderer"),
});
