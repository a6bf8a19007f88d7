import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The build under test: `out/`, or the folder that `POLYCLINIC_BUILD` names. */
export const BUILT = join(process.env.POLYCLINIC_BUILD ?? fileURLToPath(new URL("../../out", import.meta.url)), "main");

const HOST = join(BUILT, "host.js");

/** Servers that are given for other suites are not for a host on a folder of its own. */
export const ON_ITS_FOLDER: Readonly<Record<string, string>> = { NEO4J_URI: "", MONGODB_URI: "" };

export interface RunningHost {
  url: string;
  folder: string;
  /** Ends the host and keeps its folder, as a restart of its machine would begin. */
  down(): Promise<void>;
  /** Starts it again on the same folder and port. */
  up(): Promise<void>;
  /** Ends the host as IT would, and removes its folder. */
  stop(): Promise<void>;
}

/** Starts the built host on a folder, a fresh one when none is named; it is removed at the end. `environment` is added to ours. */
export async function startHost(given?: string, environment = ON_ITS_FOLDER): Promise<RunningHost> {
  if (!existsSync(HOST)) throw new Error(`${HOST} is missing: run \`npm run build\` first`);
  const folder = given ?? (await mkdtemp(join(tmpdir(), "polyclinic-e2e-")));
  let child = run(folder, "0", environment);
  const url = await readyLine(child);
  const down = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  return {
    url,
    folder,
    down,
    up: async () => {
      child = run(folder, new URL(url).port, environment);
      await readyLine(child);
    },
    stop: async () => {
      await down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function run(folder: string, port: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [HOST, "--data", folder, "--port", port], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, POLYCLINIC_RATE_LIMIT: "off", POLYCLINIC_KEYS: join(folder, "keys"), ...environment },
  });
}

/** The host says on one line of JSON where it answers. */
function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const told: string[] = [];
    if (!child.stdout || !child.stderr) return reject(new Error("the host has no output"));
    createInterface({ input: child.stderr }).on("line", (text) => told.push(text));
    createInterface({ input: child.stdout }).on("line", (text) => {
      if (text.startsWith('{"url"')) resolve((JSON.parse(text) as { url: string }).url);
      else told.push(text);
    });
    child.once("exit", (code) => reject(new Error(`the host ended with ${code}: ${told.slice(-10).join("\n")}`)));
  });
}
