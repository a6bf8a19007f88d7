import { mongoDocuments } from "@main/data/documents/mongo-documents.ts";
import { mongoSeries } from "@main/data/documents/mongo-series.ts";
import { systemClock } from "@main/platform/clock.ts";
import type { CommandStartedEvent, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MongoUnderTest, mongoUnderTest } from "./mongo-under-test.ts";
import { sample } from "./series.contract.ts";

const notes = { name: "notes" };
let mongo: MongoUnderTest;
beforeAll(async () => {
  mongo = await mongoUnderTest();
});
afterAll(() => mongo.end());

/** What the driver asked of the server for a collection while something was done. */
async function askedOf(client: MongoClient, collection: string, work: () => Promise<unknown>): Promise<Record<string, unknown>> {
  const asked: Record<string, unknown> = {};
  const listen = ({ commandName, command }: CommandStartedEvent) => {
    if (command[commandName] === collection) asked[commandName] = command.writeConcern ?? command.readConcern ?? null;
  };
  client.on("commandStarted", listen);
  await work();
  client.off("commandStarted", listen);
  return asked;
}

describe("what an acknowledgement of MongoDB means", () => {
  it("is a majority's disks for records, and one server's word for measured samples", async () => {
    const address = new URL(mongo.settings.uri);
    if (address.pathname === "") address.pathname = "/";
    address.searchParams.set("monitorCommands", "true");
    const server = await mongo.connect(address.href);
    const { client } = server.db();
    const documents = mongoDocuments({ server, specs: [notes], clock: systemClock });
    const series = mongoSeries({ server });
    await Promise.all([documents.prepare(), series.prepare()]);
    const found = await askedOf(client, "notes", async () => {
      await documents.collection<{ id: string }>(notes).insert({ id: "N1" });
      await documents.collection<{ id: string }>(notes).get("N1");
    });
    const [written, read] = [Object.entries(found).filter(([name]) => name !== "find"), found.find];
    expect(written.length).toBeGreaterThan(0);
    for (const [, concern] of written) expect(concern).toEqual({ w: "majority", j: true });
    expect(read).toEqual({ level: "majority" });
    const range = { patientId: "P000001", region: "north", kind: "8867-4", from: sample(0).at, to: sample(60).at, limit: 10 };
    const sampled = await askedOf(client, "vitals", async () => {
      await series.append([sample(1)]);
      expect(await series.list(range)).toHaveLength(1);
    });
    expect(sampled).toEqual({ insert: { w: 1 }, find: { level: "local" } });
  });
});
