/** Constraints and statements that only the Neo4j adapter has: `cypher/schema` is for both engines. */

/** Before a statement's first word: blanks and comments. */
const LEADING = String.raw`^(?:\s|//[^\n]*\n|/\*[\s\S]*?\*/)*`;
const SCHEMA_CHANGE = new RegExp(`${LEADING}(?:CREATE|DROP)\\s+(?:OR\\s+REPLACE\\s+)?(?:\\w+\\s+)?(?:CONSTRAINT|INDEX)\\b`, "i");
const LOOKUP_INDEX = new RegExp(`${LEADING}CREATE\\s+INDEX\\s+\\w+_lookup\\s`, "i");

/** Whether a statement changes constraints or indexes: no transaction mixes that with data. */
export const isSchemaChange = (text: string): boolean => SCHEMA_CHANGE.test(text);

/** Whether a statement makes an index that is filled after it: the index of a constraint is filled with it. */
export const isFilledLater = (text: string): boolean => isSchemaChange(text) && /CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+)?INDEX/i.test(text);

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
export const AWAIT_INDEXES = "CALL db.awaitIndexes($seconds)";

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
