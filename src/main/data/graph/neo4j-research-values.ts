import neo4j, { type Duration, type Node, type Relationship } from "neo4j-driver";
import { NODES, RELATIONSHIPS } from "../research/visibility.ts";
import type { Found, FoundEdge, FoundNode } from "./research-cells.ts";

/** A path that leads through what is not shown has no place in a result. */
const NOTHING: Found = { kind: "value", value: null };

/**
 * What the driver's objects are. As in a snapshot only the listed labels, types and properties are there: a node or relationship of the
 * application's own is null wherever it stands, and so are bytes, which only the parts of files have.
 */
export function findOnNeo4j(value: object): Found {
  if (neo4j.isNode(value)) return nodeOf(value) ?? NOTHING;
  if (neo4j.isRelationship(value)) return edgeOf(value) ?? NOTHING;
  if (neo4j.isPath(value)) {
    const nodes = [value.start, ...value.segments.map(({ end }) => end)].map(nodeOf);
    const edges = value.segments.map(({ relationship }) => edgeOf(relationship));
    if (!nodes.every((node) => node !== null) || !edges.every((edge) => edge !== null)) return NOTHING;
    return { kind: "path", nodes, edges };
  }
  if (ArrayBuffer.isView(value)) return NOTHING;
  if (neo4j.isDuration(value)) return { kind: "value", value: iso(value) };
  if (neo4j.isPoint(value)) return null;
  // Of the driver's own classes those of time are left, which are ISO 8601 as text.
  return Object.getPrototypeOf(value) === Object.prototype ? null : { kind: "value", value: String(value) };
}

/** Null for a node of the application's own. */
export function nodeOf({ elementId, labels, properties }: Node): FoundNode | null {
  const shown = labels.filter((label) => Object.hasOwn(NODES, label));
  if (shown.length === 0) return null;
  return { kind: "node", id: elementId, labels: shown, properties: listed(properties, shown, NODES) };
}

/** Null for a relationship of the application's own. */
export function edgeOf(edge: Relationship): FoundEdge | null {
  const { elementId, type, startNodeElementId: from, endNodeElementId: to, properties } = edge;
  if (!Object.hasOwn(RELATIONSHIPS, type)) return null;
  return { kind: "edge", id: elementId, type, from, to, properties: listed(properties, [type], RELATIONSHIPS) };
}

function listed(properties: object, names: readonly string[], tables: Readonly<Record<string, object>>): object {
  const isListed = (property: string) => names.some((name) => Object.hasOwn(tables[name] ?? {}, property));
  return Object.fromEntries(Object.entries(properties).filter(([property]) => isListed(property)));
}

/** A duration in the shortest form of ISO 8601, as the embedded engine writes it: `P1Y2M3DT1H6M40.5S`. */
function iso({ months, days, seconds, nanoseconds }: Duration): string {
  // A duration in months, days and seconds; the parts of each have its sign.
  const all = BigInt(String(seconds)) * 1_000_000_000n + BigInt(String(nanoseconds));
  const [sign, size] = all < 0n ? ["-", -all] : ["", all];
  const [whole, fraction] = [size / 1_000_000_000n, size % 1_000_000_000n];
  const rest = `${whole % 60n}${fraction === 0n ? "" : `.${String(fraction).padStart(9, "0").replace(/0+$/, "")}`}`;
  const part = (count: bigint | string, unit: string, before = "") => (/^[0.]*$/.test(String(count)) ? "" : `${before}${count}${unit}`);
  const [month, day] = [BigInt(String(months)), BigInt(String(days))];
  const date = part(month / 12n, "Y") + part(month % 12n, "M") + part(day, "D");
  const time = part(whole / 3600n, "H", sign) + part((whole / 60n) % 60n, "M", sign) + part(rest, "S", sign);
  return date + time === "" ? "PT0S" : `P${date}${time === "" ? "" : `T${time}`}`;
}
