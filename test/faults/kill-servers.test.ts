import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SmallClinic } from "../world/clinic-with.ts";
import { sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { readLines } from "./child-lines.ts";
import type { WritersClinic } from "./clinic-writer.ts";
import { faultTable } from "./fault-table.ts";
import { type Acknowledged, acknowledged, compare, writersClinic } from "./written.ts";

/** `SERVER_KILLS=500 npx vitest run --config test/servers/vitest.config.ts test/faults/kill-servers.test.ts` for the long run. */
const KILLS = Number(process.env.SERVER_KILLS ?? 6);
/** The promise is 5 s on a quiet machine, and the table tells what it was; here is room for one that runs other suites as well. */
const READY_MS = 15_000;
/** Days that each run books on. */
const DAYS = 2;
const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const WRITER = fileURLToPath(new URL("./clinic-writer.ts", import.meta.url));

const tell = faultTable("kill -9");
let world: World;
let clinic: SmallClinic;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-server-kill-"));
  world = await openWorld({ servers: true });
  clinic = await world.clinicWith();
}, 300_000);
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a workstation that writes, and kills it somewhere; answers how long it took until it was ready. */
async function killWriting(run: number, on: WritersClinic, told: Acknowledged): Promise<number> {
  const settings = sameAs(world, "killed");
  // The same workstation every time: it goes on with its own chain of the trail.
  settings.workstation.id = WORKSTATION;
  const args = [RUN, WRITER, folder, JSON.stringify(settings), JSON.stringify(on), String(run), String(DAYS)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = readLines(child);
  const [word, ms] = (await lines.first).split(" ");
  expect(word).toBe("ready");
  // It is killed in the middle of its work, however long that took to begin.
  await expect.poll(() => lines.all.length, { timeout: 30_000, interval: 20 }).toBeGreaterThan(9);
  await sleep(Math.random() * 600);
  child.kill("SIGKILL");
  await lines.ended;
  for (const line of lines.all) {
    const [what, key = "", made = ""] = line.split(" ");
    if (what === "booked" || what === "noted" || what === "sent") told.tell(what, key, made);
  }
  return Number(ms);
}

const WORKSTATION = "00000000-0000-4000-8000-00000000c11d";

describe("kill -9 of a workstation on servers", () => {
  it(`loses nothing acknowledged, doubles nothing and leaves nothing partial in ${KILLS} kills`, {
    timeout: 120_000 + KILLS * 30_000,
  }, async () => {
    const on = await writersClinic(world, clinic);
    const told = acknowledged();
    const readyAfter: number[] = [];
    for (let run = 0; run < KILLS; run += 1) readyAfter.push(await killWriting(run, on, told));
    const found = await compare(world, on, told, KILLS * DAYS, clinic.users.admin);
    expect(found).toEqual({ lost: 0, doubled: 0, partial: 0 });
    expect(told.total()).toBeGreaterThan(KILLS);
    for (const kind of ["booked", "noted", "sent"] as const) expect(told.of[kind].size).toBeGreaterThan(0);
    const recoveryMs = Math.max(...readyAfter);
    expect(recoveryMs).toBeLessThan(READY_MS);
    tell({ fault: "kill -9 of a workstation that writes", times: KILLS, ...found, recoveryMs, also: `${told.total()} answers checked` });
  });
});
