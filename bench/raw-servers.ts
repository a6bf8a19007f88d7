import { toDriver } from "@main/data/graph/neo4j-values.ts";
import type { Params, Reader } from "@main/data/graph/port.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { type Db, MongoClient } from "mongodb";
import neo4j, { type ManagedTransaction } from "neo4j-driver";

type Rows = Record<string, unknown>[];
/** A text with what it is given. */
export type RawStatement = readonly [text: string, params: Params];

/** The servers' own drivers without anything of ours before them: what the ratios are taken against. */
export interface RawServers {
  /** Statements of one managed read transaction, one after the other. */
  read(...statements: RawStatement[]): Promise<Rows[]>;
  /** The same for what makes its statements as it reads. */
  reading<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Statements of one managed write transaction; resolves after the commit. */
  write(statements: readonly (readonly [text: string, params: Record<string, unknown>])[]): Promise<void>;
  /** The application's own MongoDB database, by a client that waits for the same as ours: a majority, with the journal. */
  readonly documents: Db;
  close(): Promise<void>;
}

/** Connects both drivers to the servers of a clinic. */
export async function openRawServers({ neo4j: graph, mongodb }: ServerSettings): Promise<RawServers> {
  const driver = neo4j.driver(graph.uri, neo4j.auth.basic(graph.user, graph.password), { disableLosslessIntegers: true });
  const client = new MongoClient(mongodb.uri, { writeConcern: { w: "majority", journal: true } });
  await Promise.all([driver.verifyConnectivity(), client.connect()]);
  const reading = async <T>(work: (transaction: ManagedTransaction) => Promise<T>): Promise<T> => {
    const session = driver.session({ database: graph.database, defaultAccessMode: neo4j.session.READ });
    try {
      return await session.executeRead(work);
    } finally {
      await session.close();
    }
  };
  return {
    read: (...statements) =>
      reading(async (transaction) => {
        const answers: Rows[] = [];
        for (const [text, params] of statements) answers.push(await rowsOf(transaction, text, params));
        return answers;
      }),
    reading: (work) =>
      reading((transaction) =>
        work({ query: async <Row>({ text }: { text: string }, params: Params = {}) => (await rowsOf(transaction, text, params)) as Row[] }),
      ),
    async write(statements) {
      const session = driver.session({ database: graph.database });
      try {
        await session.executeWrite(async (transaction) => {
          for (const [text, params] of statements) await transaction.run(text, bound(params));
        });
      } finally {
        await session.close();
      }
    },
    documents: client.db(mongodb.database),
    async close() {
      await Promise.all([driver.close(), client.close()]);
    },
  };
}

async function rowsOf(transaction: ManagedTransaction, text: string, params: Params): Promise<Rows> {
  const { records } = await transaction.run(text, bound(params));
  return records.map((record) => record.toObject());
}

/** A whole number goes as an integer, without which `LIMIT` is refused. */
const bound = (params: Record<string, unknown>) => toDriver(params as Parameters<typeof toDriver>[0]) as Record<string, unknown>;
