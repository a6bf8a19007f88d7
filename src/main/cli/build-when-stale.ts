import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT, runStep } from "./run-step.ts";

const OUT = join(ROOT, "out");
const STAMP = join(OUT, "built.json");
const LOCK = join(OUT, "building");
const BUILT = [
  "main/index.js",
  "main/host.js",
  "main/migrate.js",
  "main/embedded-process.js",
  "main/research-process.js",
  "main/images-process.js",
  "preload/index.cjs",
  "renderer/index.html",
];
/** What the build is made of; a change in any of it makes the build stale. */
const SOURCES = ["src", "cypher", "package.json", "electron.vite.config.ts"];
const LOCK_PATIENCE_MS = 180_000;

/** Builds the application where it has not been built from the sources as they are. What is said goes to standard error. */
export async function buildWhenStale(say: (line: string) => void): Promise<void> {
  if (isBuilt(sourceState())) return;
  await locked(async () => {
    const state = sourceState();
    if (isBuilt(state)) return;
    say("Building…");
    rmSync(STAMP, { force: true });
    const result = await runStep({ name: "build", command: ["electron-vite", "build", "--logLevel", "warn"] });
    if (!result.ok) throw new Error(`The build failed:\n${result.output}`);
    writeFileSync(STAMP, JSON.stringify(state));
    say(`Built in ${result.seconds.toFixed(0)} s.`);
  });
}

interface SourceState {
  files: number;
  newest: number;
}

/** How many files the sources are and when the newest changed; tests and command lines are not part of the build. */
function sourceState(): SourceState {
  const times = SOURCES.flatMap((path) => changeTimes(join(ROOT, path)));
  return { files: times.length, newest: Math.max(...times) };
}

function changeTimes(path: string): number[] {
  const entry = statSync(path);
  if (!entry.isDirectory()) return [entry.mtimeMs];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !/\.test\.tsx?$/.test(file.name) && !file.parentPath.endsWith(join("main", "cli")))
    .map((file) => statSync(join(file.parentPath, file.name)).mtimeMs);
}

function isBuilt(state: SourceState): boolean {
  try {
    for (const file of BUILT) statSync(join(OUT, file));
    const built = JSON.parse(readFileSync(STAMP, "utf8")) as SourceState;
    return built.files === state.files && built.newest === state.newest;
  } catch {
    return false;
  }
}

/** One build at a time on this working copy; a lock of a process that is gone does not hold. */
async function locked(work: () => Promise<void>): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const started = performance.now();
  while (!takeLock()) {
    if (performance.now() - started > LOCK_PATIENCE_MS) throw new Error(`Another build has held ${LOCK} for three minutes.`);
    await pause(200);
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function takeLock(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!isHeld()) rmSync(LOCK, { force: true });
    return false;
  }
}

function isHeld(): boolean {
  try {
    const holder = Number(readFileSync(LOCK, "utf8"));
    // Its holder has made the file and is about to write its number.
    if (holder === 0) return true;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
