import { type MongoServer, openMongo } from "@main/data/documents/mongo.ts";
import type { MongoDocuments } from "@main/data/documents/mongo-documents.ts";
import type { Collection } from "@main/data/documents/port.ts";
import { systemClock } from "@main/platform/clock.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ownDatabase } from "../servers/given.ts";
import { type Direction, type Proxy, startProxy } from "../servers/proxy.ts";
import { byWayOf, dropDatabase, mongoSettings, openMongoDocuments, silent } from "./mongo-store.ts";

interface Ticket {
  id: string;
  holder: string | null;
  team: string;
  count: number;
}

const tickets = { name: "tickets", unique: ["holder"], indexes: [["team"]] } as const;
const direct = mongoSettings(ownDatabase());
const ticket = (id: string, more: Partial<Ticket> = {}): Ticket => ({ id, holder: null, team: "red", count: 0, ...more });

let proxy: Proxy;
let far: MongoDocuments & { server: MongoServer };
let near: MongoDocuments & { server: MongoServer };
let mine: Collection<Ticket>;
let seen: Collection<Ticket>;

beforeAll(async () => {
  proxy = await startProxy({ port: Number(new URL(direct.uri).port) });
  near = await openMongoDocuments(direct, [tickets], systemClock);
  far = await openMongoDocuments(byWayOf(proxy, direct), [tickets], systemClock);
  mine = far.collection<Ticket>(tickets);
  seen = near.collection<Ticket>(tickets);
});
afterAll(async () => {
  await far?.close();
  await near?.close();
  await proxy?.close();
  await dropDatabase(direct);
});
afterEach(() => near.clear());

const CUTS = (["to-server", "to-client"] as const).flatMap((direction) =>
  ([1, 2] as const).flatMap((piece) => (["before", "after"] as const).map((when) => ({ direction, piece, when }))),
);

describe.each(CUTS)("a connection cut $when message $piece $direction", (cut) => {
  const cutIn = async <T>(work: () => Promise<T>): Promise<T> => {
    proxy.arm(cut);
    try {
      return await work();
    } finally {
      proxy.arm();
    }
  };

  it("inserts once, and does not take its own document for another's", async () => {
    await cutIn(() => mine.insert(ticket("1", { holder: "ada" })));
    expect(await seen.find({})).toEqual([ticket("1", { holder: "ada" })]);
    await expect(cutIn(() => mine.insert(ticket("2", { holder: "ada" })))).rejects.toMatchObject({ field: "holder" });
  });

  it("updates once and says so, also when what it asked for holds no more", async () => {
    await seen.insert(ticket("1"));
    expect(await cutIn(() => mine.update("1", { count: 1 }, { count: 0 }))).toEqual(ticket("1", { count: 1 }));
    expect(await cutIn(() => mine.update("1", { count: 2 }, { count: 0 }))).toBeNull();
    expect(await seen.get("1")).toEqual(ticket("1", { count: 1 }));
  });

  it("updates many once and counts them all, also when the change takes them out of the filter", async () => {
    for (const id of ["1", "2", "3"]) await seen.insert(ticket(id));
    expect(await cutIn(() => mine.updateMany({ team: "red" }, { team: "blue" }))).toBe(3);
    expect(await seen.count({ team: "blue" })).toBe(3);
  });

  it("puts once", async () => {
    await cutIn(() => mine.put(ticket("1", { count: 1 })));
    await cutIn(() => mine.put(ticket("1", { count: 2 })));
    expect(await seen.find({})).toEqual([ticket("1", { count: 2 })]);
  });

  it("deletes once and says that it has", async () => {
    for (const id of ["1", "2", "3"]) await seen.insert(ticket(id, { holder: id }));
    expect(await cutIn(() => mine.delete({ id: "1" }))).toBe(1);
    expect(await cutIn(() => mine.delete({ id: "1" }))).toBe(0);
    expect(await cutIn(() => mine.delete({ team: "red" }))).toBe(2);
    expect(await seen.find({})).toEqual([]);
    await seen.insert(ticket("4", { holder: "1" }));
  });
});

describe("a connection that keeps breaking", () => {
  it("loses no count and makes none twice, with another client at the same document", async () => {
    await seen.insert(ticket("1"));
    const cutting = setInterval(() => proxy.cutAll(), 150);
    const countUp = async (collection: Collection<Ticket>): Promise<void> => {
      const now = await collection.get("1");
      if (!(await collection.update("1", { count: (now?.count ?? -1) + 1 }, { count: now?.count ?? -1 }))) await countUp(collection);
    };
    const counts = async (collection: Collection<Ticket>) => {
      for (let round = 0; round < 25; round += 1) await countUp(collection);
    };
    await Promise.all([counts(mine), counts(seen)]).finally(() => clearInterval(cutting));
    expect(await seen.get("1")).toMatchObject({ count: 50 });
  });

  it("lets one of two who take a document away have it", async () => {
    const cuts: Direction[] = ["to-server", "to-client"];
    for (let round = 0; round < 20; round += 1) {
      await seen.insert(ticket("code"));
      proxy.arm({ direction: cuts[round % 2] as Direction, piece: 1 + (round % 3), when: round % 4 < 2 ? "before" : "after" });
      const taken = await Promise.all([mine.delete({ id: "code" }), seen.delete({ id: "code" })]);
      expect(taken.toSorted()).toEqual([0, 1]);
    }
    proxy.arm();
  });
});

describe("a server that is away", () => {
  it("is unavailable while it is down, at once after the first call, and there again without anybody's help", async () => {
    const states: string[] = [];
    const stop = far.onState((state) => states.push(state));
    proxy.down(true);
    await expect(mine.get("1")).rejects.toMatchObject({ code: "store-unavailable" });
    const began = performance.now();
    await expect(mine.insert(ticket("1"))).rejects.toMatchObject({ code: "store-unavailable" });
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await far.health()).toMatchObject({ state: "down" });
    proxy.down(false);
    await expect.poll(() => states, { timeout: 8_000 }).toEqual(["down", "up"]);
    await mine.insert(ticket("1"));
    expect(await far.health()).toMatchObject({ state: "up" });
    stop();
  });

  it("gives every call its answer in 10 s when it swallows all that is sent, and goes on afterwards", async () => {
    proxy.blackHole(true);
    const began = performance.now();
    const calls = await Promise.allSettled([mine.get("1"), mine.insert(ticket("1")), mine.updateMany({}, { team: "x" }), mine.delete({})]);
    expect(performance.now() - began).toBeLessThan(10_000);
    for (const call of calls) {
      expect(call.status).toBe("rejected");
      expect(["timeout", "store-unavailable"]).toContain((call as PromiseRejectedResult).reason.code);
    }
    proxy.blackHole(false);
    await expect.poll(() => mine.count({}).catch(() => null), { timeout: 15_000 }).not.toBeNull();
  });

  it("is waited for while it is slow", async () => {
    proxy.delay(400);
    await mine.insert(ticket("1"));
    expect(await mine.update("1", { count: 1 })).toMatchObject({ count: 1 });
    proxy.delay(0);
  });

  it("is not needed to open it or to close it", async () => {
    const server = openMongo({ settings: { ...direct, uri: "mongodb://127.0.0.1:1" }, log: silent });
    expect(() => server.db()).toThrow("not connected yet");
    await expect(server.run(async () => 1)).rejects.toMatchObject({ code: "store-unavailable" });
    await server.close();
    await expect(server.connect()).rejects.toMatchObject({ code: "store-unavailable" });
  });
});
