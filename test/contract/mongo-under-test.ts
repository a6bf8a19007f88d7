import { type MongoServer, openMongo } from "@main/data/documents/mongo.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { MongoSettings } from "@main/platform/server-settings.ts";
import { MongoClient } from "mongodb";
import { givenServers, ownDatabase } from "../servers/given.ts";

/** A database of its own on the MongoDB of this run. */
export interface MongoUnderTest {
  readonly settings: MongoSettings;
  /** Another connection to it, as another workstation has. */
  connect(uri?: string): Promise<MongoServer>;
  /** The database past our adapters, for what somebody else could do to it. */
  readonly raw: MongoClient;
  /** Closes every connection and removes the database. */
  end(): Promise<void>;
}

export async function mongoUnderTest(): Promise<MongoUnderTest> {
  const settings = { uri: givenServers().mongodb.uri, user: null, password: null, database: ownDatabase(), caFile: null };
  const client = await new MongoClient(settings.uri).connect();
  const servers: MongoServer[] = [];
  return {
    settings,
    async connect(uri = settings.uri) {
      const server = openMongo({ settings: { ...settings, uri }, log: createLog({ level: "silent" }) });
      servers.push(server);
      await server.connect();
      return server;
    },
    raw: client,
    async end() {
      await Promise.all(servers.map((server) => server.close()));
      await client.db(settings.database).dropDatabase();
      await client.close();
    },
  };
}
