import { access, constants, readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { arch, cpus, freemem, platform, release, totalmem } from "node:os";
import { dirname, join, sep } from "node:path";
import { AppError } from "../../shared/define.ts";
import { type Config, readConfig } from "../platform/config.ts";
import { diskState, freeBytes } from "../platform/disk.ts";
import type { Answer } from "./answer.ts";
import { settingAnswers } from "./doctor-settings.ts";
import { storeAnswers } from "./doctor-stores.ts";
import { type Found, findChromium, findElectron } from "./machine.ts";
import { ROOT, runStep } from "./run-step.ts";

/** Plain answers for IT about this machine and this clinic's folder: `npm run doctor`. */

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
const optional = (about: string, found: Found): Answer =>
  "path" in found ? { about, state: "ok", says: found.path } : { about, state: "note", says: found.missing };

async function versions(): Promise<Answer[]> {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
  const major = Number(process.versions.node.split(".")[0]);
  return [
    { about: "Polyclinic", state: "ok", says: version },
    {
      about: "Node",
      state: major >= 24 ? "ok" : "bad",
      says:
        major >= 24
          ? process.versions.node
          : `${process.versions.node}; 24 or newer is needed, and npm ci brings it: start this with npm run doctor`,
    },
    { about: "System", state: "ok", says: `${platform()} ${release()} ${arch()}, ${cpus().length} cores` },
    { about: "Memory", state: "ok", says: `${gigabytes(freemem())} free of ${gigabytes(totalmem())}` },
  ];
}

async function engines(): Promise<Answer[]> {
  // In a process of its own: a native module that does not suit this machine would take this one with it.
  const graph = await runStep({
    name: "graph",
    command: [process.execPath, "--input-type=module", "--eval", 'await import("@grafeo-db/js")'],
  });
  const documents = await runStep({
    name: "documents",
    command: [
      process.execPath,
      "--input-type=module",
      "--eval",
      'const { DatabaseSync } = await import("node:sqlite"); new DatabaseSync(":memory:").exec("CREATE VIRTUAL TABLE t USING fts5(x)");',
    ],
  });
  return [
    graph.ok
      ? { about: "Graph engine", state: "ok", says: "Grafeo loads (embedded)" }
      : { about: "Graph engine", state: "bad", says: `Grafeo does not load here: ${graph.output.trim().split("\n").at(-1) ?? ""}` },
    documents.ok
      ? { about: "Document engine", state: "ok", says: `SQLite ${process.versions["sqlite"] ?? ""} with full-text search (embedded)` }
      : { about: "Document engine", state: "bad", says: "SQLite in this Node has no full-text search" },
  ];
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          (file) => file.size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((total, size) => total + size, 0);
}

/** Where the keys of files at rest lie, and that nobody else can read them. Keys that the window has sealed lie with the window's own settings. */
async function keyFolder({ keyFolder: folder, dataFolder: data }: Config): Promise<Answer> {
  const about = "Keys";
  const inData = folder === data || folder.startsWith(data + sep);
  const names = await readdir(folder).catch(() => null);
  const keys = names?.filter((name) => name.endsWith(".key")).length ?? 0;
  const says = names === null ? `${folder} (not yet made)` : `${folder}, ${keys} kept as files`;
  if (inData) return { about, state: "note", says: `${says}: it lies in the data folder, so a copy of that has the keys too` };
  const mode = names === null || platform() === "win32" ? 0 : (await stat(folder)).mode & 0o077;
  return mode === 0 ? { about, state: "ok", says } : { about, state: "bad", says: `${says}: other users may look into it (chmod 700)` };
}

async function nearestExisting(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    return dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
  }
}

async function dataFolder({ dataFolder: folder }: Config): Promise<Answer[]> {
  const existing = await nearestExisting(folder);
  const writable = await access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
  const free = await freeBytes(existing);
  const state = diskState(free);
  const where = existing === folder ? `${folder}, ${gigabytes(await sizeOf(folder))}` : `${folder} (not yet made)`;
  const room = free === null ? "the system does not say how much is free" : `${gigabytes(free)} free`;
  const meaning = { ok: "", low: ": less than 1 GB", "read-only": ": below 200 MB the clinic is read-only" }[state];
  return [
    { about: "Data folder", state: writable ? "ok" : "bad", says: writable ? where : `${where}: this user may not write there` },
    { about: "Disk", state: state === "ok" ? "ok" : state === "low" ? "note" : "bad", says: room + meaning },
  ];
}

function portIsFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

interface Health {
  status: string;
  version: string;
  stores: Record<string, unknown>;
}

async function runningHost({ host, port }: Config): Promise<Answer> {
  const address = `http://${host}:${port}`;
  if (await portIsFree(port, host)) return { about: "Host", state: "ok", says: `not running; port ${port} is free` };
  try {
    const response = await fetch(`${address}/health`, { signal: AbortSignal.timeout(3000) });
    const health = (await response.json()) as Health;
    const stores = Object.entries(health.stores).map(([store, is]) => `${store} ${typeof is === "string" ? is : JSON.stringify(is)}`);
    return {
      about: "Host",
      state: health.status === "ok" ? "ok" : "bad",
      says: `${address} answers: ${health.status}, ${stores.join(", ")}`,
    };
  } catch {
    return { about: "Host", state: "note", says: `port ${port} is taken by something else; choose another with --port` };
  }
}

/** Everything about the clinic, or what is wrong with its configuration. */
async function clinic(): Promise<Answer[]> {
  try {
    const config = readConfig(process.argv.slice(2), process.env, process.cwd());
    return [
      ...(await settingAnswers(config)),
      ...(await dataFolder(config)),
      await keyFolder(config),
      ...(await storeAnswers(config)),
      await runningHost(config),
    ];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ about: "Configuration", state: "bad", says: error.message }];
  }
}

const answers: Answer[] = [
  ...(await versions()),
  ...(await engines()),
  ...(await clinic()),
  optional("Electron", findElectron()),
  optional("Chromium (tests)", await findChromium()),
];
const width = Math.max(...answers.map(({ about }) => about.length));
for (const { about, state, says } of answers)
  console.log(`${{ ok: "ok  ", note: "note", bad: "BAD " }[state]}  ${about.padEnd(width)}  ${says}`);
process.exitCode = answers.some(({ state }) => state === "bad") ? 1 : 0;
