import { AppError } from "../../../shared/define.ts";
import type { BulkEdge, BulkNode } from "./bulk.ts";
import { IMPORT_REF, IMPORTED, labelText, typeText } from "./bulk-names.ts";
import type { GraphPort, Statement, Value, Writer } from "./port.ts";

/** How many things one transaction takes out or makes plain: well inside the deadline of a call and a server's memory. */
const AT_ONCE = 5_000;
/** Characters of one statement's rows, well below what an adapter lets pass. */
const ROWS_SIZE = 2_000_000;

type Row = Record<string, Value>;

const writing = (name: string, text: string): Statement => ({ name: `bulk/${name}`, text, writes: true });

/** Adds nodes in one transaction; those that are there already, by their ref, stay as they are. */
export async function importNodes(graph: GraphPort, nodes: readonly BulkNode[]): Promise<void> {
  const groups = groupedBy(nodes, ({ labels }) => labels.map(labelText).sort().join(":"));
  const statements = [...groups].map(([labels, group]) => ({
    statement: writing(
      "import-nodes",
      `UNWIND $rows AS row MERGE (n:${IMPORTED} {${IMPORT_REF}: row.ref}) ${labels && `SET n:${labels} `}SET n += row.properties RETURN count(n) AS count`,
    ),
    rows: group.map(({ ref, properties }): Row => ({ ref, properties })),
  }));
  await graph.write(async (writer) => {
    for (const { statement, rows } of statements) await run(writer, statement, rows);
  });
}

/** Adds relationships in one transaction, each once by its ref. Throws AppError `conflict` when an end is not there. */
export async function importEdges(graph: GraphPort, edges: readonly BulkEdge[]): Promise<void> {
  const groups = groupedBy(edges, ({ type }) => typeText(type));
  const ends = `MATCH (a:${IMPORTED} {${IMPORT_REF}: row.from}) MATCH (b:${IMPORTED} {${IMPORT_REF}: row.to})`;
  const statements = [...groups].map(([type, group]) => ({
    statement: writing(
      "import-edges",
      `UNWIND $rows AS row ${ends} MERGE (a)-[r:${type} {${IMPORT_REF}: row.ref}]->(b) SET r += row.properties RETURN count(r) AS count`,
    ),
    rows: group.map(({ ref, from, to, properties }): Row => ({ ref, from, to, properties })),
  }));
  await graph.write(async (writer) => {
    for (const { statement, rows } of statements) {
      const made = await run(writer, statement, rows);
      if (made !== rows.length) throw new AppError("conflict", `${rows.length - made} relationships have an end that was not imported.`);
    }
  });
}

/** Takes the marks of an import off what was imported. */
export async function forgetRefs(graph: GraphPort): Promise<void> {
  await repeat(
    graph,
    writing(
      "forget-edge-refs",
      `MATCH ()-[r]->() WHERE r.${IMPORT_REF} IS NOT NULL WITH r LIMIT ${AT_ONCE} REMOVE r.${IMPORT_REF} RETURN count(r) AS count`,
    ),
  );
  await repeat(
    graph,
    writing(
      "forget-node-refs",
      `MATCH (n:${IMPORTED}) WITH n LIMIT ${AT_ONCE} REMOVE n.${IMPORT_REF} REMOVE n:${IMPORTED} RETURN count(n) AS count`,
    ),
  );
}

/** Removes every relationship and every node but those for which `stays` holds of `n`. */
export async function removeAll(graph: GraphPort, stays: string): Promise<void> {
  // Relationships first: a node with hundreds of thousands of them is more than one transaction may hold.
  await repeat(
    graph,
    writing("remove-edges", `MATCH (n)-[r]->() WHERE NOT (${stays}) WITH r LIMIT ${AT_ONCE} DELETE r RETURN count(*) AS count`),
  );
  await repeat(
    graph,
    writing("remove-nodes", `MATCH (n) WHERE NOT (${stays}) WITH n LIMIT ${AT_ONCE} DETACH DELETE n RETURN count(*) AS count`),
  );
}

/** Runs a statement on a few things at a time until it finds no more. */
async function repeat(graph: GraphPort, statement: Statement): Promise<void> {
  for (;;) {
    const [row] = await graph.write((writer) => writer.execute<{ count: number }>(statement));
    if ((row?.count ?? 0) === 0) return;
  }
}

async function run(writer: Writer, statement: Statement, rows: readonly Row[]): Promise<number> {
  let count = 0;
  for (const part of parts(rows)) {
    const [answer] = await writer.execute<{ count: number }>(statement, { rows: part });
    count += answer?.count ?? 0;
  }
  return count;
}

/** Rows in parts of a bounded size; a row that is larger alone is a part of its own. */
function parts(rows: readonly Row[]): Row[][] {
  const all: Row[][] = [];
  let [part, size]: [Row[], number] = [[], 0];
  for (const row of rows) {
    const more = JSON.stringify(row).length;
    if (part.length > 0 && size + more > ROWS_SIZE) {
      all.push(part);
      [part, size] = [[], 0];
    }
    part.push(row);
    size += more;
  }
  return part.length > 0 ? [...all, part] : all;
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
