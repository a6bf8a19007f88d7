import { randomUUID } from "node:crypto";
import type { App } from "@main/app/compose.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { MongoClient } from "mongodb";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { givenServers, ownDatabase } from "../servers/given.ts";

/** The given servers for one world: a MongoDB database of its own, and the one graph, emptied. */
export async function ownServers(): Promise<ServerSettings> {
  await emptyNeo4j();
  return onGivenServers(ownDatabase());
}

/** The given servers as they are. */
export function onGivenServers(database: string, name = "first"): ServerSettings {
  const { neo4j, mongodb } = givenServers();
  return {
    neo4j: { ...neo4j, database: "neo4j", caFile: null },
    mongodb: { uri: mongodb.uri, user: null, password: null, database, caFile: null },
    workstation: { id: randomUUID(), name },
  };
}

/** The same servers for another workstation. */
export function sameAs({ servers }: { servers: ServerSettings | null }, name = "second"): ServerSettings {
  if (servers === null) throw new Error("that world is not on servers");
  return { ...servers, workstation: { id: randomUUID(), name } };
}

export async function dropDatabase({ mongodb: { uri, database } }: ServerSettings): Promise<void> {
  const client = new MongoClient(uri);
  try {
    await client.db(database).dropDatabase();
  } finally {
    await client.close();
  }
}

/** Resolves when the app is ready; throws when its servers refuse it. */
export async function untilReady(app: App): Promise<void> {
  const watch = new AbortController();
  const refused = (async () => {
    while (!watch.signal.aborted) {
      const { state, stores } = app.connection();
      if (state === "refused") throw new Error(`the servers refuse the app: ${JSON.stringify(stores)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  try {
    await Promise.race([app.ready, refused]);
  } finally {
    watch.abort();
  }
}
