import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { within } from "@main/platform/within.ts";
import type { Order, Outcome } from "./workstation-child.ts";

const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const CHILD = fileURLToPath(new URL("./workstation-child.ts", import.meta.url));

/** A workstation lets what is in flight finish, and then ends. */
const CLOSE_MS = 30_000;

/** A workstation in a process of its own. */
export interface Workstation {
  /** Makes all the calls at once, at that instant of the wall clock. */
  at(instant: number, orders: readonly Order[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

export async function startWorkstation(settings: ServerSettings): Promise<Workstation> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-workstation-"));
  const child = spawn(process.execPath, [RUN, CHILD, folder, JSON.stringify(settings)], { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the workstation has ended");
    return String(value);
  };
  const first = await line();
  if (!first.startsWith("ready")) throw new Error(`the workstation said ${first}`);
  return {
    async at(instant, orders) {
      child.stdin.write(`${JSON.stringify({ at: instant, orders })}\n`);
      return JSON.parse(await line()) as Outcome[];
    },
    async close() {
      child.stdin.end();
      await within(CLOSE_MS, exit, () => {
        child.kill("SIGKILL");
        throw new Error("the workstation did not end");
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
