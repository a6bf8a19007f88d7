import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { ROOT } from "./run-step.ts";

const require = createRequire(import.meta.url);

/** Something that this machine has, or why it has not. */
export type Found = { path: string } | { missing: string };

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser of the end-to-end tests: `CHROMIUM_PATH`, else one on the PATH, else Playwright's own. */
export async function findChromium(): Promise<Found> {
  const named = process.env["CHROMIUM_PATH"];
  if (named) return runnable(named) ? { path: named } : { missing: `CHROMIUM_PATH names ${named}, which cannot be run` };
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const installed = BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable);
  if (installed) return { path: installed };
  const { chromium } = await import("playwright");
  const own = chromium.executablePath();
  return runnable(own) ? { path: own } : { missing: "no Chromium installed (apt-get install chromium, or set CHROMIUM_PATH)" };
}

/** The Electron binary, which the electron package fetches on its first use where the network lets it. */
export function findElectron(): Found {
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  try {
    const folder = dirname(require.resolve("electron/package.json", { paths: [ROOT] }));
    const executable = existsSync(join(folder, "path.txt")) ? readFileSync(join(folder, "path.txt"), "utf8").trim() : "electron";
    const path = join(override ?? join(folder, "dist"), executable);
    return runnable(path)
      ? { path }
      : { missing: "the electron package is installed, its binary is not (npx install-electron fetches it)" };
  } catch {
    return { missing: "the electron package is not installed" };
  }
}

/** Java and Maven, with which the servers of the tests are fetched and started. */
export function findJava(): Found {
  for (const [program, argument] of [
    ["java", "-version"],
    ["mvn", "--version"],
  ] as const) {
    if (spawnSync(program, [argument], { stdio: "ignore" }).status !== 0) {
      return {
        missing: `${program} cannot be run here (Java 17 and Maven start a Neo4j and a MongoDB-protocol server), and NEO4J_URI and MONGODB_URI are not both given`,
      };
    }
  }
  return { path: "java, mvn" };
}
