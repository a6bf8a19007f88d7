import type { GraphBulk } from "./bulk.ts";
import { counts, type EdgeRow, movedEdge, movedNode, type NodeRow, reading, STAYS, seekFrom } from "./bulk-export.ts";
import { forgetRefs, importEdges, importNodes, removeAll } from "./bulk-import.ts";
import { IMPORT_REF, IMPORTED, labelText, typeText } from "./bulk-names.ts";
import type { EmbeddedGraph } from "./embedded.ts";
import type { Statement } from "./port.ts";

// A uniqueness constraint of this engine is only fast with an index beside it.
const SCHEMA = [
  `CREATE CONSTRAINT import_ref IF NOT EXISTS FOR (n:${IMPORTED}) REQUIRE n.${IMPORT_REF} IS UNIQUE`,
  `CREATE INDEX import_ref_lookup IF NOT EXISTS FOR (n:${IMPORTED}) ON (n.${IMPORT_REF})`,
];
const NO_SCHEMA = ["DROP CONSTRAINT import_ref IF EXISTS", "DROP INDEX import_ref_lookup IF EXISTS"];

/** All of the embedded graph, for moving it. A `ref` is the engine's number of a node or relationship. */
export function embeddedBulk(graph: EmbeddedGraph): GraphBulk {
  let ready = false;
  const change = async (texts: readonly string[]): Promise<void> => {
    for (const text of texts) {
      const statement: Statement = { name: "bulk/schema", text, writes: true };
      await graph.write((writer) => writer.execute(statement));
    }
  };
  const prepared = async (): Promise<void> => {
    if (!ready) await change(SCHEMA);
    ready = true;
  };
  return {
    async exportNodes(after, limit, label) {
      const rows = await graph.read((reader) => reader.query<NodeRow>(pageOfNodes(label), { after: seekFrom(after), limit }));
      return rows.map(movedNode);
    },
    async exportEdges(after, limit, type) {
      const rows = await graph.read((reader) => reader.query<EdgeRow>(pageOfEdges(type), { after: seekFrom(after), limit }));
      return rows.map(movedEdge);
    },
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
      await change(NO_SCHEMA);
      ready = false;
    },
    async clear() {
      await removeAll(graph, STAYS);
      await change(NO_SCHEMA);
      ready = false;
    },
  };
}

// The page is cut before its properties are read: the engine would read those of every node otherwise.
function pageOfNodes(label: string | undefined): Statement {
  const node = label === undefined ? "(n)" : `(n:${labelText(label)})`;
  return reading(
    "page-of-nodes",
    `MATCH ${node} WHERE id(n) > $after AND NOT (${STAYS}) WITH id(n) AS ref, n AS n ORDER BY ref LIMIT $limit
     RETURN ref AS ref, labels(n) AS labels, properties(n) AS properties ORDER BY ref`,
  );
}

function pageOfEdges(type: string | undefined): Statement {
  const edge = type === undefined ? "[r]" : `[r:${typeText(type)}]`;
  return reading(
    "page-of-edges",
    `MATCH (a)-${edge}->(b) WHERE id(r) > $after WITH id(r) AS ref, a AS a, r AS r, b AS b ORDER BY ref LIMIT $limit
     RETURN ref AS ref, id(a) AS source, id(b) AS target, type(r) AS type, properties(r) AS properties ORDER BY ref`,
  );
}
