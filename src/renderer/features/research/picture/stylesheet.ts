import type { StylesheetJson } from "cytoscape";
import type { Colours } from "./palette.ts";

/** From how many nodes on a picture is drawn for speed: no icons, straight lines without room for parallels. */
export const LARGE_FROM = 800;

/**
 * How the picture looks: ink and lines, a shape for each label, blue for what is selected, around it, or emphasised. Captions
 * and types come into sight when they are large enough to be read.
 */
export function stylesheet(colours: Colours, large: boolean): StylesheetJson {
  const { thin } = colours;
  const words = { "font-family": colours.font, "text-outline-color": colours.canvas, "text-outline-width": 2 };
  return [
    {
      selector: "node",
      style: {
        ...words,
        width: "data(width)",
        height: "data(height)",
        shape: "data(shape)" as "ellipse",
        "background-color": colours.surface,
        "border-width": thin * 1.5,
        "border-color": colours.text,
        label: "data(caption)",
        color: colours.text,
        "font-size": 12,
        "min-zoomed-font-size": 9,
        "text-valign": "bottom",
        "text-margin-y": 6,
        "overlay-opacity": 0,
      },
    },
    { selector: "node[points]", style: { "shape-polygon-points": "data(points)" as unknown as string } },
    { selector: "node[radius]", style: { "corner-radius": "data(radius)" as unknown as string } },
    ...(large ? [] : ICON_RULES),
    {
      selector: "edge",
      style: {
        ...words,
        width: thin * 1.25,
        "line-color": colours.line,
        "curve-style": large ? "straight" : "bezier",
        "target-arrow-shape": "triangle",
        "target-arrow-color": colours.line,
        "arrow-scale": 0.9,
        label: large ? "" : "data(type)",
        color: colours.quiet,
        "font-size": 10,
        "min-zoomed-font-size": 9,
        "text-rotation": "autorotate",
        "overlay-opacity": 0,
      },
    },
    { selector: "node.near", style: { "border-color": colours.accent, "border-width": thin * 2, "font-weight": 600 } },
    {
      selector: "node.emphasised, node.chosen",
      style: { "border-color": colours.accent, "border-width": thin * 2.5, "background-color": colours.selected, "font-weight": 600 },
    },
    { selector: "node.chosen", style: { "outline-color": colours.accent, "outline-width": thin * 2, "outline-offset": 3 } as object },
    { selector: "node.pinned", style: { "border-style": "double", "border-width": thin * 3.5 } },
    {
      selector: "edge.near, edge.emphasised, edge.chosen",
      style: {
        width: thin * 2,
        "line-color": colours.accent,
        "target-arrow-color": colours.accent,
        color: colours.text,
        label: "data(type)",
        "z-index": 1,
      },
    },
    { selector: "edge.chosen", style: { width: thin * 3 } },
    { selector: ".away", style: { display: "none" } },
  ];
}

const icon = (image: string) =>
  ({
    "background-image": image,
    "background-width": "50%",
    "background-height": "50%",
    "background-fit": "none",
  }) as object;

const ICON_RULES: StylesheetJson = [
  { selector: "node[ink]", style: icon("data(ink)") },
  { selector: "node.emphasised[blue], node.chosen[blue]", style: icon("data(blue)") },
];
