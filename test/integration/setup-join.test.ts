import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keysOf } from "../world/keys-of.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { CLINIC, refused } from "./identity-world.ts";

const NEO4J = { uri: "bolt://127.0.0.1:1", user: "clinic", password: "graph-secret-1" };
const MONGODB = { uri: "mongodb://127.0.0.1:1" };
const JOIN = { neo4j: NEO4J, mongodb: MONGODB };

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const joinServers = (input: Parameters<typeof world.call<"setup", "joinServers">>[2] = JOIN) =>
  world.call("setup", "joinServers", input, null);
const test = () => world.call("setup", "testServer", { store: "graph", neo4j: NEO4J }, null);
const file = () => readFile(join(world.folder, "configuration.json"), "utf8").catch(() => null);
const passwords = async () => (await readdir(keysOf(world.folder)).catch(() => [])).filter((name) => name.includes("password"));

describe("a workstation without a clinic", () => {
  it("tries a server and keeps nothing of it", async () => {
    expect(await test()).toMatchObject({ ok: false, steps: [{ step: "address", state: "failed" }, {}, {}, {}, {}] });
    expect([await file(), await passwords()]).toEqual([null, []]);
  });

  it("joins the clinic's servers at the next start", async () => {
    expect(await joinServers()).toEqual({ restartRequired: true });
    expect(JSON.parse((await file()) ?? "")).toMatchObject({
      mode: "servers",
      neo4j: { uri: NEO4J.uri },
      mongodb: { uri: MONGODB.uri, user: null },
    });
    expect(await file()).not.toContain("secret");
    expect(await passwords()).toEqual(["neo4j-password.key"]);
  });

  it("uses no kept password: nobody is signed in", async () => {
    await joinServers();
    const { password: _, ...neo4j } = NEO4J;
    const before = await file();
    await expect(joinServers({ ...JOIN, neo4j })).rejects.toMatchObject(refused("invalid-input", "neo4j.password"));
    const attempt = world.call("setup", "testServer", { store: "graph", neo4j }, null);
    await expect(attempt).rejects.toMatchObject(refused("invalid-input", "neo4j.password"));
    expect(await file()).toBe(before);
  });

  it("refuses what names no server, and keeps nothing", async () => {
    await expect(joinServers({ ...JOIN, neo4j: { ...NEO4J, caFile: "none.pem" } })).rejects.toMatchObject(
      refused("invalid-input", "neo4j.caFile"),
    );
    expect([await file(), await passwords()]).toEqual([null, []]);
  });
});

describe("a workstation with a clinic", () => {
  it("neither tries nor joins servers without an administrator", async () => {
    await world.call("setup", "createClinic", CLINIC, null);
    await expect(test()).rejects.toMatchObject(refused("already-set-up"));
    await expect(joinServers()).rejects.toMatchObject(refused("already-set-up"));
    expect([await file(), await passwords()]).toEqual([null, []]);
  });
});
