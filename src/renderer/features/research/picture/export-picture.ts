import type { GraphPicture } from "@shared/contract/research.ts";
import { captionOf } from "./captions.ts";
import type { Marks } from "./drawing.ts";
import type { Looks } from "./elements.ts";
import { mainLabel, SIZES } from "./labels.ts";
import type { Colours } from "./palette.ts";
import type { Placed } from "./spread.ts";
import type { SvgPicture } from "./svg.ts";

/** The words around an exported picture, in the person's language. */
export interface ExportWords {
  title: string;
  date: string;
  notes: readonly string[];
  legend(label: string, count: number): string;
  direction: "ltr" | "rtl";
}

interface Shown {
  graph: GraphPicture;
  looks: Looks;
  marks: Marks;
  counts: readonly { label: string; count: number }[];
  places: readonly Placed[];
  colours: Colours;
}

/** What is seen of the picture now, as a file of it needs it: hidden nodes and their edges are not in it. */
export function exportOf({ graph, looks, marks, counts, places, colours }: Shown, words: ExportWords): SvgPicture {
  const at = new Map(places.map((place) => [place.id, place]));
  const shown = graph.nodes.filter((node) => !marks.away.has(node.id) && at.has(node.id));
  const ids = new Set(shown.map((node) => node.id));
  const edges = graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  const blueEdge = edgeIsBlue(marks);
  const blue = new Set([...marks.emphasised, ...edges.filter(blueEdge).flatMap((edge) => [edge.from, edge.to])]);
  if (marks.chosen && "node" in marks.chosen) blue.add(marks.chosen.node);
  return {
    ...words,
    colours,
    legend: counts
      .filter(({ label }) => shown.some((node) => mainLabel(node) === label))
      .map(({ label, count }) => ({ outline: looks.get(label)?.outline ?? "circle", text: words.legend(label, count) })),
    nodes: shown.map((node) => {
      const look = looks.get(mainLabel(node));
      return {
        id: node.id,
        x: at.get(node.id)?.x ?? 0,
        y: at.get(node.id)?.y ?? 0,
        height: SIZES[look?.size ?? "normal"],
        outline: look?.outline ?? "circle",
        icon: look?.icon ?? null,
        caption: captionOf(node, look),
        blue: blue.has(node.id),
      };
    }),
    edges: edges.map((edge) => ({ from: edge.from, to: edge.to, type: edge.type, blue: blueEdge(edge) })),
  };
}

function edgeIsBlue({ chosen, emphasised }: Marks) {
  return ({ id, from, to }: { id: string; from: string; to: string }) =>
    (emphasised.has(from) && emphasised.has(to)) ||
    (chosen !== null && ("edge" in chosen ? chosen.edge === id : chosen.node === from || chosen.node === to));
}

/** A generated name without anything of the graph or the query: `graph-2026-11-22-1042.svg`. */
export function fileName(now: string, format: "png" | "svg"): string {
  return `graph-${now.slice(0, 16).replace("T", "-").replace(":", "")}.${format}`;
}
