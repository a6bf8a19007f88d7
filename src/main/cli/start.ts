import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { readConfig } from "../platform/config.ts";
import { SETTING_NAMES, SETTINGS, type Setting } from "../platform/config-settings.ts";
import { buildWhenStale } from "./build-when-stale.ts";
import { findElectron } from "./machine.ts";
import { ROOT } from "./run-step.ts";

// `npm start [-- --data DIR] [--port N] [--browser] [--no-open]`, with every other setting of the application: the window; where
// Electron's program cannot be had or does not run here (or with `--browser`), the same application in the browser.

const INSTALL_SECONDS = 60;
/** A window that ends sooner than this with a failure did not open: no display, a missing library. */
const OPENED_AFTER_MS = 8_000;
const ADDRESS_IN_USE = 3;

const settings: Setting[] = SETTING_NAMES.map((name) => SETTINGS[name]);
const { values: given } = parseArgs({
  options: {
    ...Object.fromEntries(settings.flatMap(({ option }) => (option === null ? [] : [[option, { type: "string" }] as const]))),
    "env-file": { type: "string" },
    port: { type: "string" },
    browser: { type: "boolean", default: false },
    "no-open": { type: "boolean", default: false },
  },
});
/** What is said of the application itself: handed on to the window or the host, which read it. */
const handedOn = Object.entries(given).flatMap(([name, value]) =>
  typeof value === "string" && name !== "port" ? [`--${name}=${value}`] : [],
);

const say = (line: string) => console.log(line);

try {
  await buildWhenStale(say);
  process.exitCode = (given.browser ? null : await runWindow()) ?? (await runInBrowser());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Runs the desktop window to its end; null when it cannot be opened on this machine. */
async function runWindow(): Promise<number | null> {
  let electron = findElectron();
  if ("missing" in electron) {
    say(`Electron's program is missing; trying to fetch it (${INSTALL_SECONDS} s at most)…`);
    const installer = join(ROOT, "node_modules", "electron", "install.js");
    await endOf(spawn(process.execPath, [installer], { stdio: "inherit", timeout: INSTALL_SECONDS * 1000 }));
    electron = findElectron();
  }
  if ("missing" in electron) {
    say("Electron could not be fetched. Serving the application to the browser instead.");
    return null;
  }
  const started = performance.now();
  const window = spawn(electron.path, [ROOT, ...handedOn], { stdio: "inherit" });
  const code = await endOf(window);
  if (code === 0 || performance.now() - started > OPENED_AFTER_MS) return code;
  say("The window could not be opened on this machine. Serving the application to the browser instead.");
  return null;
}

/**
 * Runs the host to its end and opens the browser on it; where this computer is a client, on the clinic's host. A port that is taken is
 * replaced by a free one.
 */
async function runInBrowser(): Promise<number> {
  const { clientUrl } = readConfig(handedOn, process.env, process.cwd());
  if (clientUrl !== null) {
    say(`Polyclinic is at ${clientUrl}, on another computer.`);
    if (!given["no-open"]) openBrowser(clientUrl);
    return 0;
  }
  const code = await runHost(given.port);
  return code === ADDRESS_IN_USE && given.port === undefined ? runHost("0") : code;
}

async function runHost(port: string | undefined): Promise<number> {
  const options = ["--log-level=warn", ...handedOn, ...(port === undefined ? [] : [`--port=${port}`])];
  const host = spawn(process.execPath, [join(ROOT, "out", "main", "host.js"), ...options], { stdio: ["ignore", "pipe", "inherit"] });
  createInterface({ input: host.stdout }).once("line", (line) => {
    const { url } = JSON.parse(line) as { url: string };
    say(`Polyclinic is at ${url} (Ctrl+C ends it).`);
    if (!given["no-open"]) openBrowser(url);
  });
  return endOf(host);
}

/** Opens the system's browser; the address stands on the screen already where there is none. */
function openBrowser(url: string): void {
  const command: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ["open", url],
    win32: ["cmd", "/c", "start", "", url],
  };
  const [program, ...args] = command[process.platform] ?? ["xdg-open", url];
  const browser = spawn(program, args, { stdio: "ignore", detached: true });
  browser.on("error", () => say("Open the address above in a browser."));
  browser.unref();
}

/** How a child ended; what we are told to do (Ctrl+C, SIGTERM) is passed on to it. */
function endOf(child: ChildProcess): Promise<number> {
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", forward);
  process.on("SIGTERM", forward);
  return new Promise((resolve) => {
    const end = (code: number) => {
      process.off("SIGINT", forward);
      process.off("SIGTERM", forward);
      resolve(code);
    };
    child.once("error", () => end(1));
    child.once("exit", (code) => end(code ?? 1));
  });
}
