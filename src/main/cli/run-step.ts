import { type ChildProcess, spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A command of the tool chain, run in the repository's folder. */
export interface Step {
  name: string;
  /** Program (found in node_modules/.bin first) and its arguments. */
  command: readonly [string, ...string[]];
  env?: Record<string, string>;
  /** Print what it says as it says it, instead of keeping it. */
  live?: boolean;
  /** Has to be over after so many milliseconds, else it is ended as a failure. What it has started and left running is ended in any case. */
  limitMs?: number;
}

export interface StepResult {
  name: string;
  ok: boolean;
  seconds: number;
  /** What it said, without colours; empty when it was printed live. */
  output: string;
}

const BIN = `${ROOT}node_modules/.bin`;
/** Elsewhere the processes that a process has started are not found by its id. */
const HAS_GROUPS = process.platform !== "win32";

/** Runs one command to its end; a program that cannot be started is a failed step. */
export function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const [program, ...args] = step.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: `${BIN}${delimiter}${process.env["PATH"] ?? ""}`, ...step.env },
      // The programs of node_modules/.bin are .cmd files on Windows, which only a shell starts.
      shell: process.platform === "win32",
      detached: step.limitMs !== undefined && HAS_GROUPS,
      stdio: ["ignore", step.live ? "inherit" : "pipe", step.live ? "inherit" : "pipe"],
    });
    const unbound = step.limitMs === undefined ? () => {} : bind(child, step.name, step.limitMs);
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const finish = (ok: boolean, extra = "") => {
      unbound();
      resolve({
        name: step.name,
        ok,
        seconds: (performance.now() - started) / 1000,
        output: stripVTControlCharacters(Buffer.concat(chunks).toString("utf8") + extra),
      });
    };
    child.on("error", (error) => finish(false, String(error)));
    child.on("close", (code) => finish(code === 0));
  });
}

const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ends a group of processes after so long, and before this one is ended. Answers what ends those of them that are still there. */
function bind(child: ChildProcess, name: string, limitMs: number): () => void {
  const send = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined && HAS_GROUPS) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // Nobody of them is left.
    }
  };
  const late = setTimeout(() => {
    console.error(`${name} was not over after ${limitMs / 60_000} minutes: it is ended`);
    send("SIGKILL");
  }, limitMs);
  let asked: NodeJS.Signals | null = null;
  /** Who is asked to end clears up; who asks twice does not wait for that. */
  const endWithUs = (signal: NodeJS.Signals) => {
    send(asked === null ? signal : "SIGKILL");
    asked = signal;
  };
  for (const signal of ENDINGS) process.on(signal, endWithUs);
  return () => {
    clearTimeout(late);
    for (const signal of ENDINGS) process.removeListener(signal, endWithUs);
    send("SIGKILL");
    if (asked !== null) process.kill(process.pid, asked);
  };
}

/** Steps as a table of name, seconds and result. */
export function table(results: readonly StepResult[]): string {
  const width = Math.max(...results.map((result) => result.name.length));
  return results
    .map((result) => `  ${result.name.padEnd(width)}  ${result.seconds.toFixed(1).padStart(6)} s  ${result.ok ? "ok" : "FAILED"}`)
    .join("\n");
}
