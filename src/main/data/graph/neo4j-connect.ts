import neo4j, { type Driver, type Session } from "neo4j-driver";
import type { ConnectionCause } from "../../../shared/contract/servers.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import { within } from "../../platform/within.ts";
import { StoreNotReady } from "../stores.ts";
import { makeDriver } from "./neo4j-driver.ts";
import { causeOfNeo4j, isSchemaRace } from "./neo4j-errors.ts";
import { probeAddress, speaksTls } from "./neo4j-probe.ts";
import { ADAPTER_SCHEMA, afterOthers, PATIENT_SEARCH, TRY_PATIENT_SEARCH, untilFilled } from "./neo4j-schema.ts";
import { readVersion, suits, WANTED } from "./neo4j-version.ts";

/** What was found of a server. */
export interface ServerFacts {
  version: string;
  /** Whether patients can be searched by a full-text index. */
  fullText: boolean;
}

const CONNECT_MS = 9_000;
const SCHEMA_MS = 60_000;

/**
 * Reaches the server, checks that it can be used and makes what the adapter rests on. Answers the driver that did it. Throws StoreNotReady
 * with the cause; no connection is left open then.
 */
export async function prepareServer(settings: Neo4jSettings): Promise<{ driver: Driver; facts: ServerFacts }> {
  let driver: Driver | null = null;
  try {
    driver = makeDriver(settings);
    return { driver, facts: await prepare(driver, settings.database) };
  } catch (error) {
    void driver?.close();
    throw await notReady(error, settings);
  }
}

async function prepare(driver: Driver, database: string): Promise<ServerFacts> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.WRITE });
  try {
    const { summary } = await inTime(session.run("RETURN 1 AS answer", {}, { timeout: CONNECT_MS }), CONNECT_MS);
    const version = readVersion(summary.server.agent);
    if (!suits(version)) throw problem("version", `Neo4j ${version} is too old: ${WANTED} or later is wanted`);
    for (const text of ADAPTER_SCHEMA) await inTime(changeSchema(session, text), SCHEMA_MS);
    return { version, fullText: await inTime(hasFullText(session), SCHEMA_MS) };
  } finally {
    void session.close().catch(() => undefined);
  }
}

/** Makes a constraint or an index, and waits until it is filled. Where somebody else is at it, or was cut off, it is asked for until it is there. */
async function changeSchema(session: Session, text: string): Promise<void> {
  const patience = { timeout: SCHEMA_MS };
  const rows = async <Row extends Record<string, unknown>>(mode: "read" | "write", asked: string, params: { name?: string } = {}) => {
    const execute = (mode === "read" ? session.executeRead : session.executeWrite).bind(session);
    const { records } = await execute((transaction) => transaction.run<Row>(asked, params), patience);
    return records.map((record) => record.toObject());
  };
  const until = performance.now() + SCHEMA_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      await rows("write", text);
      break;
    } catch (error) {
      if (!isSchemaRace(error) || performance.now() > until) throw error;
    }
    await afterOthers(text, tries, rows);
  }
  await untilFilled(text, SCHEMA_MS, (asked, params) => rows("read", asked, params));
}

/** A server without full-text indexes, or whose administrator forbids their procedures, serves all the same. */
async function hasFullText(session: Session): Promise<boolean> {
  try {
    await changeSchema(session, PATIENT_SEARCH);
    await session.executeRead((transaction) => transaction.run(TRY_PATIENT_SEARCH), { timeout: SCHEMA_MS });
    return true;
  } catch (error) {
    if (error instanceof neo4j.Neo4jError && error.code.startsWith("Neo.ClientError.")) return false;
    throw error;
  }
}

async function notReady(error: unknown, settings: Neo4jSettings): Promise<StoreNotReady> {
  if (error instanceof StoreNotReady) return error;
  const cause = causeOfNeo4j(error);
  if (cause === "credentials") return problem(cause, "Neo4j does not take this user name and password");
  if (cause === "rights") return problem(cause, `Neo4j's user may not write or change the schema of the database "${settings.database}"`);
  // What the driver says of a connection that failed is the same for many causes: look at the address and at TLS by themselves.
  const found = await probeAddress(settings);
  const failed = found.find(({ state }) => state === "failed");
  if (failed !== undefined) return problem(failed.step === "tls" ? "tls" : "address", failed.detail);
  const plain = found.some(({ step, state }) => step === "tls" && state === "not-used");
  if (cause === "address" && plain && (await speaksTls(settings))) return problem("tls", "Neo4j wants an encrypted connection (+s)");
  return problem(
    cause,
    cause === "unknown" ? `Neo4j cannot be used: ${codeOf(error)}` : "There is no Neo4j at this address, or it is not ready yet",
  );
}

const problem = (cause: ConnectionCause, message: string) => new StoreNotReady({ store: "graph", cause, message });

const codeOf = (error: unknown) =>
  error instanceof neo4j.Neo4jError ? error.code : error instanceof Error ? error.name : "no reason given";

function inTime<T>(answer: PromiseLike<T>, milliseconds: number): Promise<T> {
  return within(milliseconds, answer, () => {
    throw problem("address", "Neo4j did not answer in time");
  });
}
