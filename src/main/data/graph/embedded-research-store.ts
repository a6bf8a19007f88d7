import type { GraphEdge, GraphNode, GraphPicture, PlanStep } from "../../../shared/contract/research.ts";
import type { Database } from "./embedded-recovery.ts";
import { readResearchFailure } from "./embedded-research-failures.ts";
import { readPlan, refuseBeyondReading } from "./embedded-research-plan.ts";
import { edgeId, engineId, findIn, nodeId } from "./embedded-research-values.ts";
import type { Params } from "./port.ts";
import { CellReader, CellsFull } from "./research-cells.ts";
import type { QueryStore, ResearchCall, ResearchFailure, ResearchReply, RunEnd } from "./research-protocol.ts";
import { ResearchRefusal } from "./research-refusal.ts";
import { FIRST_ROWS, RowSender } from "./research-rows.ts";

type Grafeo = typeof import("@grafeo-db/js");
type Send = (reply: ResearchReply) => Promise<void>;
type Result = Awaited<ReturnType<Database["executeCypher"]>>;
type Run = Extract<ResearchCall, { kind: "run" }>;

const OFTEN_ASKED = "Patient";

/** Opens a prepared file so that nothing can be written to it. */
export async function openResearchStore(grafeo: Grafeo, file: string, snapshot: string): Promise<QueryStore> {
  const database = grafeo.GrafeoDB.openReadOnly(file);
  // The first look-up loads what later ones use.
  await database.executeCypher(`MATCH (n:${OFTEN_ASKED} {id: ''}) RETURN n.id AS id`);
  return new ResearchStore(database, snapshot);
}

/** A prepared snapshot, open for reading in its own process. */
class ResearchStore implements QueryStore {
  readonly #database: Database;
  readonly #snapshot: string;

  constructor(database: Database, snapshot: string) {
    this.#database = database;
    this.#snapshot = snapshot;
  }

  async run({ cypher, parameters, maxRows, maxBytes, maxNodes }: Run, send: Send): Promise<RunEnd> {
    const started = performance.now();
    refuseBeyondReading(await this.#planOf(cypher, parameters));
    const transaction = this.#database.beginTransaction("snapshot");
    try {
      const result = await transaction.executeCypher(cypher, parameters);
      if (Object.values(result.counters).some((changed) => changed > 0)) throw new ResearchRefusal({ kind: "writes" });
      await send({ kind: "columns", names: result.columns });
      const cells = new CellReader(findIn(this.#snapshot), maxBytes, maxNodes);
      const kept = await sendRows(result, maxRows, cells, send);
      const { graph, truncated } = cells.picture();
      return { graph, graphTruncated: truncated, capped: kept < result.length, durationMs: performance.now() - started };
    } finally {
      if (transaction.isActive) transaction.rollback();
    }
  }

  async explain(cypher: string, parameters: Params): Promise<{ plan: PlanStep; text: string }> {
    const text = await this.#planOf(cypher, parameters);
    return { plan: readPlan(text), text };
  }

  /** The engine's own text of the plan. */
  async #planOf(cypher: string, parameters: Params): Promise<string> {
    try {
      const result = await this.#database.executeCypher(`EXPLAIN\n${cypher}`, parameters);
      return result.length === 0 ? "" : String(result.scalar());
    } catch (error) {
      const failure = readResearchFailure(error);
      // The word before the text has a line of its own.
      if (failure.kind === "syntax" && failure.line !== undefined) failure.line -= 1;
      throw new ResearchRefusal(failure);
    }
  }

  async expand(id: string, among: readonly string[], limit: number): Promise<{ picture: GraphPicture; truncated: boolean }> {
    const center = engineId(this.#snapshot, id);
    if (center === null || this.#database.getNode(center) === null) throw new ResearchRefusal({ kind: "not-found" });
    const shown = new Set([center, ...among.map((other) => engineId(this.#snapshot, other)).filter((other) => other !== null)]);
    const neighbours = new Set(this.#edgesOf(center).map(([neighbour]) => neighbour));
    const before = [...neighbours].filter((neighbour) => shown.has(neighbour));
    const added = [...neighbours].filter((neighbour) => !shown.has(neighbour));
    const fresh = [center, ...added.slice(0, limit)];
    for (const node of fresh) shown.add(node);
    const edges = new Set<number>();
    for (const node of fresh) {
      for (const [neighbour, edge] of this.#edgesOf(node)) if (shown.has(neighbour)) edges.add(edge);
    }
    const cells = new CellReader(findIn(this.#snapshot), Number.POSITIVE_INFINITY, 0);
    const nodes = [...new Set([...fresh, ...before])].map((node) => this.#node(node, cells));
    return { picture: { nodes, edges: [...edges].map((edge) => this.#edge(edge, cells)) }, truncated: added.length > limit };
  }

  describe(): Promise<never> {
    // What a snapshot holds was learnt while it was made.
    return Promise.reject(new ResearchRefusal({ kind: "unsupported", construct: "describe" }));
  }

  failureOf(error: unknown): ResearchFailure {
    return readResearchFailure(error);
  }

  #edgesOf(node: number): [neighbour: number, edge: number][] {
    return this.#database.getNodeEdges(node, { direction: "both" }) as [number, number][];
  }

  #node(number: number, cells: CellReader): GraphNode {
    const node = this.#database.getNode(number);
    if (node === null) throw new ResearchRefusal({ kind: "not-found" });
    return cells.node({ kind: "node", id: nodeId(this.#snapshot, number), labels: node.labels, properties: node.properties() });
  }

  #edge(number: number, cells: CellReader): GraphEdge {
    const edge = this.#database.getEdge(number);
    if (edge === null) throw new ResearchRefusal({ kind: "not-found" });
    const [from, to] = [nodeId(this.#snapshot, edge.sourceId), nodeId(this.#snapshot, edge.targetId)];
    return cells.edge({ kind: "edge", id: edgeId(this.#snapshot, number), type: edge.edgeType, from, to, properties: edge.properties() });
  }
}

/** Sends rows until they are all sent or fill what may be kept; answers how many. */
async function sendRows(result: Result, maxRows: number, cells: CellReader, send: Send): Promise<number> {
  const row = rowsOf(result, maxRows);
  const rows = new RowSender(send);
  for (let index = 0; index < Math.min(result.length, maxRows); index += 1) {
    try {
      await rows.add(cells.row(row(index)));
    } catch (error) {
      if (!(error instanceof CellsFull)) throw error;
      break;
    }
  }
  return await rows.end();
}

/** Reads a row. All at once is three times cheaper than one by one, but only where all are wanted, and the first must not wait for it. */
function rowsOf(result: Result, maxRows: number): (index: number) => readonly unknown[] {
  const names = result.columns;
  let all: readonly unknown[][] | null = null;
  return (index) => {
    if (index >= FIRST_ROWS && result.length <= maxRows) all ??= result.rows();
    const known = all?.[index];
    if (known !== undefined) return known;
    const row = result.get(index);
    return names.map((name) => (Object.hasOwn(row, name) ? row[name] : null));
  };
}
