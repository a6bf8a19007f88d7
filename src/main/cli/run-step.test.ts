import { expect, it } from "vitest";
import { runStep } from "./run-step.ts";

/** Starts a program that never ends, says its id, and then does as told. */
const parent = (ending: string) =>
  `const { pid } = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
   require("node:fs").writeSync(1, String(pid)); ${ending}`;
const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it.skipIf(process.platform === "win32").each([
  { name: "a step that is not over in time", ending: "setInterval(() => {}, 1e6)", limitMs: 1_500, ok: false },
  { name: "a step that leaves something running", ending: "process.exit(0)", limitMs: 60_000, ok: true },
])("ends $name with all that it started", async ({ ending, limitMs, ok }) => {
  const result = await runStep({ name: "step", command: [process.execPath, "-e", parent(ending)], limitMs });
  expect(result.ok).toBe(ok);
  const started = Number(result.output);
  expect(started).toBeGreaterThan(0);
  await expect.poll(() => isThere(started), { timeout: 5_000 }).toBe(false);
});
