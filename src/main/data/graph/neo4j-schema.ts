import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../shared/define.ts";

/** Constraints and statements that only the Neo4j adapter has: `cypher/schema` is for both engines. */

/** Before a statement's first word: blanks and comments. */
const LEADING = String.raw`^(?:\s|//[^\n]*\n|/\*[\s\S]*?\*/)*`;
const SCHEMA_CHANGE = new RegExp(`${LEADING}(?:CREATE|DROP)\\s+(?:OR\\s+REPLACE\\s+)?(?:\\w+\\s+)?(?:CONSTRAINT|INDEX)\\b`, "i");
const LOOKUP_INDEX = new RegExp(`${LEADING}CREATE\\s+INDEX\\s+\\w+_lookup\\s`, "i");

/** Whether a statement changes constraints or indexes: no transaction mixes that with data. */
export const isSchemaChange = (text: string): boolean => SCHEMA_CHANGE.test(text);

/** The index that a change of the schema makes and that is filled after it: that of a constraint is filled with it. */
const indexFilledLater = (change: string): string | undefined => /CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+)?INDEX\s+(\w+)/i.exec(change)?.[1];

/** An index beside a uniqueness constraint, which only the embedded engine needs: here the constraint brings its own. */
export const isLookupIndex = (text: string): boolean => LOOKUP_INDEX.test(text);

/** What the adapter itself rests on; all of it may be run again, and by two at once. */
export const ADAPTER_SCHEMA: readonly string[] = [
  "CREATE CONSTRAINT write_mark_id IF NOT EXISTS FOR (m:WriteMark) REQUIRE m.id IS UNIQUE",
  "CREATE INDEX write_mark_at IF NOT EXISTS FOR (m:WriteMark) ON (m.at)",
  // Two processes that take a step of the schema at once leave one record of it.
  "CREATE CONSTRAINT schema_migration_version IF NOT EXISTS FOR (m:SchemaMigration) REQUIRE m.version IS UNIQUE",
];

/** Words of patients, for the search while the directory is not in memory yet. The words are folded already: only blanks part them. */
export const PATIENT_SEARCH = `CREATE FULLTEXT INDEX patient_search IF NOT EXISTS FOR (p:Patient) ON EACH [p.searchKey, p.id]
OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'whitespace'}}`;
export const TRY_PATIENT_SEARCH = "CALL db.index.fulltext.queryNodes('patient_search', 'x') YIELD node RETURN count(node) AS found";
const PAUSE_MS = 250;
/** So many pauses are left to somebody who is at the same change. */
const PATIENCE = 4;
const HALF_MADE = "SHOW INDEXES YIELD name, owningConstraint WHERE name = $name AND owningConstraint IS NULL RETURN name";
const CONSTRAINT = new RegExp(`${LEADING}CREATE\\s+CONSTRAINT\\s+(\\w+)`, "i");

/** Runs a text in a transaction of its own. */
type Run = (mode: "read" | "write", text: string, params?: { name: string }) => Promise<readonly Record<string, unknown>[]>;

/**
 * What to do when a change of the schema met somebody else at the same change, before it is asked for again: wait a little, and after some tries
 * take away what is half made. A constraint whose making was cut off leaves its index behind, under the constraint's name, which nobody can make
 * from then on. One that is being made is waited for by the server, and then belongs to its constraint and stays.
 */
export async function afterOthers(change: string, tries: number, run: Run): Promise<void> {
  await sleep(PAUSE_MS);
  const name = tries % PATIENCE === 0 ? CONSTRAINT.exec(change)?.[1] : undefined;
  if (name === undefined || (await run("read", HALF_MADE, { name })).length === 0) return;
  await run("write", `DROP INDEX ${name} IF EXISTS`);
}

const INDEX_STATE = "SHOW INDEXES YIELD name, state WHERE name = $name RETURN state";
const FILLED_EVERY_MS = 50;

/**
 * Resolves when the index that a change of the schema makes, if any, is filled. Asks again and again: to wait inside the server (`db.awaitIndexes`) holds locks, and a constraint whose making
 * was cut off waits for them before it takes its own half-made index away. Throws `internal` where the index cannot be filled, `timeout`.
 */
export async function untilFilled(
  change: string,
  withinMs: number,
  ask: (text: string, params: { name: string }) => Promise<readonly { state: string }[]>,
): Promise<void> {
  const name = indexFilledLater(change);
  if (name === undefined) return;
  const until = performance.now() + withinMs;
  for (;;) {
    const [index] = await ask(INDEX_STATE, { name });
    if (index === undefined || index.state === "ONLINE") return;
    if (index.state === "FAILED") throw new AppError("internal", `The index ${name} cannot be filled`);
    if (performance.now() > until) throw new AppError("timeout", `The index ${name} was not filled in time`);
    await sleep(FILLED_EVERY_MS);
  }
}

/**
 * Exactly one effect: the mark of a write is kept or lost together with what it writes. `first` tells whose it is. The time is the
 * server's: workstations' clocks differ.
 */
export const MARK = `MERGE (m:WriteMark {id: $id}) ON CREATE SET m.attempt = $attempt, m.at = timestamp()
RETURN m.attempt = $attempt AS first`;
export const SWEEP_MARKS =
  "MATCH (m:WriteMark) WHERE m.at < timestamp() - $olderThanMs WITH m LIMIT $limit DELETE m RETURN count(*) AS swept";

/** Counts come from the store's own statistics: this reads no node. */
export const COUNT_NODES = `RETURN COUNT {()} - COUNT {(:WriteMark)} - COUNT {(:FileChunk)} - COUNT {(:Blob)} AS nodes`;
