import type { Value } from "../graph/port.ts";
import { pseudonyms } from "./pseudonym.ts";
import { NODES, RELATIONSHIPS, type Visibility } from "./visibility.ts";

type Table = Readonly<Record<string, Visibility>>;

/** A label or relationship type as a snapshot has it. */
export interface ShownKind {
  readonly name: string;
  /** The properties that are looked at, in the order in which `properties` takes their values. */
  readonly reads: readonly string[];
  /** True where the order of its nodes must not tell the order in which they were made: they are put in that of their pseudonyms. */
  readonly scattered: boolean;
  /** What is seen of a node or edge with these values. */
  properties(values: readonly unknown[]): Record<string, Value>;
}

/** Properties by which things are found; the same ones as in the application's own schema, as far as they are there. */
const FOUND_BY: readonly string[] = ["id", "code", "patientId", "day"];

/** By which properties the nodes of a label are found in any snapshot, so that an index is worth it. */
export function foundBy(label: string): string[] {
  const table = NODES[label] ?? {};
  return FOUND_BY.filter((property) => Object.hasOwn(table, property) && table[property] !== "hidden");
}

/**
 * What of a graph goes into a snapshot for research, label by label and type by type: what is not listed is not copied. With `identities` it
 * is all of the listed properties as they are, without them only what may be seen of each.
 */
export function shownKinds(identities: boolean, key: Uint8Array): { nodes: ShownKind[]; edges: ShownKind[] } {
  const pseudonym = pseudonyms(key);
  const kinds = (tables: Readonly<Record<string, Table>>) =>
    Object.entries(tables).map(([name, table]) => shownKind(name, table, identities, pseudonym));
  return { nodes: kinds(NODES), edges: kinds(RELATIONSHIPS) };
}

function shownKind(name: string, table: Table, identities: boolean, pseudonym: (id: string) => string): ShownKind {
  const shown = Object.entries(table).flatMap(([property, visibility]) => {
    const seen = identities ? "plain" : visibility;
    return seen === "hidden" ? [] : [[property, seen] as const];
  });
  return {
    name,
    reads: shown.map(([property]) => property),
    scattered: !identities && table["id"] === "pseudonym",
    properties(values) {
      const properties: Record<string, Value> = {};
      for (const [index, [property, visibility]] of shown.entries()) {
        const value = seenAs(visibility, values[index] as Value | undefined, pseudonym);
        if (value !== null) properties[property] = value;
      }
      return properties;
    },
  };
}

function seenAs(visibility: Exclude<Visibility, "hidden">, value: Value | undefined, pseudonym: (id: string) => string): Value {
  if (value === null || value === undefined) return null;
  switch (visibility) {
    case "plain":
      return value;
    case "pseudonym":
      return pseudonym(String(value));
    case "year":
      return /^\d{4}/.exec(String(value))?.[0] ?? null;
  }
}
