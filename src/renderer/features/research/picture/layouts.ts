import cytoscape, { type ElementDefinition, type LayoutOptions } from "cytoscape";
import fcose from "cytoscape-fcose";
import type { LayoutName } from "./layout-names.ts";
import { type Placed, ROOM, spread } from "./spread.ts";

export interface LayoutTask {
  layout: LayoutName;
  nodes: readonly { id: string; height: number; width: number }[];
  edges: readonly { from: string; to: string }[];
  /** Nodes that the person put somewhere: they stay there. */
  pinned: readonly Placed[];
}

/** Above this the springs take too long; the nodes are laid by the spectrum of the graph alone, then pushed apart. */
const SPRINGS_UP_TO = 400;

cytoscape.use(fcose);

/** Where each node goes. Takes no page: it runs in a worker, and anywhere else. */
export function layOut({ layout, nodes, edges, pinned }: LayoutTask): Placed[] {
  if (nodes.length === 0) return [];
  const elements: ElementDefinition[] = [
    ...nodes.map(({ id, height, width }) => ({ data: { id: `n${id}`, height, width } })),
    ...edges.map(({ from, to }, at) => ({ data: { id: `e${at}`, source: `n${from}`, target: `n${to}` } })),
  ];
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    elements,
    style: [{ selector: "node", style: { width: "data(width)", height: "data(height)" } }],
  });
  graph.layout(optionsOf(layout, nodes.length, pinned)).run();
  const laid = graph.nodes().map((node) => ({ id: node.id().slice(1), ...node.position() }));
  graph.destroy();
  const apart = layout === "force" ? spread(grown(laid)) : laid;
  const fixed = new Map(pinned.map((place) => [place.id, place]));
  return apart.map((place) => fixed.get(place.id) ?? place);
}

function optionsOf(layout: LayoutName, count: number, pinned: readonly Placed[]): LayoutOptions {
  const side = Math.max(400, Math.sqrt(count) * ROOM * 1.5);
  const shared = { animate: false, fit: false, boundingBox: { x1: 0, y1: 0, w: side, h: side }, avoidOverlap: true };
  switch (layout) {
    case "hierarchy":
      return { ...shared, name: "breadthfirst", directed: true, spacingFactor: count > 1000 ? 1 : 1.3 };
    case "concentric":
      return { ...shared, name: "concentric", minNodeSpacing: ROOM / 2 };
    case "circle":
      return { ...shared, name: "circle" };
    case "grid":
      return { ...shared, name: "grid" };
    case "force": {
      const force = {
        name: "fcose",
        quality: count > SPRINGS_UP_TO ? "draft" : "default",
        randomize: true,
        animate: false,
        fit: false,
        nodeSeparation: ROOM * 1.5,
        idealEdgeLength: ROOM * 1.6,
        nodeRepulsion: 9000,
        packComponents: false,
        ...(pinned.length > 0 ? { fixedNodeConstraint: pinned.map(({ id, x, y }) => ({ nodeId: `n${id}`, position: { x, y } })) } : {}),
      };
      return force as LayoutOptions;
    }
  }
}

// The quick layout draws a large graph into the area of a small one.
function grown(nodes: readonly Placed[]): Placed[] {
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))];
  const area = (xs.reduce((a, b) => Math.max(a, b)) - left + 1) * (ys.reduce((a, b) => Math.max(a, b)) - top + 1);
  const by = Math.sqrt((nodes.length * ROOM * ROOM) / area);
  return by <= 1 ? [...nodes] : nodes.map(({ id, x, y }) => ({ id, x: x * by, y: y * by }));
}
