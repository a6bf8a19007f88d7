import { readFile } from "node:fs/promises";
import { getCACertificates } from "node:tls";
import { MongoClient, type MongoClientOptions } from "mongodb";
import type { MongoSettings } from "../../platform/server-settings.ts";

/** How long each part of a call may take: a dead connection is noticed while there is still time for a second try. */
const TIMES = { serverSelectionTimeoutMS: 4_000, connectTimeoutMS: 3_000, socketTimeoutMS: 4_500, waitQueueTimeoutMS: 4_000 };
const POOL = { maxPoolSize: 32, minPoolSize: 1, maxIdleTimeMS: 300_000, heartbeatFrequencyMS: 2_000 };

/** What cannot be asked of a connection string: that what is acknowledged is on the disks of a majority, and that what is read is. */
const DURABLE = {
  writeConcern: { w: "majority", journal: true },
  readConcern: { level: "majority" },
  readPreference: "primary",
  retryWrites: true,
  retryReads: true,
  ignoreUndefined: true,
  appName: "polyclinic",
} as const satisfies MongoClientOptions;

/** A client that is not connected yet. Throws MongoParseError for a connection string that is none, and where the file of the authority cannot be read. */
export async function clientFor(settings: MongoSettings, times: MongoClientOptions = {}): Promise<MongoClient> {
  const options: MongoClientOptions = { ...givenWay(settings.uri, { ...POOL, ...TIMES, ...times }), ...DURABLE };
  if (settings.user !== null) options.auth = { username: settings.user, password: settings.password ?? "" };
  if (settings.caFile !== null) {
    const own = await readFile(settings.caFile, "utf8").catch((cause: unknown) => {
      throw new Error("The CA file cannot be read.", { cause });
    });
    options.tls = true;
    options.ca = [...getCACertificates("default"), own];
  }
  return new MongoClient(settings.uri, options);
}

/** What the connection string says of pool and times counts; the rest is ours. */
function givenWay(uri: string, ours: MongoClientOptions): MongoClientOptions {
  const query = new URLSearchParams(/\?(.*)$/.exec(uri)?.[1] ?? "");
  const said = new Set([...query.keys()].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(ours).filter(([name]) => !said.has(name.toLowerCase())));
}
