import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@shared/define.ts";
import { type Config, readConfig } from "../platform/config.ts";
import { keepConfiguration } from "../platform/configuration-keeper.ts";
import { fileSecrets } from "../platform/file-secrets.ts";
import { serverSettings } from "../platform/kept-passwords.ts";
import type { Log } from "../platform/log.ts";
import { createLog } from "../platform/pino-log.ts";
import type { Launchers } from "../platform/process-launcher.ts";
import { type App, composeApp } from "./compose.ts";
import { isLoopback, startHost } from "./host-server.ts";
import { createRestart } from "./restart.ts";

export interface RunHostOptions {
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  launchers: Launchers;
  /** Folder of the built renderer. */
  pages: string;
}

const FAILED = 1;
const BAD_USAGE = 2;
const ADDRESS_IN_USE = 3;
const LOOK_AGAIN_MS = 50;

/**
 * Runs the host until it is told to stop; asked to start anew it reads its configuration again and serves at the same address. Standard
 * output carries exactly one line of JSON, when it is ready; everything else goes to standard error. SIGTERM and SIGINT end it with 0.
 */
export async function runHost(options: RunHostOptions): Promise<void> {
  const stop = stopSignal();
  let bound: number | null = null;
  try {
    do bound = await serve(options, bound, stop);
    while (!stop.aborted);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
    process.exit(exitCode(error));
  }
}

/** One life of the host, until it is told to stop or to start anew. Answers with its port: whoever was served there comes back. */
async function serve(options: RunHostOptions, bound: number | null, stop: AbortSignal): Promise<number | null> {
  const { args, environment, launchers, pages } = options;
  const config = readConfig(args, environment, process.cwd());
  if (config.mode === "client") throw notAClient();
  const log = createLog({ level: config.logLevel });
  const secrets = fileSecrets(config.keyFolder);
  const restart = createRestart();
  const app = await composeApp({
    folder: config.dataFolder,
    launchers,
    log,
    secrets,
    servers: (await serverSettings(config, secrets)) ?? undefined,
    configuration: await keepConfiguration({
      ...{ args, environment, workingFolder: process.cwd(), running: config, secrets },
      modes: ["embedded", "servers"],
    }),
    restart: restart.request,
    keyPassphrase: config.keyPassphrase,
    anchorFile: config.anchorFile,
    liftRateLimits: config.rateLimit === "off" && isLoopback(config.host),
  });
  let close = () => app.close();
  try {
    // Only at the first start: what is found after a restart may be another clinic, on servers.
    if (config.sample && bound === null) await Promise.race([sampleBefore(app, config, log), aborted(stop)]);
    if (stop.aborted) return bound;
    const port = bound ?? config.port;
    const host = await startHost({ app, pages, port, address: config.host, tls: await readTls(config), names: config.names });
    close = async () => {
      await host.close();
      await app.close();
    };
    if (bound === null) process.stdout.write(`${JSON.stringify({ url: host.url, version: app.version, pid: process.pid })}\n`);
    log.info({ url: host.url, mode: config.mode }, bound === null ? "the host is ready" : "the host has started anew");
    await Promise.race([aborted(stop), aborted(restart.signal)]);
    // An address does not name the port that is its scheme's own.
    return Number(new URL(host.url).port) || port;
  } finally {
    await close();
  }
}

/** Loads the sample before anybody is served; where the servers are away, as soon as they are there. */
async function sampleBefore(app: App, config: Config, log: Log): Promise<void> {
  const loading = app.ready.then(() => loadSample(app, config, log));
  if (await isReadyAtFirst(app)) return loading;
  loading.catch((error: unknown) => log.error({}, "the sample clinic could not be loaded", error));
}

/** Whether the stores are ready when the first try is over: a server that is away or refuses says so in seconds. */
async function isReadyAtFirst(app: App): Promise<boolean> {
  for (;;) {
    const { state, stores } = app.connection();
    if (state !== "connecting") return state === "ready";
    if (stores.graph.cause !== null || stores.documents.cause !== null) return false;
    await sleep(LOOK_AGAIN_MS);
  }
}

function notAClient(): AppError {
  const message = "POLYCLINIC_MODE is client: this computer has no stores to serve. Run the host where the clinic's stores are.";
  return new AppError("invalid-input", message, {
    field: "POLYCLINIC_MODE",
  });
}

async function readTls({ tls }: Config): Promise<{ key: string; cert: string } | undefined> {
  if (!tls) return undefined;
  const read = (file: string, field: string) =>
    readFile(file, "utf8").catch(() => {
      throw new AppError("invalid-input", `${field}: ${file} cannot be read.`, { field });
    });
  return { cert: await read(tls.certificateFile, "--tls-cert"), key: await read(tls.keyFile, "--tls-key") };
}

function exitCode(error: unknown): number {
  if (error instanceof AppError) return error.code === "invalid-input" ? BAD_USAGE : FAILED;
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE" ? ADDRESS_IN_USE : FAILED;
}

async function loadSample(app: App, config: Config, log: Log): Promise<void> {
  const input = config.seed === undefined ? {} : { seed: config.seed };
  const loaded = await app.call("setup", "loadSampleClinic", input, { viewer: null, clock: app.clock });
  const { patients, appointments, durationMs } = loaded;
  log.info({ patients, appointments, ms: Math.round(durationMs) }, "the sample clinic is loaded");
}

/** Aborted at the first SIGTERM or SIGINT, also one that comes while we start; a second one does not cut the end short. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop.abort());
  return stop.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
