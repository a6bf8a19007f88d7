import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { keysOf } from "../world/keys-of.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A host started as IT starts it: `npm run host -- …`, without npm. */
export interface HostProcess {
  child: ChildProcess;
  /** The line of JSON it printed when it was ready. */
  ready: Promise<{ url: string; version: string; pid: number }>;
  /** Everything on standard output. */
  printed: string[];
  /** Everything on standard error. */
  complaints: () => string;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

export function startHostProcess(args: readonly string[], environment: Record<string, string> = {}): HostProcess {
  const folder = args[args.indexOf("--data") + 1] ?? "";
  const child = spawn(process.execPath, ["src/main/cli/run-host.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "test", VITEST: "", POLYCLINIC_KEYS: keysOf(folder), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  const ready = new Promise<{ url: string; version: string; pid: number }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      resolve(JSON.parse(line));
    });
    void ended.then((code) => reject(new Error(`the host ended with ${code}: ${complaints}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, printed, complaints: () => complaints, ended };
}
