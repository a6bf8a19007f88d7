import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type MongoAudit, mongoAudit } from "@main/data/documents/mongo-audit.ts";
import { type EntryDocument, entryDocument } from "@main/data/documents/mongo-audit-entries.ts";
import { systemClock } from "@main/platform/clock.ts";
import type { Collection } from "mongodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startProxy } from "../servers/proxy.ts";
import { appendMany, record } from "./audit-trail.ts";
import { type MongoUnderTest, mongoUnderTest } from "./mongo-under-test.ts";

describe("one audit trail of several workstations", () => {
  let mongo: MongoUnderTest;
  let folder: string;
  let entries: Collection<EntryDocument>;
  const open: MongoAudit[] = [];
  const workstation = async (id: string, uri = mongo.settings.uri) => {
    const server = await mongo.connect(uri);
    const audit = mongoAudit({ server, workstation: { id }, clock: systemClock, anchorFile: join(folder, id, "heads.json") });
    await audit.prepare();
    open.push(audit);
    return audit;
  };
  const closeAll = () => Promise.all(open.splice(0).map((audit) => audit.close()));

  beforeEach(async () => {
    mongo = await mongoUnderTest();
    folder = await mkdtemp(join(tmpdir(), "audit-writers-"));
    entries = mongo.raw.db(mongo.settings.database).collection<EntryDocument>("audit");
  });
  afterEach(async () => {
    await closeAll();
    await mongo.end();
    await rm(folder, { recursive: true });
  });

  it("verifies while all of them write: a chain each without a gap, one order of all", async ({ annotate }) => {
    const all = [await workstation("a"), await workstation("b"), await workstation("c")];
    const started = performance.now();
    const writing = Promise.all(all.flatMap((audit) => [appendMany(audit, 400), sleep(20).then(() => appendMany(audit, 400))]));
    expect(await all[0]?.verify()).toMatchObject({ ok: true });
    await writing;
    const rate = 2400 / ((performance.now() - started) / 1000);
    await annotate(`${Math.round(rate)} entries a second by three workstations`);
    for (const audit of all) expect(await audit.verify()).toEqual({ ok: true, checked: 2400 });
    const found = await entries.find().toArray();
    expect(new Set(found.map(({ seq }) => seq)).size).toBe(2400);
    for (const writer of ["a", "b", "c"]) {
      const numbers = found.filter((entry) => entry.writer === writer).map(({ n }) => n);
      expect(numbers.sort((x, y) => x - y)).toEqual(Array.from({ length: 800 }, (_, index) => index + 1));
    }
    expect((await all[1]?.list({ limit: 3000 }))?.map(({ seq }) => seq)).toEqual(found.map(({ seq }) => seq).sort((x, y) => y - x));
  });

  it("begins at several workstations at once, also on an empty server", async () => {
    const all = await Promise.all(["a", "b", "c", "d"].map((id) => workstation(id)));
    await Promise.all(all.map((audit) => audit.append(record())));
    expect(await all[3]?.verify()).toEqual({ ok: true, checked: 4 });
  });

  it("finds what was cut off of another workstation's chain, where its own anchor is gone with it", async () => {
    const [a, b] = [await workstation("a"), await workstation("b")];
    await appendMany(a, 5);
    await appendMany(b, 5);
    expect(await b.verify()).toMatchObject({ ok: true });
    await closeAll();
    await entries.deleteMany({ writer: "a", n: { $gt: 3 } });
    await rm(join(folder, "a"), { recursive: true });
    expect(await (await workstation("b")).verify()).toMatchObject({ ok: false, firstBad: 4, cause: "truncated" });
    // Nor is it hidden by what is written behind it.
    await (await workstation("a")).append(record());
    expect(await (await workstation("b")).verify()).toMatchObject({ ok: false });
  });

  it("finds an entry that was hidden from a search by changing only what is searched, and one put where no chain goes", async () => {
    const a = await workstation("a");
    await appendMany(a, 4);
    await entries.updateOne({ n: 3 }, { $set: { patientId: "P999999" } });
    expect(await a.verify()).toEqual({ ok: false, checked: 3, firstBad: 3, cause: "edited" });
    await entries.updateOne({ n: 3 }, { $set: { patientId: "P000001" } });
    expect(await a.verify()).toMatchObject({ ok: true });
    const forged = { ...((await entries.findOne({ n: 4 })) as EntryDocument), _id: "x", seq: 9, n: "5" as never };
    await entries.insertOne(forged);
    expect(await a.verify()).toMatchObject({ ok: false, firstBad: 9, cause: "edited" });
    expect(entryDocument(forged)?._id).toBe("a|4");
  });

  it("neither loses nor doubles an entry, wherever the connection breaks", async () => {
    const network = await startProxy({ port: Number(new URL(mongo.settings.uri).port) });
    const audit = await workstation("a", `mongodb://127.0.0.1:${network.port}`);
    let count = 0;
    for (const direction of ["to-server", "to-client"] as const) {
      for (const when of ["before", "after"] as const) {
        for (const piece of [1, 2, 3]) {
          network.arm({ direction, piece, when });
          await Promise.all([1, 2, 3].map(() => audit.append(record({ requestId: `r${(count += 1)}` }))));
        }
      }
    }
    const listed = await audit.list({ limit: 1000 });
    expect(listed.map(({ requestId }) => requestId).sort()).toEqual(Array.from({ length: count }, (_, index) => `r${index + 1}`).sort());
    expect(await audit.verify()).toEqual({ ok: true, checked: count });
    await audit.close();
    await network.close();
  });

  it("refuses an append within the deadline while the server is away, and goes on without a gap when it is back", async () => {
    const network = await startProxy({ port: Number(new URL(mongo.settings.uri).port) });
    const audit = await workstation("a", `mongodb://127.0.0.1:${network.port}`);
    await audit.append(record({ requestId: "before" }));
    network.down(true);
    const began = performance.now();
    await expect(audit.append(record({ requestId: "refused" }))).rejects.toMatchObject({ code: "store-unavailable" });
    expect(performance.now() - began).toBeLessThan(12_000);
    network.down(false);
    await expect
      .poll(
        () =>
          audit.append(record({ requestId: "after" })).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    const ids = (await audit.list({ limit: 10 })).map(({ requestId }) => requestId);
    expect(ids).toContain("before");
    expect(ids).toContain("after");
    expect(ids).not.toContain("refused");
    expect(await audit.verify()).toMatchObject({ ok: true });
    await audit.close();
    await network.close();
  });

  it("moves to another store as it is: the chains go on there, and nothing is there twice", async () => {
    const [a, b] = [await workstation("a"), await workstation("b")];
    await appendMany(a, 7);
    await appendMany(b, 7);
    await appendMany(a, 7);
    const first = await a.exportRecords(0, 10);
    const rest = await a.exportRecords(first.at(-1)?.seq ?? 0, 100);
    expect([first.length, rest.length]).toEqual([10, 11]);

    const target = await mongoUnderTest();
    const moved = mongoAudit({
      server: await target.connect(),
      workstation: { id: "a" },
      clock: systemClock,
      anchorFile: join(folder, "t.json"),
    });
    await moved.prepare();
    expect(await moved.importRecords(first)).toEqual({ added: 10 });
    expect(await moved.importRecords([...first, ...rest])).toEqual({ added: 11 });
    expect(await moved.exportRecords(0, 100)).toEqual([...first, ...rest]);
    await moved.append(record());
    expect(await moved.verify()).toEqual({ ok: true, checked: 22 });
    expect((await moved.list({ limit: 1 }))[0]?.seq).toBe(22);
    await a.append(record({ actorName: "another" }));
    const other = await a.exportRecords(21, 1);
    await expect(moved.importRecords(other)).rejects.toMatchObject({ code: "conflict" });
    await expect(moved.importRecords([{ ...(first[0] as (typeof first)[0]), body: "{" }])).rejects.toMatchObject({ code: "conflict" });
    await moved.close();
    await target.end();
  });

  it("is refused before it is connected", async () => {
    const server = await mongo.connect();
    const audit = mongoAudit({ server, workstation: { id: "x" }, clock: systemClock, anchorFile: join(folder, "x.json") });
    await expect(audit.append(record())).rejects.toMatchObject({ code: "store-unavailable" });
    await audit.close();
  });
});
