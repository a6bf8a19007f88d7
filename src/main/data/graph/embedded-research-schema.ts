import type { Value } from "./port.ts";
import type { SnapshotSchema } from "./research-protocol.ts";

/** Nodes or edges of a kind whose properties are looked at. */
const SAMPLE = 1_000;

interface Kind {
  count: number;
  /** The types seen of each property. */
  properties: Map<string, Set<string>>;
  from: Set<string>;
  to: Set<string>;
}

/** Counts what goes into a snapshot and learns its schema on the way, so that nobody has to scan for it. */
export class SchemaTally {
  readonly #labels = new Map<string, Kind>();
  readonly #types = new Map<string, Kind>();
  /** The label of each node by its number, as an index into the names. */
  readonly #labelOf: string[] = [];

  nodes(label: string, ids: readonly number[], properties: readonly Record<string, Value>[]): void {
    const kind = kindIn(this.#labels, label);
    for (const id of ids) this.#labelOf[id] = label;
    take(kind, properties);
  }

  edges(type: string, edges: readonly { src: number; dst: number; properties: Record<string, Value> }[]): void {
    if (edges.length === 0) return;
    const kind = kindIn(this.#types, type);
    for (const { src, dst } of edges) {
      kind.from.add(this.#labelOf[src] ?? "");
      kind.to.add(this.#labelOf[dst] ?? "");
    }
    take(
      kind,
      edges.map(({ properties }) => properties),
    );
  }

  schema(): SnapshotSchema {
    return {
      labels: sorted(this.#labels).map(([name, { count, properties }]) => ({ name, count, properties: listed(properties) })),
      relationships: sorted(this.#types).map(([type, { count, properties, from, to }]) => ({
        type,
        count,
        from: [...from].sort(),
        to: [...to].sort(),
        properties: listed(properties),
      })),
    };
  }
}

function kindIn(kinds: Map<string, Kind>, name: string): Kind {
  const kind = kinds.get(name) ?? { count: 0, properties: new Map(), from: new Set(), to: new Set() };
  kinds.set(name, kind);
  return kind;
}

function take(kind: Kind, all: readonly Record<string, Value>[]): void {
  // A property that is in nothing of the sample is still named: only its type is sampled.
  for (const [index, properties] of all.entries()) {
    for (const [name, value] of Object.entries(properties)) {
      const types = kind.properties.get(name);
      if (types === undefined) kind.properties.set(name, new Set([typeOf(value)]));
      else if (kind.count + index < SAMPLE) types.add(typeOf(value));
    }
  }
  kind.count += all.length;
}

function typeOf(value: Value): string {
  if (Array.isArray(value)) return "LIST";
  switch (typeof value) {
    case "boolean":
      return "BOOLEAN";
    case "number":
      return Number.isInteger(value) ? "INTEGER" : "FLOAT";
    case "string":
      return "STRING";
    default:
      return "MAP";
  }
}

const sorted = (kinds: ReadonlyMap<string, Kind>) => [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));

function listed(properties: ReadonlyMap<string, ReadonlySet<string>>): { name: string; type: string }[] {
  return [...properties].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, types]) => ({ name, type: oneOf(types) }));
}

/** A whole number among fractions is one of them. */
function oneOf(types: ReadonlySet<string>): string {
  const names = [...types].filter((type) => type !== "INTEGER" || !types.has("FLOAT"));
  return names.sort().join(" | ");
}
