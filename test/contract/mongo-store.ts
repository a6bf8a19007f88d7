import { type MongoServer, openMongo } from "@main/data/documents/mongo.ts";
import { type MongoDocuments, mongoDocuments } from "@main/data/documents/mongo-documents.ts";
import type { AnySpec } from "@main/data/documents/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import type { Log } from "@main/platform/log.ts";
import type { MongoSettings } from "@main/platform/server-settings.ts";
import { givenServers } from "../servers/given.ts";
import { type Proxy, through } from "../servers/proxy.ts";

/** A log that nobody reads. */
export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How a test reaches the MongoDB of this run, or another at that address. */
export function mongoSettings(database: string, more: Partial<MongoSettings> = {}): MongoSettings {
  return { uri: givenServers().mongodb.uri, user: null, password: null, caFile: null, database, ...more };
}

/** A server that is connected; the test closes it. */
export async function connectedMongo(settings: MongoSettings): Promise<MongoServer> {
  const server = openMongo({ settings, log: silent });
  await server.connect();
  return server;
}

/** The documents of a database, ready for use; closing them closes their server too. */
export async function openMongoDocuments(
  settings: MongoSettings,
  specs: readonly AnySpec[],
  clock: Clock,
): Promise<MongoDocuments & { server: MongoServer }> {
  const server = await connectedMongo(settings);
  const documents = mongoDocuments({ server, specs, clock });
  await documents.prepare();
  return {
    ...documents,
    server,
    async close() {
      await documents.close();
      await server.close();
    },
  };
}

/** Removes a test's database. */
export async function dropDatabase(settings: MongoSettings): Promise<void> {
  const server = await connectedMongo(settings);
  await server.db().dropDatabase();
  await server.close();
}

/** The same server through a proxy, and no other of its replica set. */
export function byWayOf(proxy: Proxy, settings: MongoSettings): MongoSettings {
  const url = new URL(through(proxy, settings.uri));
  url.searchParams.delete("replicaSet");
  url.searchParams.set("directConnection", "true");
  if (url.pathname === "") url.pathname = "/";
  return { ...settings, uri: url.href };
}
