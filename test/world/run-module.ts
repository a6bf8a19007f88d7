// `node test/world/run-module.ts <module> …`: runs the module's `main(…)` in a process of its own, with the aliases and the
// `?raw` imports that the application's sources use. For tests that kill a process.
import { runnerImport } from "vite";
import config from "../../vitest.config.ts";

const [path = "", ...args] = process.argv.slice(2);
const { module } = await runnerImport<{ main(...args: string[]): Promise<void> }>(path, {
  configFile: false,
  root: new URL("../..", import.meta.url).pathname,
  resolve: { alias: config.resolve?.alias },
  logLevel: "error",
});
await module.main(...args);
