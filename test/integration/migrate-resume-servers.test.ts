import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openMongo } from "@main/data/documents/mongo.ts";
import { mongoPresence } from "@main/data/documents/mongo-presence.ts";
import { systemClock } from "@main/platform/clock.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readLines } from "../faults/child-lines.ts";
import { dropDatabase, ownServers, sameAs } from "../world/on-servers.ts";
import { openWorld } from "../world/open-world.ts";
import { copyOf, MOVED_AT, makeClinic, move, removeFolder } from "./migrate-world.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RUN = join(ROOT, "test", "world", "run-module.ts");
const MOVER = join(ROOT, "test", "integration", "migrate-mover.ts");

let template: string;
let folder: string;
let servers: ServerSettings;
beforeAll(async () => {
  template = await makeClinic();
}, 180_000);
beforeEach(async () => {
  [folder, servers] = [await copyOf(template), await ownServers()];
  return async () => {
    await dropDatabase(servers);
    await removeFolder(folder);
  };
}, 120_000);
afterAll(() => removeFolder(template));

const refusal = (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
  work.then(
    () => ({ code: "done", message: "" }),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

/** Moves in a process of its own until that page has arrived, and kills it there. Answers the step it had come to. */
async function killedAt(page: number): Promise<string> {
  const child = spawn(process.execPath, [RUN, MOVER, folder, JSON.stringify(servers), String(page)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = readLines(child);
  await lines.ended;
  expect(child.signalCode).toBe("SIGKILL");
  return lines.all.at(-1)?.split(" ").at(-1) ?? "";
}

describe("a move that is cut off", () => {
  it("goes on where it was, however often it is killed, and ends with the same", async () => {
    const steps = [];
    for (const page of [1, 1, 2, 4, 3]) steps.push(await killedAt(page));
    expect(steps[0]).toBe("nodes");
    expect(steps[1]).toBe("relationships");
    expect(new Set(steps).size).toBe(steps.length);
    const said: string[] = [];
    const { equal, rows } = await move("servers", folder, servers, { say: (line) => void said.push(line) });
    expect(said[0]).toMatch(/^Going on with /);
    expect(rows.filter((row) => !row.equal)).toEqual([]);
    expect(equal).toBe(true);
    expect(existsSync(join(folder, "move.json"))).toBe(false);
  }, 400_000);

  it("says its last word when it is run again, though it was cut off in the middle of it", async () => {
    const broken = new Error("the disk is full");
    await expect(move("servers", folder, servers, { configure: () => Promise.reject(broken) })).rejects.toBe(broken);
    expect((await refusal(openWorld({ folder }))).code).toBe("store-unavailable");
    const told: string[] = [];
    const again = await move("servers", folder, servers, {
      configure: async (to) => {
        told.push(to);
        return [];
      },
    });
    expect([again.equal, told]).toEqual([true, ["servers"]]);
    expect(existsSync(join(folder, "move.json"))).toBe(false);
  }, 300_000);

  it("begins anew where the clinic was used in between, and misses nothing of that", async () => {
    await killedAt(3);
    const world = await openWorld({ folder, clockAt: MOVED_AT });
    const reception = await world.signIn("reception");
    const person = { givenName: "Late", familyName: "Comer", birthDate: "1990-01-01", sex: "female" as const, confirmNotDuplicate: true };
    await world.call("patients", "register", person, reception);
    await world.app.close();
    const { equal, rows } = await move("servers", folder, servers);
    expect(rows.filter((row) => !row.equal)).toEqual([]);
    expect(equal).toBe(true);
  }, 300_000);

  it("leaves a source that differs in force, and says so", async () => {
    let touched = false;
    const { equal, rows } = await move("servers", folder, servers, {
      async onPage(step) {
        // Somebody changes what has already arrived.
        if (step !== "audit" || touched) return;
        touched = true;
        const client = new MongoClient(servers.mongodb.uri);
        await client
          .db(servers.mongodb.database)
          .collection("users")
          .updateOne({}, { $set: { displayName: "Somebody Else" } });
        await client.close();
      },
    });
    expect([equal, rows.filter((row) => !row.equal).map(({ name }) => name)]).toEqual([false, ["users"]]);
    const world = await openWorld({ folder });
    await world.close();
    const again = await move("servers", folder, servers, { afresh: true });
    expect(again.equal).toBe(true);
  }, 300_000);
});

describe("a move is refused", () => {
  it("while the folder is open", async () => {
    const world = await openWorld({ folder });
    try {
      expect((await refusal(move("servers", folder, servers))).code).toBe("conflict");
    } finally {
      await world.app.close();
    }
    expect(existsSync(join(folder, "move.json"))).toBe(false);
  }, 120_000);

  it("while somebody is at the servers", async () => {
    const other = sameAs({ servers }, "The desk at the door");
    const server = openMongo({ settings: other.mongodb, log: createLog({ level: "silent" }) });
    await server.connect();
    const presence = mongoPresence({ server, workstation: other.workstation, version: "1", clock: systemClock });
    await presence.start();
    try {
      const { code, message } = await refusal(move("servers", folder, servers));
      expect([code, message]).toEqual(["conflict", expect.stringContaining("The desk at the door")]);
    } finally {
      await presence.stop();
      await server.close();
    }
    expect((await move("servers", folder, servers)).equal).toBe(true);
  }, 300_000);
});
