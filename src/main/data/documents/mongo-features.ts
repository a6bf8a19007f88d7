import { randomBytes } from "node:crypto";
import type { Collection, Db, MongoClient } from "mongodb";
import { within } from "../../platform/within.ts";
import type { StoreFeature } from "../stores.ts";

/** What a MongoDB has, found by asking and by trying when it is connected to: nothing is concluded from its name. */
export interface MongoFeatures {
  version: string;
  /** Several servers, or one that is set up as such: what sessions, transactions and change streams need. */
  replicaSet: boolean;
  sessions: boolean;
  /** The driver repeats a write that broke off, and the server does it once. */
  retryableWrites: boolean;
  transactions: boolean;
  changeStreams: boolean;
  timeSeries: boolean;
  /** A monitor is known to remove what has expired; false also where we may not ask. */
  ttl: boolean;
  text: boolean;
  /** The same for IT, in words. */
  notes: readonly StoreFeature[];
}

/** The oldest MongoDB that has all that is needed, and the oldest that its makers still looked after when this was written. */
export const OLDEST_MAJOR = 5;
export const WANTED_MAJOR = 6;
const TRY_MS = 2_000;

/** The server's version. */
export async function versionOf(db: Db): Promise<string> {
  const { version } = await db.admin().command({ buildInfo: 1 });
  return String(version);
}

export const majorOf = (version: string): number => Number.parseInt(version, 10);

/**
 * Finds what the server has. Writes to a collection of its own that it drops again, so it throws the server's refusal where the user may
 * not write or make an index.
 */
export async function detectFeatures(client: MongoClient, db: Db): Promise<MongoFeatures> {
  const [version, hello] = await Promise.all([versionOf(db), helloOf(db)]);
  const replicaSet = typeof hello.setName === "string" || hello.msg === "isdbgrid";
  const sessions = typeof hello.logicalSessionTimeoutMinutes === "number";
  const probe = db.collection(`pc_probe_${randomBytes(6).toString("hex")}`);
  try {
    await tryRights(probe);
    const retryableWrites = sessions && replicaSet && client.options.retryWrites;
    const transactions = retryableWrites && (await works(() => tryTransaction(client, probe)));
    const changeStreams = await works(() => tryWatch(db));
    const [timeSeries, ttl, text] = [
      await works(() => tryTimeSeries(db, `${probe.collectionName}_series`)),
      await works(() => tryTtl(db)),
      await works(() => tryText(probe)),
    ];
    const found = { version, replicaSet, sessions, retryableWrites, transactions, changeStreams, timeSeries, ttl, text };
    return { ...found, notes: notesOf(found) };
  } finally {
    await probe.drop().catch(() => undefined);
  }
}

/** Writes, reads, indexes and removes, as the application will. Throws the server's refusal. */
export async function tryRights(probe: Collection): Promise<void> {
  await probe.insertOne({ tried: "words" });
  await probe.createIndex({ tried: 1 }, { name: "pc_probe" });
  await probe.updateOne({ tried: "words" }, { $set: { again: true } });
  await probe.findOne({ tried: "words" });
  await probe.deleteMany({ again: true });
}

async function helloOf(db: Db): Promise<Record<string, unknown>> {
  return db.command({ hello: 1 }).catch(() => db.command({ isMaster: 1 }));
}

/** False also where it takes too long, and where the user may not. */
function works(attempt: () => Promise<boolean>): Promise<boolean> {
  return within(
    TRY_MS,
    attempt().catch(() => false),
    () => false,
  );
}

async function tryTransaction(client: MongoClient, probe: Collection): Promise<boolean> {
  const session = client.startSession();
  try {
    session.startTransaction();
    await probe.insertOne({ tried: "transaction" }, { session });
    await session.abortTransaction();
    return (await probe.findOne({ tried: "transaction" })) === null;
  } finally {
    await session.endSession();
  }
}

async function tryWatch(db: Db): Promise<boolean> {
  const stream = db.watch([], { maxAwaitTimeMS: 50 });
  try {
    await stream.tryNext();
    return true;
  } finally {
    await stream.close();
  }
}

async function tryTimeSeries(db: Db, name: string): Promise<boolean> {
  await db.createCollection(name, { timeseries: { timeField: "at" } });
  try {
    const found = await db.listCollections({ name }).toArray();
    return found.some((each) => each.name === name && each.type === "timeseries");
  } finally {
    await db.dropCollection(name).catch(() => undefined);
  }
}

async function tryTtl(db: Db): Promise<boolean> {
  const { ttlMonitorEnabled } = await db.admin().command({ getParameter: 1, ttlMonitorEnabled: 1 });
  return ttlMonitorEnabled === true;
}

async function tryText(probe: Collection): Promise<boolean> {
  await probe.insertOne({ tried: "text" });
  await probe.createIndex({ tried: "text" });
  return (await probe.findOne({ $text: { $search: "text" } })) !== null;
}

function notesOf(found: Omit<MongoFeatures, "notes">): StoreFeature[] {
  const note = (name: string, used: boolean, there: string, instead: string): StoreFeature => ({
    ...{ store: "documents", name, state: used ? "used" : "fallback", note: used ? there : instead },
  });
  const { version, retryableWrites, transactions, changeStreams, timeSeries, ttl } = found;
  const recent = majorOf(version) >= WANTED_MAJOR;
  return [
    note("version", recent, `MongoDB ${version}.`, `MongoDB ${version} works; ${WANTED_MAJOR} or later is advised.`),
    note(
      "retryable-writes",
      retryableWrites,
      "A write that broke off is done once.",
      "Each write leaves a mark in its document by which a repeat knows it.",
    ),
    note(
      "transactions",
      transactions,
      "Changes of many documents are whole.",
      "Changes of many documents are done one by one; a repeat finishes them.",
    ),
    note("change-streams", changeStreams, "Other workstations' events come at once.", "Other workstations' events are asked for in turns."),
    note("time-series", timeSeries, "Series are kept as time series.", "Series are kept in a plain collection."),
    note("ttl", ttl, "The server removes what has expired.", "A workstation removes what has expired, every minute."),
    note(
      "text-search",
      false,
      "",
      `Messages are searched by their letters, within a conversation${found.text ? "; no text index is needed" : ""}.`,
    ),
  ];
}
