import { readFile } from "node:fs/promises";
import { AppError } from "@shared/define.ts";
import { type Config, readConfig } from "../platform/config.ts";
import { fileSecrets } from "../platform/file-secrets.ts";
import type { Log } from "../platform/log.ts";
import { createLog } from "../platform/pino-log.ts";
import type { Launchers } from "../platform/process-launcher.ts";
import { type App, composeApp } from "./compose.ts";
import { isLoopback, startHost } from "./host-server.ts";

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

/**
 * Runs the host until it is told to stop. Standard output carries exactly one line of JSON, when it is ready; everything
 * else goes to standard error. SIGTERM and SIGINT end it with 0.
 */
export async function runHost({ args, environment, launchers, pages }: RunHostOptions): Promise<void> {
  const stop = stopSignal();
  let close = async () => {};
  try {
    const config = readConfig(args, environment);
    const log = createLog({ level: config.logLevel });
    const app = await composeApp({
      folder: config.dataFolder,
      launchers,
      log,
      secrets: fileSecrets(config.keyFolder),
      anchorFile: config.anchorFile,
      liftRateLimits: config.rateLimit === "off" && isLoopback(config.host),
    });
    close = () => app.close();
    if (config.sample) await Promise.race([loadSample(app, config, log), aborted(stop)]);
    if (!stop.aborted) {
      const host = await startHost({
        app,
        pages,
        port: config.port,
        address: config.host,
        tls: await readTls(config),
        names: config.names,
      });
      close = async () => {
        await host.close();
        await app.close();
      };
      process.stdout.write(`${JSON.stringify({ url: host.url, version: app.version, pid: process.pid })}\n`);
      log.info({ url: host.url }, "the host is ready");
    }
    await aborted(stop);
    await close();
    process.exit(0);
  } catch (error) {
    await close().catch(() => undefined);
    process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
    process.exit(exitCode(error));
  }
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
