import { pseudonyms } from "../research/pseudonym.ts";
import { NODES, RELATIONSHIPS, type Visibility } from "../research/visibility.ts";
import type { Database } from "./embedded-recovery.ts";
import type { SnapshotSchema } from "./embedded-research-protocol.ts";
import { SchemaTally } from "./embedded-research-schema.ts";
import type { Value } from "./port.ts";

type Grafeo = typeof import("@grafeo-db/js");
type Properties = Record<string, Value>;

interface Preparation {
  source: string;
  target: string;
  identities: boolean;
  key: Uint8Array;
}

/** Rows that cross between the two stores at once: what bounds the memory. */
const BATCH = 5_000;
/** Properties by which things are found; the same ones as in the application's own schema, as far as they are there. */
const FOUND_BY: readonly string[] = ["id", "code", "patientId", "day"];

/**
 * Makes the file that research queries run on: a new store, into which only the listed labels, types and properties go. Nothing has to
 * be removed from it, because what a query may not reach was never in it. Answers its schema.
 */
export async function prepareSnapshot(grafeo: Grafeo, { source, target, identities, key }: Preparation): Promise<SnapshotSchema> {
  const from = grafeo.GrafeoDB.openReadOnly(source);
  try {
    const into = grafeo.GrafeoDB.create();
    try {
      const copying = new Copying(from, into, identities, pseudonyms(key));
      const schema = await copying.all();
      into.save(target);
      return schema;
    } finally {
      into.close();
    }
  } finally {
    from.close();
  }
}

class Copying {
  readonly #from: Database;
  readonly #into: Database;
  readonly #identities: boolean;
  readonly #pseudonym: (id: string) => string;
  readonly #tally = new SchemaTally();
  /** The new number of each node that was copied, by its old one. */
  readonly #moved = new Map<number, number>();

  constructor(from: Database, into: Database, identities: boolean, pseudonym: (id: string) => string) {
    this.#from = from;
    this.#into = into;
    this.#identities = identities;
    this.#pseudonym = pseudonym;
  }

  async all(): Promise<SnapshotSchema> {
    for (const [label, properties] of Object.entries(NODES)) await this.#nodes(label, properties);
    for (const [type, properties] of Object.entries(RELATIONSHIPS)) await this.#edges(type, properties);
    return this.#tally.schema();
  }

  async #nodes(label: string, table: Readonly<Record<string, Visibility>>): Promise<void> {
    const shown = this.#shown(table);
    const result = await this.#from.executeCypher(`MATCH (n:${label}) RETURN id(n) AS node${columns("n", shown)}`);
    const order = Array.from({ length: result.length }, (_, index) => index);
    if (!this.#identities && table["id"] === "pseudonym") this.#shuffle(order, shown, (index) => result.get(index));
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = order.slice(at, at + BATCH).map((index) => result.get(index));
      const nodes = rows.map((row) => this.#properties(row, shown));
      const made = await this.#into.batchCreateNodesWithProps(label, nodes);
      for (const [index, row] of rows.entries()) this.#moved.set(Number(row["node"]), made[index] as number);
      this.#tally.nodes(label, made, nodes);
    }
    if (order.length === 0) return;
    for (const property of FOUND_BY) {
      if (Object.hasOwn(table, property) && table[property] !== "hidden") {
        await this.#into.executeCypher(`CREATE INDEX ${label}_${property} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`);
      }
    }
  }

  async #edges(type: string, table: Readonly<Record<string, Visibility>>): Promise<void> {
    const shown = this.#shown(table);
    const ends = "id(a) AS source, id(b) AS target";
    const result = await this.#from.executeCypher(`MATCH (a)-[r:${type}]->(b) RETURN ${ends}${columns("r", shown)}`);
    for (let at = 0; at < result.length; at += BATCH) {
      const edges = [];
      for (let index = at; index < Math.min(at + BATCH, result.length); index += 1) {
        const row = result.get(index);
        const [src, dst] = [this.#moved.get(Number(row["source"])), this.#moved.get(Number(row["target"]))];
        if (src !== undefined && dst !== undefined) edges.push({ src, dst, type, properties: this.#properties(row, shown) });
      }
      await this.#into.batchCreateEdges(edges);
      this.#tally.edges(type, edges);
    }
  }

  /** What is copied of a label or type, in the order of the columns. */
  #shown(table: Readonly<Record<string, Visibility>>): (readonly [name: string, visibility: Visibility])[] {
    if (this.#identities) return Object.keys(table).map((name) => [name, "plain"] as const);
    return Object.entries(table).filter(([, visibility]) => visibility !== "hidden");
  }

  #properties(row: Readonly<Record<string, unknown>>, shown: readonly (readonly [string, Visibility])[]): Properties {
    const properties: Properties = {};
    for (const [index, [name, visibility]] of shown.entries()) {
      const value = this.#seen(row[`p${index}`] as Value | undefined, visibility);
      if (value !== null) properties[name] = value;
    }
    return properties;
  }

  #seen(value: Value | undefined, visibility: Visibility): Value {
    if (value === null || value === undefined) return null;
    switch (visibility) {
      case "plain":
        return value;
      case "pseudonym":
        return this.#pseudonym(String(value));
      case "year":
        return /^\d{4}/.exec(String(value))?.[0] ?? null;
      case "hidden":
        return null;
    }
  }

  /** Numbers of nodes are given in the order of copying: sorted by pseudonym they tell nothing of the order of registration. */
  #shuffle(order: number[], shown: readonly (readonly [string, Visibility])[], row: (index: number) => Record<string, unknown>): void {
    const column = `p${shown.findIndex(([name]) => name === "id")}`;
    const keys = order.map((index) => this.#pseudonym(String(row(index)[column])));
    order.sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : 1));
  }
}

function columns(variable: string, shown: readonly (readonly [name: string, visibility: Visibility])[]): string {
  return shown.map(([name], index) => `, ${variable}.${name} AS p${index}`).join("");
}
