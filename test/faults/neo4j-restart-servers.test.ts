import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownDatabase } from "../servers/given.ts";
import { type StartedNeo4j, startNeo4j } from "../servers/start.ts";
import type { SmallClinic } from "../world/clinic-with.ts";
import { dropDatabase, onGivenServers } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { outcomeOf } from "./as-client.ts";
import { slotsOf, writeUntil } from "./clinic-writer.ts";
import { faultTable } from "./fault-table.ts";
import { acknowledged, compare, writersClinic } from "./written.ts";

/** `NEO4J_KILLS=50` for the long run. */
const KILLS = Number(process.env.NEO4J_KILLS ?? 1);
const RECOVERY_MS = 15_000;
const DAYS = 40;

const tell = faultTable("a real Neo4j");
let server: StartedNeo4j;
let world: World;
let clinic: SmallClinic;
const settings = () => ({
  ...onGivenServers(database),
  neo4j: { uri: server.uri, user: server.user, password: server.password, database: "neo4j", caFile: null },
});
const database = ownDatabase();

beforeAll(async () => {
  server = await startNeo4j();
  world = await openWorld({ servers: settings(), liftRateLimits: true });
  clinic = await world.clinicWith();
}, 400_000);
afterAll(async () => {
  await world?.close();
  await dropDatabase(settings());
  await server?.remove();
}, 120_000);

/** Ends the server as `how` says, and starts it on the same port and folder. */
async function restart(how: "stop" | "kill"): Promise<void> {
  await server[how]();
  const { folder, port } = server;
  server = await startNeo4j({ folder, port });
}

/** From now until a booking's list of free times is answered. */
async function recovery(): Promise<number> {
  const began = performance.now();
  const ask = () => world.call("scheduling", "listFreeSlots", { doctorId: clinic.doctor.id, day: "2026-03-04" }, clinic.users.reception);
  while ((await outcomeOf(ask())).code !== "ok") {
    expect(performance.now() - began).toBeLessThan(RECOVERY_MS);
    await sleep(50);
  }
  return performance.now() - began;
}

describe("a Neo4j that ends while people write, and comes back", () => {
  it(`keeps what was acknowledged, in ${KILLS} kills -9 and one restart, and the application goes on by itself`, {
    timeout: 240_000 + (KILLS + 1) * 240_000,
  }, async () => {
    const on = await writersClinic(world, clinic);
    const told = acknowledged();
    const recoveries: number[] = [];
    let stop = false;
    const writing = writeUntil(world, on, slotsOf(0, DAYS), told.tell, () => stop || told.of.booked.size > DAYS * 30);
    for (let kill = 0; kill <= KILLS; kill += 1) {
      const before = told.of.noted.size;
      await expect.poll(() => told.of.noted.size, { timeout: 60_000 }).toBeGreaterThan(before + 3);
      await restart(kill < KILLS ? "kill" : "stop");
      recoveries.push(await recovery());
    }
    const before = told.of.noted.size;
    await expect.poll(() => told.of.noted.size, { timeout: 60_000 }).toBeGreaterThan(before);
    stop = true;
    await writing;
    const found = await compare(world, on, told, DAYS, clinic.users.admin);
    expect(found).toEqual({ lost: 0, doubled: 0, partial: 0 });
    const also = `${told.total()} answers checked, one clean restart among them`;
    tell({ fault: "kill -9 of Neo4j while people write", times: KILLS, ...found, recoveryMs: Math.max(...recoveries), also });
  });
});
