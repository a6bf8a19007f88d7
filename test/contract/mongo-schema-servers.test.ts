import type { MongoServer } from "@main/data/documents/mongo.ts";
import { mongoDocuments, sweeper } from "@main/data/documents/mongo-documents.ts";
import type { AnySpec, Document } from "@main/data/documents/port.ts";
import { systemClock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownDatabase } from "../servers/given.ts";
import { connectedMongo, mongoSettings } from "./mongo-store.ts";

const badges: AnySpec = { name: "badges", unique: ["number"], indexes: [["team", "number"]], expires: "until" };
const rooms: AnySpec = { name: "rooms", indexes: [["floor"]] };
interface Badge extends Document {
  number: string | null;
  [field: string]: unknown;
}

describe("the schema of documents on MongoDB", () => {
  let server: MongoServer;
  let other: MongoServer;
  beforeEach(async () => {
    const settings = mongoSettings(ownDatabase());
    [server, other] = await Promise.all([connectedMongo(settings), connectedMongo(settings)]);
  });
  afterEach(async () => {
    await server.db().dropDatabase();
    await Promise.all([server.close(), other.close()]);
  });
  const documentsOn = (on: MongoServer, specs: readonly AnySpec[] = [badges, rooms]) =>
    mongoDocuments({ server: on, specs, clock: systemClock });
  const indexesOf = async (name: string) =>
    (await server.db().collection(name).listIndexes().toArray()).map((index) => String(index.name)).toSorted();

  it("is made by two workstations at once, each several times over", async () => {
    const both = [documentsOn(server), documentsOn(other)];
    await Promise.all([...both, ...both].map((documents) => documents.prepare()));
    const ttl = server.features().ttl ? ["pc_ttl"] : [];
    expect(await indexesOf("badges")).toEqual(["_id_", "pc_team_number", ...ttl, "pc_unique_number", "pc_until"].toSorted());
    expect(await indexesOf("rooms")).toEqual(["_id_", "pc_floor"]);
    const clients = both.map((documents) => documents.collection<Badge>(badges as never));
    const results = await Promise.allSettled(
      clients.flatMap((client, at) => Array.from({ length: 10 }, (_, index) => client.insert({ id: `${at}-${index}`, number: "7" }))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await Promise.all(both.map((documents) => documents.close()));
  });

  it("replaces an index that is declared otherwise, drops one that is declared no more, and leaves IT's own", async () => {
    const documents = documentsOn(server);
    await documents.prepare();
    const raw = server.db().collection("badges");
    await raw.dropIndex("pc_unique_number");
    await raw.createIndex({ number: 1 }, { name: "pc_unique_number" });
    await raw.createIndex({ gone: 1 }, { name: "pc_gone" });
    await raw.createIndex({ team: -1 }, { name: "by_it" });
    await documents.prepare();
    expect(await indexesOf("badges")).toEqual(expect.arrayContaining(["by_it", "pc_unique_number"]));
    expect(await indexesOf("badges")).not.toContain("pc_gone");
    const badge = documents.collection<Badge>(badges as never);
    await badge.insert({ id: "1", number: "7" });
    await expect(badge.insert({ id: "2", number: "7" })).rejects.toMatchObject({ field: "number" });
    await documents.close();
  });

  it("stops where a unique field has been given twice, says where, and goes on once that is mended", async () => {
    const raw = server.db().collection<{ _id: string; number: string }>("badges");
    await raw.insertMany([
      { _id: "1", number: "secret 7" },
      { _id: "2", number: "secret 7" },
    ]);
    const documents = documentsOn(server);
    const refusal = await documents.prepare().catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ problem: { store: "documents", cause: "unknown" } });
    expect((refusal as Error).message).toMatch(/badges.*number/);
    expect((refusal as Error).message).not.toContain("secret");
    await raw.deleteOne({ _id: "2" });
    await documents.prepare();
    expect(await documents.collection<Badge>(badges as never).count({})).toBe(1);
    await documents.close();
  });

  it("of a newer Polyclinic is refused and left as it is", async () => {
    await server.db().collection<{ _id: string; version: number }>("schemaVersions").insertOne({ _id: "documents", version: 99 });
    const documents = documentsOn(server);
    await expect(documents.prepare()).rejects.toMatchObject({ problem: { store: "documents", cause: "schema" } });
    const names = (await server.db().listCollections().toArray()).map(({ name }) => name);
    expect(names.filter((name) => name !== "schemaVersions")).toEqual([]);
    await documents.close();
  });

  it("lets go of what has expired, and of what a removal has taken but could not clear away", async () => {
    const documents = documentsOn(server);
    await documents.prepare();
    const badge = documents.collection<Badge>(badges as never);
    await badge.insert({ id: "old", number: "1", until: "2020-01-01T00:00:00.000Z" });
    await badge.insert({ id: "new", number: "2", until: "2099-01-01T00:00:00.000Z" });
    await badge.insert({ id: "taken", number: "3", until: "2099-01-01T00:00:00.000Z" });
    const raw = server.db().collection<{ _id: string; _d?: string }>("badges");
    const { ttl, retryableWrites } = server.features();
    if (!retryableWrites) {
      await raw.updateOne({ _id: "taken" }, { $set: { _d: "mark" } });
      expect(await badge.get("taken")).toBeNull();
      expect(await badge.delete({ id: "taken" })).toBe(0);
    }
    const sweep = sweeper(server, [badges, rooms], systemClock);
    await sweep();
    await sweep();
    const left = (await raw.find().toArray()).map(({ _id }) => _id).toSorted();
    expect(left).toEqual(["new", ...(ttl ? ["old"] : []), ...(retryableWrites ? ["taken"] : [])]);
    await badge.insert({ id: "again", number: retryableWrites ? "4" : "3" });
    await documents.close();
  });

  it("holds a document of any keys and texts, and what the adapter adds is never seen", async () => {
    const documents = documentsOn(server);
    await documents.prepare();
    const badge = documents.collection<Badge>(badges as never);
    const odd = JSON.parse(
      '{"$a":{"b.c":1,"$d":[{"":2}],"__proto__":{"x":1},"%24":"%"},"_w":"mine","_d":1,"a.b":null,"n\\u0000l":"n\\u0000l"}',
    );
    const document: Badge = { id: "1", number: null, until: "2099-01-01T00:00:00.000Z", ...odd };
    await badge.insert(document);
    expect(await badge.get("1")).toEqual(document);
    expect(Object.keys((await badge.get("1"))?.$a as object)).toContain("__proto__");
    const patch = { ...odd, number: "7", until: null, "": 5 };
    expect(await badge.update("1", patch)).toEqual({ ...document, ...patch });
    expect(await badge.find({ number: "7" })).toEqual([{ ...document, ...patch }]);
    await badge.update("1", { number: null });
    expect(await badge.count({ number: null })).toBe(1);
    await expect(badge.insert({ id: "2", number: null, text: "x".repeat(17_000_000) })).rejects.toMatchObject({ code: "too-large" });
    await expect(badge.update("1", { text: "x".repeat(17_000_000) })).rejects.toMatchObject({ code: "too-large" });
    await documents.close();
  });
});
