import { randomUUID } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mongoAudit } from "@main/data/documents/mongo-audit.ts";
import { type EntryDocument, entryDocument } from "@main/data/documents/mongo-audit-entries.ts";
import type { TrailUnderTest } from "./audit-trail.ts";
import { type MongoUnderTest, mongoUnderTest } from "./mongo-under-test.ts";

export interface MongoTrail extends TrailUnderTest {
  readonly mongo: MongoUnderTest;
  readonly folder: string;
}

/** A trail in a database of its own, as `like` is where one is given. */
export async function mongoTrail(like?: MongoTrail): Promise<MongoTrail> {
  const mongo = await mongoUnderTest();
  const folder = await mkdtemp(join(tmpdir(), "audit-mongo-"));
  const writer = like?.writer() ?? `ws-${randomUUID()}`;
  const entries = mongo.raw.db(mongo.settings.database).collection<EntryDocument>("audit");
  if (like) {
    await cp(like.folder, folder, { recursive: true });
    const theirs = like.mongo.raw.db(like.mongo.settings.database).collection<EntryDocument>("audit");
    await entries.insertMany(await theirs.find().toArray());
  }
  const anchorFile = join(folder, "audit-heads.json");
  return {
    ...{ mongo, folder, anchorFile },
    writer: () => writer,
    async open(clock) {
      const server = await mongo.connect();
      const audit = mongoAudit({ server, workstation: { id: writer }, clock, anchorFile });
      await audit.prepare();
      return audit;
    },
    entries: () =>
      entries
        .find({}, { projection: { _id: 0, seq: 1, prev: 1, hash: 1, body: 1 } })
        .sort({ seq: 1 })
        .toArray(),
    async edit(seq, change) {
      const entry = await entries.findOne({ seq });
      if (!entry) throw new Error(`no entry ${seq}`);
      const { _id, ...follows } = (change.hash && entryDocument({ ...entry, ...change })) || { _id: "" };
      await entries.updateOne({ seq }, { $set: { ...follows, ...change } });
    },
    async remove(from, to) {
      await entries.deleteMany({ seq: { $gte: from, $lte: to } });
    },
    async slipIn(entry) {
      await entries.insertOne(entryDocument(entry) as EntryDocument);
    },
    async end() {
      await mongo.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
