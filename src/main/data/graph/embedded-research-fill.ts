import { foundBy } from "../research/masking.ts";
import { NODES } from "../research/visibility.ts";
import type { Database } from "./embedded-recovery.ts";
import { SchemaTally } from "./embedded-research-schema.ts";
import type { FilledEdge, FilledNode, SnapshotSchema } from "./research-protocol.ts";

type Grafeo = typeof import("@grafeo-db/js");

/** Nodes or edges that the engine takes at once. */
const BATCH = 10_000;

/**
 * Makes the file that research queries run on: a new store, into which only what is given goes. Nothing has to be removed from it, because
 * what a query may not reach was never in it. All nodes come before the edges, those of a label together.
 */
export class SnapshotFill {
  readonly #into: Database;
  readonly #tally = new SchemaTally();
  readonly #labels = new Set<string>();
  /** The new number of each node, by its `ref`. */
  readonly #moved = new Map<string, number>();
  /** Nodes whose order is not that in which they came: they wait for the others of their label. */
  #waiting: { label: string; nodes: FilledNode[] } | null = null;

  constructor(grafeo: Grafeo) {
    this.#into = grafeo.GrafeoDB.create();
  }

  async nodes(label: string, scattered: boolean, nodes: readonly FilledNode[]): Promise<void> {
    if (this.#waiting !== null && this.#waiting.label !== label) await this.#scatter();
    if (!scattered) return await this.#create(label, nodes);
    this.#waiting ??= { label, nodes: [] };
    for (const node of nodes) this.#waiting.nodes.push(node);
  }

  async edges(type: string, edges: readonly FilledEdge[]): Promise<void> {
    await this.#scatter();
    const found = edges.flatMap(({ from, to, properties }) => {
      const [src, dst] = [this.#moved.get(from), this.#moved.get(to)];
      return src === undefined || dst === undefined ? [] : [{ src, dst, type, properties }];
    });
    for (let at = 0; at < found.length; at += BATCH) {
      const batch = found.slice(at, at + BATCH);
      await this.#into.batchCreateEdges(batch);
      this.#tally.edges(type, batch);
    }
  }

  /** Writes the file; the fill is over then. */
  async save(target: string): Promise<{ schema: SnapshotSchema; version: string }> {
    try {
      await this.#scatter();
      for (const label of this.#labels) await this.#index(label);
      this.#into.save(target);
      return { schema: this.#tally.schema(), version: this.#into.version() };
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#into.close();
  }

  async #index(label: string): Promise<void> {
    for (const property of foundBy(label)) {
      await this.#into.executeCypher(`CREATE INDEX ${label}_${property} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`);
    }
  }

  /** Numbers of nodes are given in the order of making: sorted by pseudonym they tell nothing of the order of registration. */
  async #scatter(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) return;
    waiting.nodes.sort((a, b) => (String(a.properties["id"]) < String(b.properties["id"]) ? -1 : 1));
    await this.#create(waiting.label, waiting.nodes);
  }

  async #create(label: string, nodes: readonly FilledNode[]): Promise<void> {
    if (!Object.hasOwn(NODES, label)) throw new Error("a label that is not listed");
    if (nodes.length > 0) this.#labels.add(label);
    for (let at = 0; at < nodes.length; at += BATCH) {
      const batch = nodes.slice(at, at + BATCH);
      const properties = batch.map((one) => one.properties);
      const made = await this.#into.batchCreateNodesWithProps(label, properties);
      for (const [index, { ref }] of batch.entries()) this.#moved.set(ref, made[index] as number);
      this.#tally.nodes(label, made, properties);
    }
  }
}
