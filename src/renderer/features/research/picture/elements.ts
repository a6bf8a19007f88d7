import type { GraphEdge, GraphNode, GraphPicture } from "@shared/contract/research.ts";
import type { ElementDefinition } from "cytoscape";
import { captionOf } from "./captions.ts";
import { ICONS, type IconName } from "./icons.ts";
import { type LabelLook, mainLabel, SIZES } from "./labels.ts";
import { OUTLINES, type Outline } from "./outlines.ts";
import type { Colours } from "./palette.ts";
import { inRows } from "./spread.ts";

export type Looks = ReadonlyMap<string, LabelLook>;

/** Ids of nodes and of relationships are counted apart by the engines; in the picture they share one space. */
export const nodeKey = (id: string) => `n${id}`;
export const edgeKey = (id: string) => `e${id}`;

/** The whole picture as the drawing library takes it. */
export function elementsOf(graph: GraphPicture, looks: Looks, colours: Colours): ElementDefinition[] {
  // Before their layout comes they stand in rows: on one point, their edges could not be drawn.
  const rows = inRows(graph.nodes.map((node) => node.id));
  const nodes = graph.nodes.map((node, at) => {
    const { x = 0, y = 0 } = rows[at] ?? {};
    return { ...nodeElement(node, looks, colours), position: { x, y } };
  });
  return [...nodes, ...graph.edges.map(edgeElement)];
}

export function nodeElement(node: GraphNode, looks: Looks, colours: Colours): ElementDefinition {
  return { group: "nodes", data: { id: nodeKey(node.id), ...nodeData(node, looks, colours) } };
}

/** What of a node follows its label's look and the colours: set again when either changes. */
export function nodeData(node: GraphNode, looks: Looks, colours: Colours): Record<string, string | number> {
  const label = mainLabel(node);
  const look = looks.get(label);
  const outline: Outline = OUTLINES[look?.outline ?? "circle"];
  const height = SIZES[look?.size ?? "normal"];
  return {
    label,
    caption: captionOf(node, look),
    height,
    width: height * outline.aspect,
    ...shapeData(outline, height),
    ...(look?.icon ? { ink: iconImage(look.icon, colours.text), blue: iconImage(look.icon, colours.accent) } : {}),
  };
}

function shapeData(outline: Outline, height: number): Record<string, string | number> {
  switch (outline.kind) {
    case "ellipse":
      return { shape: "ellipse" };
    case "round":
      return { shape: "round-rectangle", radius: (outline.radius * height) / 2 };
    case "polygon":
      return { shape: "polygon", points: outline.points.map(([x, y]) => `${x} ${y}`).join(" ") };
  }
}

export function edgeElement(edge: GraphEdge): ElementDefinition {
  return { group: "edges", data: { id: edgeKey(edge.id), source: nodeKey(edge.from), target: nodeKey(edge.to), type: edge.type } };
}

const images = new Map<string, string>();

// One image for all nodes of a label: the canvas decodes it once.
function iconImage(icon: IconName, colour: string): string {
  const key = `${icon} ${colour}`;
  const known = images.get(key);
  if (known) return known;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 24 24" fill="none" stroke="${colour}" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${ICONS[icon]}"/></svg>`;
  const image = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  images.set(key, image);
  return image;
}
