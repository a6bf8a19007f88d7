import type { GraphEdge, GraphNode, GraphPicture } from "@shared/contract/research.ts";
import type { IconName } from "./icons.ts";
import { OUTLINE_NAMES, type OutlineName } from "./outlines.ts";

/** How nodes of one label look. */
export interface LabelLook {
  outline: OutlineName;
  icon: IconName | null;
  size: Size;
  /** The property that names a node; null: the first of the usual ones that it has. */
  caption: string | null;
}
export type Size = "small" | "normal" | "large";
/** What a person chose for a label; the rest stays as it is. */
export type ChosenLook = Partial<Pick<LabelLook, "outline" | "size" | "caption">>;

/** Heights of nodes, in the picture's own units (pixels at full size). */
export const SIZES: Record<Size, number> = { small: 24, normal: 36, large: 52 };

/** The labels of the clinic's graph: what is alike in shape differs by icon. */
const KNOWN: Readonly<Record<string, { outline: OutlineName; icon: IconName }>> = {
  Patient: { outline: "circle", icon: "user" },
  Doctor: { outline: "shield", icon: "stethoscope" },
  Department: { outline: "house", icon: "building" },
  Clinic: { outline: "octagon", icon: "buildingHospital" },
  Appointment: { outline: "ticket", icon: "calendarEvent" },
  Slot: { outline: "bar", icon: "clock" },
  WorkingHours: { outline: "trapezoid", icon: "calendarTime" },
  ExtraHours: { outline: "slanted", icon: "calendarPlus" },
  Encounter: { outline: "heptagon", icon: "report" },
  Observation: { outline: "diamond", icon: "activity" },
  Diagnosis: { outline: "pentagon", icon: "zoomCheck" },
  Condition: { outline: "triangle", icon: "virus" },
  Note: { outline: "oval", icon: "note" },
  MedicalFile: { outline: "tag", icon: "file" },
  Substance: { outline: "hexagon", icon: "atom" },
  Prescription: { outline: "sheet", icon: "clipboardText" },
  PrescriptionItem: { outline: "sheet", icon: "listNumbers" },
  Drug: { outline: "capsule", icon: "pill" },
  DrugClass: { outline: "square", icon: "hierarchy" },
  Batch: { outline: "square", icon: "package" },
  Dispense: { outline: "capsule", icon: "packages" },
  StockMovement: { outline: "slanted", icon: "truckDelivery" },
  LabOrder: { outline: "heptagon", icon: "microscope" },
  LabResult: { outline: "diamond", icon: "testPipe" },
  LabTest: { outline: "funnel", icon: "flask" },
  Invoice: { outline: "sheet", icon: "receipt" },
  InvoiceLine: { outline: "bar", icon: "listDetails" },
  Payment: { outline: "square", icon: "cash" },
  QueueDay: { outline: "trapezoid", icon: "users" },
  Token: { outline: "ticket", icon: "ticket" },
  Counter: { outline: "cross", icon: "hash" },
  SchemaMigration: { outline: "funnel", icon: "database" },
};

/** A node without a label is shown under this name's words. */
export const NO_LABEL = "";

/** The label that decides a node's look: a known one before others, else its first. */
export function mainLabel(node: GraphNode): string {
  return node.labels.find((label) => Object.hasOwn(KNOWN, label)) ?? node.labels[0] ?? NO_LABEL;
}

/**
 * The looks of the labels of a picture. A known label always has its own; an unknown one takes the next shape that no label
 * here has, and keeps it (`before`) when more labels come. What the person chose goes before both.
 */
export function assignLooks(
  labels: Iterable<string>,
  chosen: Readonly<Record<string, ChosenLook>> = {},
  before: ReadonlyMap<string, LabelLook> = new Map(),
): Map<string, LabelLook> {
  const all = [...new Set(labels)];
  const taken = new Set<OutlineName>(all.flatMap((label) => fixedOutline(label) ?? before.get(label)?.outline ?? []));
  const looks = new Map<string, LabelLook>();
  let turn = 0;
  for (const label of all.toSorted()) {
    const own = chosenFor(chosen, label);
    let outline = fixedOutline(label) ?? before.get(label)?.outline;
    if (!outline) {
      outline = OUTLINE_NAMES.find((name) => !taken.has(name)) ?? OUTLINE_NAMES[turn++ % OUTLINE_NAMES.length] ?? "circle";
      taken.add(outline);
    }
    const icon = Object.hasOwn(KNOWN, label) ? (KNOWN[label]?.icon ?? null) : null;
    looks.set(label, { outline, icon, size: "normal", caption: null, ...own });
  }
  return looks;
}

/** The shape of a label of the clinic's graph; undefined for any other. */
export function fixedOutline(label: string): OutlineName | undefined {
  return Object.hasOwn(KNOWN, label) ? KNOWN[label]?.outline : undefined;
}

// A label may be called `constructor`; what was chosen is data of this machine and may hold names that are gone.
function chosenFor(chosen: Readonly<Record<string, ChosenLook>>, label: string): ChosenLook {
  const { outline, size, caption } = (Object.hasOwn(chosen, label) && chosen[label]) || {};
  return {
    ...(outline && OUTLINE_NAMES.includes(outline) ? { outline } : {}),
    ...(size && Object.hasOwn(SIZES, size) ? { size } : {}),
    ...(typeof caption === "string" ? { caption } : {}),
  };
}

/** Labels with how many nodes are shown under each, most first. */
export function countLabels(nodes: readonly GraphNode[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(mainLabel(node), (counts.get(mainLabel(node)) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
}

/** The properties that nodes of a label have in this picture, by name. */
export function propertiesOf(nodes: readonly GraphNode[], label: string): string[] {
  const names = new Set<string>();
  for (const node of nodes) if (mainLabel(node) === label) for (const name of Object.keys(node.properties)) names.add(name);
  return [...names].sort();
}

/** The picture with what an expansion brought: nothing twice, what stood there stays as it is, no edge without both its ends. */
export function mergeExpansion(graph: GraphPicture, more: GraphPicture): GraphPicture {
  const nodes = withNew(graph.nodes, more.nodes);
  const known = new Set(nodes.map((node) => node.id));
  const edges = withNew<GraphEdge>(graph.edges, more.edges).filter((edge) => known.has(edge.from) && known.has(edge.to));
  return { nodes, edges };
}

function withNew<T extends { id: string }>(before: readonly T[], more: readonly T[]): T[] {
  const all = new Map(before.map((item) => [item.id, item]));
  for (const item of more) if (!all.has(item.id)) all.set(item.id, item);
  return [...all.values()];
}
