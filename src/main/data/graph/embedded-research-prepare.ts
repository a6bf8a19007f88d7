import { pseudonyms } from "../research/pseudonym.ts";
import { NODES, RELATIONSHIPS, type Visibility } from "../research/visibility.ts";
import type { Database } from "./embedded-recovery.ts";
import type { SnapshotSchema } from "./research-protocol.ts";
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

/** Nodes or edges that the engine takes at once. */
const BATCH = 10_000;
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
    const found = result.rows().map(([node, ...values]) => ({ node: Number(node), properties: this.#properties(values, shown) }));
    // Numbers of nodes are given in the order of copying: sorted by pseudonym they tell nothing of the order of registration.
    if (!this.#identities && table["id"] === "pseudonym")
      found.sort((a, b) => (String(a.properties["id"]) < String(b.properties["id"]) ? -1 : 1));
    for (let at = 0; at < found.length; at += BATCH) {
      const batch = found.slice(at, at + BATCH);
      const properties = batch.map((one) => one.properties);
      const made = await this.#into.batchCreateNodesWithProps(label, properties);
      for (const [index, { node }] of batch.entries()) this.#moved.set(node, made[index] as number);
      this.#tally.nodes(label, made, properties);
    }
    if (found.length > 0) await this.#index(label, table);
  }

  async #index(label: string, table: Readonly<Record<string, Visibility>>): Promise<void> {
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
    const edges = [];
    for (const [source, target, ...values] of result.rows()) {
      const [src, dst] = [this.#moved.get(Number(source)), this.#moved.get(Number(target))];
      if (src !== undefined && dst !== undefined) edges.push({ src, dst, type, properties: this.#properties(values, shown) });
    }
    for (let at = 0; at < edges.length; at += BATCH) {
      const batch = edges.slice(at, at + BATCH);
      await this.#into.batchCreateEdges(batch);
      this.#tally.edges(type, batch);
    }
  }

  /** What is copied of a label or type, in the order of the columns. */
  #shown(table: Readonly<Record<string, Visibility>>): (readonly [name: string, visibility: Visibility])[] {
    if (this.#identities) return Object.keys(table).map((name) => [name, "plain"] as const);
    return Object.entries(table).filter(([, visibility]) => visibility !== "hidden");
  }

  #properties(values: readonly unknown[], shown: readonly (readonly [string, Visibility])[]): Properties {
    const properties: Properties = {};
    for (const [index, [name, visibility]] of shown.entries()) {
      const value = this.#seen(values[index] as Value | undefined, visibility);
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
}

function columns(variable: string, shown: readonly (readonly [name: string, visibility: Visibility])[]): string {
  return shown.map(([name], index) => `, ${variable}.${name} AS p${index}`).join("");
}
