import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { firstLoad } from "../../test/e2e/first-load.ts";
import { copyOfClinic } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";
import type { ServerClinic } from "../server-clinic.ts";

const PATIENCE_MS = 60_000;

/** From starting the built host's process on a clinic of this size until it listens. */
export async function coldStart(patients: number, turns: number): Promise<Figure[]> {
  const folder = await copyOfClinic(patients);
  const times: number[] = [];
  try {
    for (let turn = 0; turn < turns; turn += 1) times.push(await startOnce(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { p50 } = spread(times);
  const note = `slowest of ${turns}: ${(Math.max(...times) / 1000).toFixed(2)} s`;
  return [{ name: `cold start, ${patients.toLocaleString("en")} patients`, value: p50 / 1000, unit: "s", goal: { atMost: 3 }, note }];
}

/** The same on servers, until the host can answer from them: by a workstation that has a data folder but nothing in memory. */
export async function coldStartOnServers({ servers: { neo4j, mongodb }, patients }: ServerClinic, turns: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-start-"));
  const environment = {
    ...{ POLYCLINIC_MODE: "servers", NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, NEO4J_PASSWORD: neo4j.password },
    ...{ MONGODB_URI: mongodb.uri, MONGODB_DATABASE: mongodb.database },
  };
  const times: number[] = [];
  try {
    for (let turn = 0; turn < turns; turn += 1) times.push(await startOnce(folder, { environment, answered: untilHealthy }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { p50 } = spread(times);
  const note = `until /health is 200; slowest of ${turns}: ${(Math.max(...times) / 1000).toFixed(2)} s`;
  return [{ name: `cold start, ${patients.toLocaleString("en")} patients`, value: p50 / 1000, unit: "s", goal: { atMost: 3 }, note }];
}

async function untilHealthy(url: string): Promise<void> {
  for (const giveUpAt = performance.now() + PATIENCE_MS; performance.now() < giveUpAt; ) {
    if ((await fetch(`${url}/health`)).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The host did not become ready.");
}

interface StartOptions {
  environment?: Record<string, string>;
  /** What is waited for after the host has said where it listens. */
  answered?: (url: string) => Promise<void>;
}

function startOnce(folder: string, { environment = { POLYCLINIC_MODE: "embedded" }, answered }: StartOptions = {}): Promise<number> {
  const before = performance.now();
  const child = spawn(process.execPath, [join("out", "main", "host.js"), "--data", folder, "--port", "0"], {
    env: { ...process.env, NODE_ENV: "production", POLYCLINIC_KEYS: join(folder, "keys"), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    let took: number | null = null;
    createInterface({ input: child.stdout }).once("line", (line) => {
      const { url } = JSON.parse(line) as { url: string };
      Promise.resolve(answered?.(url))
        .then(() => {
          took = performance.now() - before;
        }, reject)
        .finally(() => child.kill("SIGTERM"));
    });
    child.once("error", reject);
    child.once("exit", (code) => (took === null ? reject(new Error(`The host ended with ${code}: ${said}`)) : resolve(took)));
  });
}

/** What the browser loads before the first screen. */
export function pageSize(): Figure[] {
  const folder = join("out", "renderer");
  if (!existsSync(join(folder, "index.html"))) throw new Error("The renderer is not built: npm run build");
  const { totalGzipBytes, files } = firstLoad(folder);
  const note = `${files.length} scripts`;
  return [{ name: "first load of the pages, gzip", value: totalGzipBytes / 1000, unit: "kB", goal: { atMost: 350 }, note }];
}
