import neo4j, { type Driver, type Record as Row, type Transaction } from "neo4j-driver";
import type { PlanStep } from "../../../shared/contract/research.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import { makeDriver } from "./neo4j-driver.ts";
import { readNeo4jFailure } from "./neo4j-research-failures.ts";
import { neighboursOf } from "./neo4j-research-neighbours.ts";
import { planStepOf, planText, refuseUnlessReading } from "./neo4j-research-plan.ts";
import { readSchema } from "./neo4j-research-schema.ts";
import { findOnNeo4j } from "./neo4j-research-values.ts";
import { toDriver } from "./neo4j-values.ts";
import type { Params } from "./port.ts";
import { CellReader, CellsFull } from "./research-cells.ts";
import type { QueryStore, ResearchCall, ResearchFailure, ResearchReply, RunEnd, SnapshotSchema } from "./research-protocol.ts";
import { ResearchRefusal } from "./research-refusal.ts";
import { RowSender } from "./research-rows.ts";

type Run = Extract<ResearchCall, { kind: "run" }>;

/** Rows that the server sends before it waits: as many again are on their way, whatever a row holds. */
const FETCH_ROWS = 500;
/** What a database administrator sees in SHOW TRANSACTIONS. */
const METADATA = { app: "polyclinic", purpose: "research" };

/** Signs in to the clinic's Neo4j with a connection of its own, so that no query takes one from the clinic's work. Throws ResearchRefusal. */
export async function connectResearch(settings: Neo4jSettings, timeoutMs: number): Promise<QueryStore> {
  const driver = makeDriver(settings, 1, {
    disableLosslessIntegers: false,
    useBigInt: true,
    fetchSize: FETCH_ROWS,
    connectionLivenessCheckTimeout: 0,
  });
  const store = new LiveStore(driver, settings.database, timeoutMs);
  try {
    await store.version();
    return store;
  } catch (error) {
    await driver.close();
    throw new ResearchRefusal(readNeo4jFailure(error));
  }
}

/** The clinic's own graph, for reading: each query in a READ transaction that is never run again, and is over with the query. */
class LiveStore implements QueryStore {
  readonly #driver: Driver;
  readonly #database: string;
  readonly #timeoutMs: number;

  constructor(driver: Driver, database: string, timeoutMs: number) {
    this.#driver = driver;
    this.#database = database;
    this.#timeoutMs = timeoutMs;
  }

  run({ cypher, parameters, maxRows, maxBytes, maxNodes }: Run, send: (reply: ResearchReply) => Promise<void>): Promise<RunEnd> {
    return this.#reading(async (transaction) => {
      const started = performance.now();
      const params = toDriver(parameters) as Params;
      await admitted(transaction, cypher, params);
      const result = transaction.run(cypher, params);
      await send({ kind: "columns", names: (await result.keys()).map(String) });
      const cells = new CellReader(findOnNeo4j, maxBytes, maxNodes);
      const capped = await sendRows(result, maxRows, cells, send);
      const { graph, truncated } = cells.picture();
      return { graph, graphTruncated: truncated, capped, durationMs: performance.now() - started };
    });
  }

  explain(cypher: string, parameters: Params): Promise<{ plan: PlanStep; text: string }> {
    return this.#reading(async (transaction) => {
      const plan = planStepOf(await admitted(transaction, cypher, toDriver(parameters) as Params));
      return { plan, text: planText(plan) };
    });
  }

  expand(nodeId: string, among: readonly string[], limit: number) {
    return this.#reading((transaction) => neighboursOf(transaction, nodeId, among, limit));
  }

  async describe(): Promise<{ schema: SnapshotSchema; version: string }> {
    // Before the transaction, which has the only connection.
    const version = await this.version();
    return { schema: await this.#reading(readSchema), version };
  }

  failureOf(error: unknown): ResearchFailure {
    return readNeo4jFailure(error);
  }

  /** The server's version, as it tells on a connection. */
  async version(): Promise<string> {
    const { agent = "" } = await this.#driver.getServerInfo({ database: this.#database });
    return agent.replace(/^Neo4j\//, "");
  }

  async #reading<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const session = this.#driver.session({ database: this.#database, defaultAccessMode: neo4j.session.READ });
    try {
      const transaction = session.beginTransaction({ timeout: this.#timeoutMs, metadata: METADATA });
      try {
        return await work(transaction);
      } finally {
        // What it has read is read; a failure to end it changes nothing of the answer.
        await transaction.close().catch(() => undefined);
      }
    } finally {
      await session.close().catch(() => undefined);
    }
  }
}

/** The plan of a statement that only reads; throws ResearchRefusal for any other, which has not run then. */
async function admitted(transaction: Transaction, cypher: string, parameters: Params) {
  // Without a line of its own a comment at the end of nothing would be one of the statement.
  const explained = await transaction.run(`EXPLAIN\n${cypher}`, parameters).catch((error: unknown) => {
    throw new ResearchRefusal(readNeo4jFailure(error, 1));
  });
  const { plan, queryType } = explained.summary;
  refuseUnlessReading(plan, queryType, Object.keys(parameters));
  if (plan === false) throw new ResearchRefusal({ kind: "unsupported", construct: "a statement without a plan" });
  return plan;
}

/** Sends rows as the server sends them, no faster than they are taken; true where there are more than may be kept. */
async function sendRows(
  result: AsyncIterable<Row>,
  maxRows: number,
  cells: CellReader,
  send: (reply: ResearchReply) => Promise<void>,
): Promise<boolean> {
  const rows = new RowSender(send);
  let capped = false;
  for await (const record of result) {
    capped = rows.count === maxRows || !(await added(rows, cells, record));
    if (capped) break;
  }
  await rows.end();
  return capped;
}

/** False where the row does not fit any more. */
async function added(rows: RowSender, cells: CellReader, record: Row): Promise<boolean> {
  try {
    await rows.add(cells.row(record.keys.map((key) => record.get(key))));
    return true;
  } catch (error) {
    if (error instanceof CellsFull) return false;
    throw error;
  }
}
