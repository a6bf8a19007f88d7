import type { GraphPicture } from "@shared/contract/research.ts";
import cytoscape, { type Core } from "cytoscape";
import { edgeElement, edgeKey, elementsOf, type Looks, nodeData, nodeElement, nodeKey } from "./elements.ts";
import type { Colours } from "./palette.ts";
import type { Placed } from "./spread.ts";
import { stylesheet } from "./stylesheet.ts";

/** What is selected: a node or a relationship, by the graph's own id. */
export type Chosen = { node: string } | { edge: string } | null;

export interface DrawingEvents {
  onChoose(chosen: Chosen): void;
  onExpand(nodeId: string): void;
  /** A node was dragged: it stays there. */
  onPin(nodeId: string): void;
}

export interface Marks {
  chosen: Chosen;
  emphasised: ReadonlySet<string>;
  /** Nodes that are not shown. */
  away: ReadonlySet<string>;
  pinned: ReadonlySet<string>;
}

/** The picture on its canvas. Everything it shows is told to it; it decides nothing. */
export interface Drawing {
  /** Draws nodes and edges that are new, takes out those that are gone; what stays keeps its place. */
  show(graph: GraphPicture, looks: Looks, colours: Colours): void;
  mark(marks: Marks): void;
  place(places: readonly Placed[]): void;
  places(): Placed[];
  sizes(): { id: string; width: number; height: number }[];
  zoomBy(factor: number): void;
  panBy(x: number, y: number): void;
  fit(): void;
  /** Brings a node into sight where it is not. */
  reveal(nodeId: string): void;
  /** The picture as it stands, at twice its size but within `longest` pixels a side. */
  png(background: string, longest: number): Promise<Blob>;
  end(): void;
}

const CLOSEST_ZOOM = 4;
const FIT_ZOOM = 1.5;

/** Draws into the container; its canvases follow the container's size. `large` draws for speed. */
export function createDrawing(container: HTMLElement, large: boolean, events: DrawingEvents): Drawing {
  let colours: Colours | null = null;
  let marked: Marks | null = null;
  const cy = open(container, large);
  listen(cy, events);
  const move = (to: Parameters<Core["animate"]>[0]) => cy.stop().animate(to, { duration: colours?.motion ?? 0 });

  return {
    show(graph, looks, next) {
      const restyle = colours !== next;
      colours = next;
      cy.batch(() => update(cy, graph, looks, next));
      if (restyle) cy.style(stylesheet(next, large));
      if (marked) applyMarks(cy, marked);
    },
    mark(marks) {
      marked = marks;
      applyMarks(cy, marks);
    },
    place(places) {
      const known = new Map(places.map((place) => [nodeKey(place.id), place]));
      cy.batch(() => {
        cy.nodes().forEach((node) => {
          const at = known.get(node.id());
          if (at) node.position({ x: at.x, y: at.y });
        });
      });
    },
    places: () => cy.nodes().map((node) => ({ id: node.id().slice(1), ...node.position() })),
    sizes: () =>
      cy.nodes().map((node) => ({ id: node.id().slice(1), width: Number(node.data("width")), height: Number(node.data("height")) })),
    zoomBy(factor) {
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle });
    },
    panBy: (x, y) => void cy.panBy({ x, y }),
    fit: () => {
      const shown = cy.elements(":visible");
      if (shown.empty()) return;
      // Two nodes alone would fill the screen.
      cy.maxZoom(FIT_ZOOM);
      move({ fit: { eles: shown, padding: 32 } });
      cy.maxZoom(CLOSEST_ZOOM);
    },
    reveal(nodeId) {
      const node = cy.$id(nodeKey(nodeId));
      if (node.empty()) return;
      cy.resize();
      const { x, y } = node.renderedPosition();
      const outside = x < 0 || y < 0 || x > cy.width() || y > cy.height();
      if (outside) move({ center: { eles: node } });
    },
    png: async (background, longest) =>
      await cy.png({ output: "blob-promise", full: true, scale: 2, bg: background, maxWidth: longest, maxHeight: longest }),
    end: () => cy.destroy(),
  };
}

function open(container: HTMLElement, large: boolean): Core {
  return cytoscape({
    container,
    minZoom: 0.02,
    maxZoom: CLOSEST_ZOOM,
    boxSelectionEnabled: false,
    selectionType: "single",
    // While the view of many nodes moves it is one image; it is drawn anew when it stands.
    textureOnViewport: large,
    pixelRatio: large ? 1 : "auto",
    layout: { name: "preset" },
  });
}

function listen(cy: Core, { onChoose, onExpand, onPin }: DrawingEvents): void {
  cy.autounselectify(true);
  cy.on("tap", (event) => {
    if (event.target === cy) onChoose(null);
  });
  cy.on("tap", "node", (event) => onChoose({ node: String(event.target.id()).slice(1) }));
  cy.on("tap", "edge", (event) => onChoose({ edge: String(event.target.id()).slice(1) }));
  cy.on("dbltap", "node", (event) => onExpand(String(event.target.id()).slice(1)));
  cy.on("dragfree", "node", (event) => onPin(String(event.target.id()).slice(1)));
}

function update(cy: Core, graph: GraphPicture, looks: Looks, colours: Colours): void {
  if (cy.elements().empty()) {
    cy.add(elementsOf(graph, looks, colours));
    return;
  }
  const keys = new Set([...graph.nodes.map((node) => nodeKey(node.id)), ...graph.edges.map((edge) => edgeKey(edge.id))]);
  cy.elements()
    .filter((element) => !keys.has(element.id()))
    .remove();
  for (const node of graph.nodes) {
    const there = cy.$id(nodeKey(node.id));
    if (there.nonempty()) there.removeData("ink blue points radius").data(nodeData(node, looks, colours));
    else cy.add(nodeElement(node, looks, colours));
  }
  for (const edge of graph.edges) if (cy.$id(edgeKey(edge.id)).empty()) cy.add(edgeElement(edge));
}

function applyMarks(cy: Core, { chosen, emphasised, away, pinned }: Marks): void {
  cy.batch(() => {
    cy.elements(".chosen, .near, .emphasised, .away, .pinned").removeClass("chosen near emphasised away pinned");
    for (const id of away) cy.$id(nodeKey(id)).addClass("away");
    for (const id of pinned) cy.$id(nodeKey(id)).addClass("pinned");
    for (const id of emphasised) cy.$id(nodeKey(id)).addClass("emphasised");
    if (emphasised.size > 0) {
      const all = cy.nodes(".emphasised");
      all.edgesWith(all).addClass("emphasised");
    }
    if (!chosen) return;
    const element = cy.$id("node" in chosen ? nodeKey(chosen.node) : edgeKey(chosen.edge));
    element.addClass("chosen");
    const around = "node" in chosen ? cy.nodes().and(element).closedNeighborhood() : cy.edges().and(element).connectedNodes();
    around.not(element).addClass("near");
  });
}
