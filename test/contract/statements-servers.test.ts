import type { Neo4jGraph } from "@main/data/graph/neo4j.ts";
import { type Params, type Statement, UniqueViolation } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INPUTS } from "../integration/role-matrix-inputs.ts";
import { openMatrixWorld } from "../integration/role-matrix-world.ts";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { neo4jGraph } from "./neo4j-under-test.ts";
import { type RecordedTransaction, type Recording, type Row, type Run, recordStatements } from "./recorded-statements.ts";
import { BY_KEY, EXAMPLES } from "./statement-examples.ts";

const texts = import.meta.glob<string>("../../cypher/*/*.cypher", { query: "?raw", import: "default", eager: true });
const nameOf = (path: string) => path.replace("../../cypher/", "").replace(".cypher", "");
const STATEMENTS = new Map(
  Object.entries(texts)
    .filter(([path]) => !/\/schema\/\d{4}-|\.neo4j\.cypher$/.test(path))
    .map(([path, text]) => [nameOf(path), text]),
);
const NAMES = new Map([...STATEMENTS].map(([name, text]) => [text, name]));
const TWINS = new Map(Object.entries(texts).map(([path, text]) => [nameOf(path), text]));

/** What the clinic of the matrix has nothing of: these answer no row on either engine, and say so here. */
const WITHOUT_ROWS = ["research/high-pressure-without-follow-up"];
const VIEWERS = ["admin", "doctor", "nurse", "reception", "patient", "kiosk", "researcher"] as const;
/** Routes that have no end, end the viewer's session, or bring and remove whole clinics. */
const LEFT_OUT = /loadSample|removeSample|subscribe|signOut|createClinic/;

const NODES = "MATCH (n) WHERE NOT n:WriteMark AND NOT n:SchemaMigration RETURN labels(n) AS labels, properties(n) AS properties";
const EDGES = `MATCH (a)-[e]->(b) RETURN labels(a) AS from, properties(a) AS a, type(e) AS type, properties(e) AS properties,
labels(b) AS to, properties(b) AS b`;

let recording: Recording;
let graph: Neo4jGraph;
/** The whole graph of the embedded engine before the last example, which empties it. */
let embedded: { nodes: Row[]; edges: Row[] };

beforeAll(async () => {
  await emptyNeo4j();
  graph = neo4jGraph();
  await graph.connect();
  await migrateGraph(graph, systemClock);
  // The constraints stay; that the steps were taken is written down by the recorded migration.
  await graph.run("write", (transaction) => transaction.run("MATCH (m:SchemaMigration) DELETE m"));
  recording = recordStatements();
  const { world, viewers, subjects } = await openMatrixWorld();
  try {
    for (const about of Object.values(subjects)) {
      for (const [name, input] of Object.entries(INPUTS).filter(([name]) => !LEFT_OUT.test(name))) {
        const [domain = "", route = ""] = name.split(".");
        for (const who of VIEWERS) {
          // Refusals are as good: what they read and roll back is compared, too.
          const called = world.app.call(domain as never, route as never, input(about) as never, {
            viewer: viewers[who],
            clock: world.clock,
          });
          await called.catch(() => undefined);
        }
      }
    }
    for (const [name, label, parameter] of BY_KEY) {
      const [found] = await recording.ask(`MATCH (n:${label}) RETURN n.key AS key ORDER BY n.id LIMIT 1`);
      const key = String(found?.key);
      await recording.run(named(name), { [parameter]: parameter === "keys" ? [key] : key, encounterId: "E000001" });
    }
    for (const [name, params] of EXAMPLES) {
      if (name === "setup/remove-some-nodes") embedded = { nodes: await recording.ask(NODES), edges: await recording.ask(EDGES) };
      await recording.run(named(name), params);
    }
  } finally {
    await world.close();
    recording.stop();
  }
}, 300_000);

afterAll(() => graph?.close());

describe("every statement", () => {
  it("is run by a route of the matrix or has an example, and answers a row somewhere", () => {
    const runs = recording.transactions.flatMap(({ runs }) => runs);
    const run = new Set(runs.map(({ text }) => NAMES.get(text)));
    const answered = new Set(runs.filter(({ answer }) => "rows" in answer && answer.rows.length > 0).map(({ text }) => NAMES.get(text)));
    expect([...STATEMENTS.keys()].filter((name) => !run.has(name))).toEqual([]);
    expect([...STATEMENTS.keys()].filter((name) => !answered.has(name)).toSorted()).toEqual(WITHOUT_ROWS);
  });

  it("answers on Neo4j what it answers on the embedded engine, and leaves the same graph", async () => {
    const wrong: string[] = [];
    for (const [index, transaction] of recording.transactions.entries()) {
      // The last one empties the graph.
      if (index === recording.transactions.length - 1) {
        expect(sorted(await rows(NODES))).toEqual(sorted(embedded.nodes.filter(isOfTheClinic)));
        expect(sorted(await rows(EDGES))).toEqual(sorted(embedded.edges));
      }
      wrong.push(...(await again(transaction)));
    }
    console.info(`${recording.transactions.length} transactions of ${STATEMENTS.size} statements were compared`);
    expect(wrong).toEqual([]);
  }, 600_000);
});

const isOfTheClinic = ({ labels }: Row) => !(labels as string[]).includes("SchemaMigration");
const rows = (text: string) => graph.run("read", (transaction) => transaction.run<Row>(text));
const named = (name: string) => statement(name, STATEMENTS.get(name) ?? "");

/** Does a transaction again on Neo4j and answers what came out otherwise. */
async function again({ runs, kept }: RecordedTransaction): Promise<string[]> {
  const wrong: string[] = [];
  const givenUp = new Error("was not kept");
  const one = async (run: Run, execute: (statement: Statement, params: Params) => Promise<Row[]>) => {
    const name = NAMES.get(run.text);
    if (name === undefined) return;
    const twin = TWINS.get(`${name}.neo4j`);
    const got = await execute(statement(name, run.text, twin === undefined ? {} : { neo4j: twin }), run.params).catch(refusal);
    const [expected, found] = [comparable(run.text, run.answer), comparable(run.text, Array.isArray(got) ? { rows: got } : got)];
    if (expected !== found) wrong.push(`${name} ${JSON.stringify(run.params)}\n  embedded: ${expected}\n  Neo4j:    ${found}`);
  };
  const work = async () => {
    if (!runs.some(({ writes }) => writes)) {
      return graph.read(async (r) => {
        for (const run of runs) await one(run, (...call) => r.query(...call));
      });
    }
    return graph.write(async (w) => {
      for (const run of runs) await one(run, (...call) => (run.writes ? w.execute(...call) : w.query(...call)));
      if (!kept) throw givenUp;
    });
  };
  await work().catch((error: unknown) => {
    if (error !== givenUp && !(error instanceof UniqueViolation)) wrong.push(`a transaction of ${runs.length}: ${error}`);
  });
  return wrong;
}

function refusal(error: unknown): { refusal: string } {
  return { refusal: error instanceof UniqueViolation ? "unique" : String(error) };
}

/** An answer as text. Where the statement gives no order there is none: of rows, or of what a pattern comprehension lists. */
function comparable(text: string, answer: Run["answer"]): string {
  if ("refusal" in answer) return answer.refusal;
  const lists = /\[\s*\(|collect\(/.test(text);
  const plain = answer.rows.map((row) => JSON.stringify(inOrder(row, lists)));
  return (/ORDER BY/.test(text) ? plain : plain.toSorted()).join(" ");
}

/** With keys in one order; and lists, too, where their order says nothing. */
function inOrder(value: unknown, lists: boolean): unknown {
  if (Array.isArray(value)) {
    const parts = value.map((part) => inOrder(part, lists));
    return lists ? parts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : parts;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, inOrder(part, lists)]),
  );
}

const sorted = (found: Row[]) => found.map((row) => JSON.stringify(inOrder(row, false))).toSorted();
