// `npm run bench [-- --servers] [--quick] [--strict] [--save]`: measures the application as it is built and prints one table.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { buildWhenStale } from "../src/main/cli/build-when-stale.ts";
import { ROOT } from "../src/main/cli/run-step.ts";
import { startServers } from "../test/servers/global-setup.ts";
import config from "../vitest.config.ts";
import type { Figure } from "./measure.ts";
import { type Baseline, line, missedGoals, newBaseline, regressions } from "./report.ts";
import type { Measured } from "./servers.ts";

const BASELINE = join(ROOT, "bench", "baseline.json");
const OUT = join(ROOT, "out", "bench");

const SUITES = ["suite.ts", "servers.ts"];
const WORKERS = ["platform/password-worker.ts", "features/research/gate/gate-worker.ts"];

const options = new Set(process.argv.slice(2));
const unknown = [...options].filter((option) => !["--servers", "--quick", "--strict", "--save"].includes(option));
if (unknown.length > 0) {
  console.error(
    `Unknown option ${unknown[0]}. Known: --servers (on Neo4j and MongoDB), --quick (smaller and shorter), --strict (exit 1 on a regression), --save (new baseline).`,
  );
  process.exit(2);
}

// As in production: no answer is checked against the contract.
process.env["NODE_ENV"] = "production";
process.chdir(ROOT);
await buildWhenStale((said) => console.error(said));
await build({
  configFile: false,
  root: ROOT,
  logLevel: "error",
  resolve: { alias: config.resolve?.alias },
  build: {
    ssr: true,
    outDir: OUT,
    target: "node24",
    // What runs in threads of its own stands beside the suite, as it does beside the application.
    rollupOptions: {
      input: [...SUITES.map((suite) => join(ROOT, "bench", suite)), ...WORKERS.map((entry) => join(ROOT, "src", "main", entry))],
      // What knows its own place knows it from there, whichever file it has come into.
      output: { chunkFileNames: "[name]-[hash].js" },
    },
  },
});

const machine = () => `${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}`;
console.log(`${machine()} at the start`);
const quick = options.has("--quick");
const servers = options.has("--servers");
const tell = (figure: Figure) => console.log(line(figure));
const { figures, failed } = servers ? await onServers() : await embedded();
console.log(`${machine()} at the end`);

for (const said of failed) console.log(`could not be measured: ${said}`);
for (const missed of missedGoals(figures)) console.log(`goal missed: ${missed}`);
const baseline = JSON.parse(readFileSync(BASELINE, "utf8")) as Baseline;
const worse = regressions(figures, baseline);
for (const said of worse) console.log(`slower than the baseline: ${said}`);
if (options.has("--save")) writeFileSync(BASELINE, `${JSON.stringify(newBaseline(baseline, machine(), figures, servers), null, 2)}\n`);
// A worker thread or a pool that a scenario left open must not keep the bench from ending.
process.exit(failed.length > 0 || (worse.length > 0 && options.has("--strict")) ? 1 : 0);

async function embedded(): Promise<Measured> {
  const { measureAll } = (await import(pathToFileURL(join(OUT, "suite.js")).href)) as typeof import("./suite.ts");
  return { figures: await measureAll(quick, tell), failed: [] };
}

/** On the servers that are given, else on ones that are started for it and ended with it; says which. */
async function onServers(): Promise<Measured> {
  const start = () => startServers({ workers: 1, optimised: true });
  let stop = await start();
  const startAnew = async () => {
    await stop();
    stop = await start();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop().finally(() => process.exit(1)));
  try {
    const { measureServers } = (await import(pathToFileURL(join(OUT, "servers.js")).href)) as typeof import("./servers.ts");
    return await measureServers(quick, tell, startAnew);
  } finally {
    await stop();
  }
}
