import { mkdir, rm } from "node:fs/promises";
import { buildWhenStale } from "./build-when-stale.ts";
import { findChromium, findElectron, findJava } from "./machine.ts";
import { ROOT, runStep } from "./run-step.ts";
import { type Counts, readReport, sum } from "./vitest-report.ts";

/** Everything that this machine can run, and what it could not and why: `npm test`. */

const RESULTS = "artifacts/test-results";
const CI = process.env["CI"] === "true";

interface Run {
  /** Names the report. */
  name: string;
  suites: readonly string[];
  arguments: readonly string[];
  /** At least twice what it takes here: a suite that hangs is ended and counts as failed, and the others still run. */
  minutes: number;
  /** The row of the table, where it is not the suite's. */
  countedAs?: string;
  /** Runs a part of its suite again, by name: what is not chosen ran elsewhere and is not skipped. */
  chosen?: string;
}

const projects = (...names: string[]) => names.flatMap((name) => ["--project", name]);

const RUNS: readonly Run[] = [
  {
    name: "code",
    suites: ["unit", "architecture", "contract", "integration"],
    arguments: projects("unit", "architecture", "contract", "integration", "integration-long"),
    minutes: 12,
  },
  { name: "faults", suites: ["faults"], arguments: projects("faults"), minutes: 6 },
  { name: "servers", suites: ["servers"], arguments: ["--config", "test/servers/vitest.config.ts"], minutes: 25 },
  { name: "e2e", suites: ["e2e"], arguments: ["--config", "test/e2e/vitest.config.ts"], minutes: 20 },
  {
    name: "e2e-servers",
    suites: ["e2e"],
    arguments: ["--config", "test/e2e/vitest-servers.config.ts"],
    minutes: 12,
    countedAs: "e2e-servers",
    chosen: "e2e-servers: journeys of doctor, patient, researcher and files, in English",
  },
];

/** Whose URI is given is for the suites on servers; everything else runs on embedded stores, whatever the environment says. */
const SERVERS = ["NEO4J_URI", "MONGODB_URI"] as const;
const given: Record<string, string> = {};
for (const name of SERVERS) {
  const uri = process.env[name];
  if (uri) given[name] = uri;
  delete process.env[name];
}

const counted = new Map<string, Counts>();
const notes: string[] = [];

function count(suite: string, counts: Partial<Counts>): void {
  counted.set(suite, sum([counted.get(suite) ?? { passed: 0, failed: 0, skipped: 0 }, { passed: 0, failed: 0, skipped: 0, ...counts }]));
}

/** A part that cannot run here: said at the end, and a failure where everything must be present. */
function couldNotRun(suite: string, reason: string): void {
  notes.push(`${suite} did not run: ${reason}`);
  count(suite, CI ? { failed: 1 } : { skipped: 1 });
}

async function runVitest(run: Run, env: Record<string, string> = {}): Promise<void> {
  const report = `${RESULTS}/${run.name}.json`;
  const { ok } = await runStep({
    name: run.name,
    command: ["vitest", "run", ...run.arguments, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    live: true,
    limitMs: run.minutes * 60_000,
    env,
  });
  const found = await readReport(`${ROOT}${report}`);
  for (const [suite, counts] of found ?? []) count(run.countedAs ?? suite, run.chosen ? { ...counts, skipped: 0 } : counts);
  if (run.chosen && found) notes.push(run.chosen);
  for (const suite of run.suites) {
    if (found?.has(suite)) continue;
    notes.push(`${run.countedAs ?? suite} ran no test`);
    count(run.countedAs ?? suite, { failed: 1 });
  }
  // An error outside any test (an unhandled rejection) fails the run though every test in it passed.
  if (!ok && found && found.size > 0 && sum(found.values()).failed === 0) {
    notes.push(`${run.name} failed outside its tests: see its output above`);
    count(run.suites[0] ?? run.name, { failed: 1 });
  }
}

async function runEndToEnd(run: Run, env: Record<string, string> = {}): Promise<void> {
  const browser = await findChromium();
  if ("missing" in browser) return couldNotRun(run.name, browser.missing);
  try {
    await buildWhenStale(console.log);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    notes.push(`${run.name} did not run: the application does not build (output above)`);
    return count(run.name, { failed: 1 });
  }
  process.env["CHROMIUM_PATH"] = browser.path;
  await runVitest(run, env);
}

/** Which servers it was, once. */
function sayWhichServers(): void {
  if (notes.some((note) => note.startsWith("Neo4j:"))) return;
  notes.push(`Neo4j: ${given["NEO4J_URI"] ? "the one of NEO4J_URI" : "5.26 Community, started here from Maven Central"}`);
  notes.push(
    `MongoDB: ${given["MONGODB_URI"] ? "the one of MONGODB_URI" : "its wire protocol on mongo-java-server, started here; no real MongoDB"}`,
  );
}

/** On the servers whose URI is given, else on those that Java and Maven start here: the output says which. */
async function runOnServers(run: Run, go: (run: Run, env: Record<string, string>) => Promise<void>): Promise<void> {
  const tools = findJava();
  if (Object.keys(given).length < SERVERS.length && "missing" in tools) return couldNotRun(run.name, tools.missing);
  sayWhichServers();
  await go(run, given);
}

async function start(run: Run): Promise<void> {
  switch (run.name) {
    case "servers":
      return runOnServers(run, runVitest);
    case "e2e":
      return runEndToEnd(run);
    case "e2e-servers":
      return runOnServers(run, runEndToEnd);
    default:
      return runVitest(run);
  }
}

await rm(`${ROOT}${RESULTS}`, { recursive: true, force: true });
await mkdir(`${ROOT}${RESULTS}`, { recursive: true });
for (const run of RUNS) await start(run);

const electron = findElectron();
if ("missing" in electron) {
  const instead = (counted.get("e2e")?.passed ?? 0) > 0 ? " Its renderer was driven in Chromium." : "";
  notes.push(`the Electron window was not driven: ${electron.missing}.${instead}`);
}

console.log("\nsuite          passed  failed  skipped");
for (const [suite, { passed, failed, skipped }] of counted) {
  console.log(`${suite.padEnd(13)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}`);
}
for (const note of notes) console.log(`- ${note}`);
const total = sum(counted.values());
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
