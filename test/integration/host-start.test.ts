import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-start-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs `npm start -- …`, without npm. */
function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["src/main/cli/start.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, POLYCLINIC_KEYS: join(folder, "keys"), ...environment },
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  const address = async () => {
    await expect.poll(() => said, { timeout: 90_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
  };
  return { child, said: () => said, ended, address };
}

/** A program that stands for Electron's: it writes down how it was called and ends with a code. */
async function fakeElectronProgram(code: number): Promise<Record<string, string>> {
  const program = join(folder, "electron");
  await writeFile(program, `#!/bin/sh\necho "$@" > "${folder}/called"\nexit ${code}\n`);
  await chmod(program, 0o755);
  return { ELECTRON_OVERRIDE_DIST_PATH: folder };
}

describe.skipIf(process.platform === "win32")("npm start", { timeout: 120_000 }, () => {
  it("opens the window on the folder it was given, and ends as the window ends", async () => {
    const run = start(["--data", join(folder, "data")], await fakeElectronProgram(0));
    expect(await run.ended).toBe(0);
    const called = await readFile(join(folder, "called"), "utf8");
    expect(called).toContain(`--data=${join(folder, "data")}`);
  });

  it("serves the browser where the window cannot be opened, and ends cleanly on SIGTERM", async () => {
    const run = start(["--data", join(folder, "data"), "--port", "0", "--no-open"], await fakeElectronProgram(1));
    const health = await fetch(`${await run.address()}/health`);
    expect(await health.json()).toMatchObject({ status: "ok" });
    expect(run.said()).toContain("The window could not be opened on this machine");
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
  });

  it("serves the browser when asked to", async () => {
    const run = start(["--browser", "--data", join(folder, "data"), "--port", "0", "--no-open"]);
    const page = await fetch(`${await run.address()}/`);
    expect(page.headers.get("content-type")).toContain("text/html");
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
  });
});
