import type { ServerSettings } from "@main/platform/server-settings.ts";
import { MongoClient } from "mongodb";
import neo4j from "neo4j-driver";

/** How many there are of everything that a clinic keeps: nodes by label, relationships by type, documents by collection. */
export type Footprint = Readonly<Record<string, number>>;

export interface FootprintReader {
  read(): Promise<Footprint>;
  close(): Promise<void>;
}

/** Marks of the adapter grow with every try, and stand for nothing. */
const OF_THE_ADAPTER = ["WriteMark"];
const COLLECTIONS = [
  "users",
  "sessions",
  "codes",
  "devices",
  "drafts",
  "breakGlass",
  "uploads",
  "conversations",
  "messages",
  "notifications",
];
const NODES = "MATCH (n) UNWIND labels(n) AS name WITH name WHERE NOT name IN $without RETURN name, count(*) AS count";
const EDGES = "MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS count";

/** Counts on the servers themselves, past the application. */
export function footprintOf({ neo4j: graph, mongodb }: ServerSettings): FootprintReader {
  const driver = neo4j.driver(graph.uri, neo4j.auth.basic(graph.user, graph.password), { disableLosslessIntegers: true });
  const client = new MongoClient(mongodb.uri);
  const counted = async (text: string, prefix: string) => {
    const { records } = await driver.executeQuery(text, { without: OF_THE_ADAPTER });
    return records.map((record): [string, number] => [`${prefix}${String(record.get("name"))}`, Number(record.get("count"))]);
  };
  return {
    async read() {
      const db = client.db(mongodb.database);
      const documents = COLLECTIONS.map(async (name): Promise<[string, number]> => {
        // What a removal has taken and not yet cleared away counts as gone.
        return [name, await db.collection(name).countDocuments({ _d: { $exists: false } })];
      });
      const graphs = await Promise.all([counted(NODES, ":"), counted(EDGES, "-")]);
      return Object.fromEntries([...graphs.flat(), ...(await Promise.all(documents))]);
    },
    async close() {
      await Promise.all([driver.close(), client.close()]);
    },
  };
}

/** What has come (or gone) between two footprints. */
export function growth(before: Footprint, after: Footprint): Record<string, number> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const all = names.map((name): [string, number] => [name, (after[name] ?? 0) - (before[name] ?? 0)]);
  return Object.fromEntries(all.filter(([, by]) => by !== 0));
}
