import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { firstLoad } from "../../test/e2e/first-load.ts";
import { copyOfClinic } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";

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

function startOnce(folder: string): Promise<number> {
  const before = performance.now();
  const child = spawn(process.execPath, [join("out", "main", "host.js"), "--data", folder, "--port", "0"], {
    env: { ...process.env, NODE_ENV: "production", POLYCLINIC_KEYS: join(folder, "keys") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    let took: number | null = null;
    createInterface({ input: child.stdout }).once("line", () => {
      took = performance.now() - before;
      child.kill("SIGTERM");
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
