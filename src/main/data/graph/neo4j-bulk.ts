import type { BulkEdge, BulkNode, GraphBulk } from "./bulk.ts";
import { counts, type EdgeRow, movedEdge, movedNode, type NodeRow, reading, STAYS, seekFrom } from "./bulk-export.ts";
import { forgetRefs, importEdges, importNodes, removeAll } from "./bulk-import.ts";
import { IMPORT_REF, IMPORTED, labelText, typeText } from "./bulk-names.ts";
import type { Neo4jGraph } from "./neo4j.ts";
import type { Reader, Statement } from "./port.ts";

const SCHEMA: Statement = {
  name: "bulk/schema",
  text: `CREATE CONSTRAINT import_ref IF NOT EXISTS FOR (n:${IMPORTED}) REQUIRE n.${IMPORT_REF} IS UNIQUE`,
  writes: true,
};
const NO_SCHEMA: Statement = { name: "bulk/schema", text: "DROP CONSTRAINT import_ref IF EXISTS", writes: true };

/** Numbers that are looked up at once; more where there are gaps. */
const WINDOW = 5_000;
const WIDEST = 40_000;

/** All of the clinic's graph on a Neo4j, for moving it. A `ref` is the server's own number of a node or relationship. */
export function neo4jBulk(graph: Neo4jGraph): GraphBulk {
  let ready = false;
  const prepared = async (): Promise<void> => {
    if (!ready) await graph.write((writer) => writer.execute(SCHEMA));
    ready = true;
  };
  const withoutSchema = async (): Promise<void> => {
    await graph.write((writer) => writer.execute(NO_SCHEMA));
    ready = false;
  };
  return {
    exportNodes: (after, limit, label) =>
      graph.read(async (reader): Promise<BulkNode[]> => {
        const page = { after: seekFrom(after), limit };
        const rows = label === undefined ? await windows(reader, NODES, page) : await reader.query<NodeRow>(nodesOf(label), page);
        return rows.map(movedNode);
      }),
    exportEdges: (after, limit, type) =>
      graph.read(async (reader): Promise<BulkEdge[]> => {
        const page = { after: seekFrom(after), limit };
        const rows = type === undefined ? await windows(reader, EDGES, page) : await reader.query<EdgeRow>(edgesOf(type), page);
        return rows.map(movedEdge);
      }),
    counts: () => counts(graph),
    async importNodes(nodes) {
      await prepared();
      await importNodes(graph, nodes);
    },
    async importEdges(edges) {
      await prepared();
      await importEdges(graph, edges);
    },
    async finishImport() {
      await forgetRefs(graph);
      await withoutSchema();
    },
    async clear() {
      await removeAll(graph, STAYS);
      await withoutSchema();
    },
  };
}

interface Windowed<Row> {
  page: Statement;
  last: Statement;
  _row?: Row;
}

// Looking up the numbers of a window costs the same wherever it lies; a scan with a condition would grow with every page. The numbers go
// as a list: one by one the server may scan all there is for each of them, where its statistics say that this is little.
const NODES: Windowed<NodeRow> = {
  page: reading(
    "window-of-nodes",
    `MATCH (n) WHERE id(n) IN $numbers AND NOT (${STAYS}) WITH n ORDER BY id(n) LIMIT $limit
     RETURN id(n) AS ref, labels(n) AS labels, properties(n) AS properties ORDER BY ref`,
  ),
  last: reading("last-node", "MATCH (n) RETURN max(id(n)) AS last"),
};
const EDGES: Windowed<EdgeRow> = {
  page: reading(
    "window-of-edges",
    `MATCH (a)-[r]->(b) WHERE id(r) IN $numbers AND NOT r:HAS_CHUNK WITH a, r, b ORDER BY id(r) LIMIT $limit
     RETURN id(r) AS ref, id(a) AS source, id(b) AS target, type(r) AS type, properties(r) AS properties ORDER BY ref`,
  ),
  last: reading("last-edge", "MATCH ()-[r]->() RETURN max(id(r)) AS last"),
};

/** A page by numbers: window after window until it is full or the last number is passed. */
async function windows<Row extends NodeRow | EdgeRow>(
  reader: Reader,
  { page, last: findLast }: Windowed<Row>,
  { after, limit }: { after: number; limit: number },
): Promise<Row[]> {
  const rows: Row[] = [];
  let last: number | null | undefined;
  let width = Math.max(WINDOW, limit);
  for (let from = after; rows.length < limit; from += width, width = Math.min(width * 2, WIDEST)) {
    // The first window is mostly full, and then the end need not be known.
    if (from > after) last ??= (await reader.query<{ last: number | null }>(findLast))[0]?.last ?? null;
    if (last !== undefined && from >= (last ?? -1)) break;
    rows.push(...(await reader.query<Row>(page, { numbers: numbersAfter(from, width), limit: limit - rows.length })));
  }
  return rows;
}

const numbersAfter = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + 1 + at);

// The store hands out the nodes of a label, and the relationships of a type, in the order of their numbers.
function nodesOf(label: string): Statement {
  return reading(
    "page-of-nodes",
    `MATCH (n:${labelText(label)}) WHERE id(n) > $after WITH n ORDER BY id(n) LIMIT $limit
     RETURN id(n) AS ref, labels(n) AS labels, properties(n) AS properties ORDER BY ref`,
  );
}

function edgesOf(type: string): Statement {
  return reading(
    "page-of-edges",
    `MATCH (a)-[r:${typeText(type)}]->(b) WHERE id(r) > $after WITH a, r, b ORDER BY id(r) LIMIT $limit
     RETURN id(r) AS ref, id(a) AS source, id(b) AS target, type(r) AS type, properties(r) AS properties ORDER BY ref`,
  );
}
