import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Viewer } from "../../src/main/platform/request.ts";
import type { ServerSettings } from "../../src/main/platform/server-settings.ts";
import { openWorld } from "../world/open-world.ts";
import { asClient, codeOf } from "./as-client.ts";

/** One call that a workstation is to make. */
export interface Order {
  domain: string;
  route: string;
  input: unknown;
  viewer: Viewer;
}

/** What came of it: the answer, or the code of the refusal. */
export type Outcome = { ok: true; answer: unknown } | { ok: false; code: string };

/**
 * A workstation in a process of its own: for each line `{ at, orders }` it makes all the calls at once at that instant of the wall clock, and
 * prints their outcomes in one line. It ends when its standard input ends.
 */
export async function main(folder: string, settings: string): Promise<void> {
  const began = performance.now();
  const world = await openWorld({ folder, servers: JSON.parse(settings) as ServerSettings, liftRateLimits: true, atOnce: true });
  await world.app.ready;
  writeSync(1, `ready ${Math.round(performance.now() - began)}\n`);
  const call = world.call as (domain: string, route: string, input: unknown, viewer: Viewer) => Promise<unknown>;
  for await (const line of createInterface({ input: process.stdin })) {
    const { at, orders } = JSON.parse(line) as { at: number; orders: Order[] };
    await sleep(Math.max(0, at - Date.now()));
    const outcomes = await Promise.all(
      orders.map(({ domain, route, input, viewer }) =>
        insisting(input, () => call(domain, route, input, viewer)).then(
          (answer): Outcome => ({ ok: true, answer }),
          (error: unknown): Outcome => ({ ok: false, code: codeOf(error) || String(error) }),
        ),
      ),
    );
    process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  }
  await world.close();
}

/** What bears a client's key is asked again, as a screen does that a busy server kept waiting too long. */
async function insisting<T>(input: unknown, call: () => Promise<T>): Promise<T> {
  const isKeyed = typeof input === "object" && input !== null && ("key" in input || "clientId" in input);
  return isKeyed ? (await asClient(call)).answer : call();
}
