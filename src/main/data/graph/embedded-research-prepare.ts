import { type ShownKind, shownKinds } from "../research/masking.ts";
import type { Database } from "./embedded-recovery.ts";
import { SnapshotFill } from "./embedded-research-fill.ts";
import type { ResearchCall, SnapshotSchema } from "./research-protocol.ts";

type Grafeo = typeof import("@grafeo-db/js");

/** Makes the file that research queries run on of a copy of the clinic's store: only the listed labels, types and properties are read of it. */
export async function fillFromCopy(
  grafeo: Grafeo,
  { source, target, identities, key }: Extract<ResearchCall, { kind: "prepare" }>,
): Promise<{ schema: SnapshotSchema; version: string }> {
  const kinds = shownKinds(identities, key);
  const from = grafeo.GrafeoDB.openReadOnly(source);
  const fill = new SnapshotFill(grafeo);
  try {
    for (const kind of kinds.nodes) await copyNodes(from, fill, kind);
    for (const kind of kinds.edges) await copyEdges(from, fill, kind);
  } catch (error) {
    fill.close();
    throw error;
  } finally {
    from.close();
  }
  return await fill.save(target);
}

async function copyNodes(from: Database, fill: SnapshotFill, kind: ShownKind): Promise<void> {
  const result = await from.executeCypher(`MATCH (n:${kind.name}) RETURN id(n) AS node${columns("n", kind)}`);
  const nodes = result.rows().map(([node, ...values]) => ({ ref: String(node), properties: kind.properties(values) }));
  await fill.nodes(kind.name, kind.scattered, nodes);
}

async function copyEdges(from: Database, fill: SnapshotFill, kind: ShownKind): Promise<void> {
  const ends = "id(a) AS source, id(b) AS target";
  const result = await from.executeCypher(`MATCH (a)-[r:${kind.name}]->(b) RETURN ${ends}${columns("r", kind)}`);
  const edges = result.rows().map(([source, target, ...values]) => {
    return { from: String(source), to: String(target), properties: kind.properties(values) };
  });
  await fill.edges(kind.name, edges);
}

function columns(variable: string, { reads }: ShownKind): string {
  return reads.map((name, index) => `, ${variable}.${name} AS p${index}`).join("");
}
