import { ICONS, type IconName } from "./icons.ts";
import { type OutlineName, outlinePath, reachOf } from "./outlines.ts";
import type { Colours } from "./palette.ts";

/** What a file of a picture shows: only what stands in it is written, already as text. */
export interface SvgPicture {
  title: string;
  /** When it was made, in words. */
  date: string;
  /** That identities are masked, that nodes are missing: one line each. */
  notes: readonly string[];
  legend: readonly { outline: OutlineName; text: string }[];
  nodes: readonly SvgNode[];
  edges: readonly { from: string; to: string; type: string; blue: boolean }[];
  /** How the words around the picture are read. */
  direction: "ltr" | "rtl";
  colours: Colours;
}

export interface SvgNode {
  id: string;
  x: number;
  y: number;
  height: number;
  outline: OutlineName;
  icon: IconName | null;
  caption: string;
  /** Selected, around what is selected, or emphasised. */
  blue: boolean;
}

const MARGIN = 48;
const HEAD = 56;
const LINE = 20;
const WIDEST_ENTRY = 180;
const NARROWEST = 480;

/** Text for an XML file: escaped, and without the characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return (
    text
      // Lone surrogates are no characters: a file that holds one does not open.
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
      .replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`)
  );
}

/** The picture as an SVG file that stands by itself: no script, no link, nothing fetched. */
export function svgOf(picture: SvgPicture): string {
  const { nodes, legend, notes, colours, direction } = picture;
  const box = boxOf(nodes);
  const width = Math.max(box.width + 2 * MARGIN, NARROWEST);
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / WIDEST_ENTRY));
  const foot = Math.ceil(legend.length / columns) * LINE + notes.length * LINE + MARGIN;
  const height = box.height + 2 * MARGIN + HEAD + foot;
  const shift = { x: (width - box.width) / 2 - box.left, y: MARGIN + HEAD - box.top };
  const placed = new Map(nodes.map((node) => [node.id, { ...node, x: node.x + shift.x, y: node.y + shift.y }]));
  const footTop = height - foot + LINE;
  const e = escapeXml;
  const font = e(colours.font);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" font-family="${font}" direction="${direction}">`,
    `<title>${e(picture.title)}</title>`,
    `<defs>${arrow("arrow", colours.line)}${arrow("arrow-blue", colours.accent)}</defs>`,
    `<rect width="100%" height="100%" fill="${e(colours.canvas)}"/>`,
    words(picture.title, startOf(direction, width), 32, { size: 16, weight: 600, fill: colours.text }),
    words(picture.date, startOf(direction, width), 52, { size: 12, weight: 400, fill: colours.quiet }),
    `<g fill="none" stroke-linecap="round">${edgesOf(picture, placed)}</g>`,
    ...[...placed.values()].map((node) => nodeOf(node, colours)),
    ...legend.map((entry, at) => legendOf(entry, at, columns, footTop, width, picture)),
    ...notes.map((note, at) =>
      words(note, startOf(direction, width), footTop + Math.ceil(legend.length / columns) * LINE + (at + 1) * LINE, {
        size: 12,
        weight: 400,
        fill: colours.quiet,
      }),
    ),
    "</svg>\n",
  ].join("\n");
}

const n = (value: number) => String(Math.round(value * 100) / 100);
const startOf = (direction: "ltr" | "rtl", width: number) => (direction === "ltr" ? MARGIN : width - MARGIN);

function boxOf(nodes: readonly SvgNode[]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, height } of nodes) {
    left = Math.min(left, x - height);
    right = Math.max(right, x + height);
    top = Math.min(top, y - height / 2);
    // Below a node stands its caption.
    bottom = Math.max(bottom, y + height / 2 + LINE);
  }
  return nodes.length === 0 ? { left: 0, top: 0, width: 0, height: 0 } : { left, top, width: right - left, height: bottom - top };
}

function arrow(id: string, colour: string): string {
  return (
    `<marker id="${id}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">` +
    `<path d="M0 0L8 4L0 8Z" fill="${escapeXml(colour)}"/></marker>`
  );
}

interface WordStyle {
  size: number;
  weight: number;
  fill: string;
  middle?: boolean;
}

// `start` follows the writing direction of the file, so it is at the right side of an Arabic one.
function words(text: string, x: number, y: number, { size, weight, fill, middle = false }: WordStyle, more = ""): string {
  const anchor = middle ? "middle" : "start";
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" font-weight="${weight}" fill="${escapeXml(fill)}" text-anchor="${anchor}"${more}>${escapeXml(text)}</text>`;
}

/** How far parallel edges between the same two nodes bend away from each other. */
const BEND = 28;

function edgesOf({ edges, colours }: SvgPicture, placed: ReadonlyMap<string, SvgNode>): string {
  const seen = new Map<string, number>();
  return edges
    .map((edge) => {
      const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
      if (!from || !to) return "";
      const pair = [edge.from, edge.to].sort().join(" ");
      const turn = seen.get(pair) ?? 0;
      seen.set(pair, turn + 1);
      const colour = edge.blue ? colours.accent : colours.line;
      const line = from === to ? loop(from, turn) : curve(from, to, turn);
      const path =
        `<path d="${line.d}" stroke="${escapeXml(colour)}" stroke-width="${n(colours.thin * (edge.blue ? 2 : 1.25))}" ` +
        `marker-end="url(#${edge.blue ? "arrow-blue" : "arrow"})"/>`;
      const halo = ` paint-order="stroke" stroke="${escapeXml(colours.canvas)}" stroke-width="3" direction="ltr" transform="rotate(${n(line.turn)} ${n(line.x)} ${n(line.y)})"`;
      return path + words(edge.type, line.x, line.y + 3, { size: 10, weight: 400, fill: colours.quiet, middle: true }, halo);
    })
    .join("\n");
}

interface Drawn {
  d: string;
  /** Where its type is written, and turned by how much. */
  x: number;
  y: number;
  turn: number;
}

function curve(from: SvgNode, to: SvgNode, turn: number): Drawn {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  // The first is straight; the others lie at its sides in turn, whichever way they point.
  const away = Math.ceil(turn / 2) * BEND * (turn % 2 === 0 ? 1 : -1) * (from.id < to.id ? 1 : -1);
  const middle = { x: (from.x + to.x) / 2 - (dy / length) * away * 2, y: (from.y + to.y) / 2 + (dx / length) * away * 2 };
  const start = edgeOf(from, middle.x - from.x, middle.y - from.y, 0);
  const end = edgeOf(to, middle.x - to.x, middle.y - to.y, 2);
  const d = `M${n(start.x)} ${n(start.y)}${away === 0 ? "L" : `Q${n(middle.x)} ${n(middle.y)} `}${n(end.x)} ${n(end.y)}`;
  const at = away === 0 ? middle : { x: (start.x + 2 * middle.x + end.x) / 4, y: (start.y + 2 * middle.y + end.y) / 4 };
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  // Words never stand on their head.
  return { d, ...at, turn: degrees > 90 ? degrees - 180 : degrees < -90 ? degrees + 180 : degrees };
}

function loop({ x, y, height, outline }: SvgNode, turn: number): Drawn {
  const top = y - reachOf(outline, height, 0, -1);
  const rise = 34 + turn * 14;
  return {
    d: `M${n(x - 6)} ${n(top)}C${n(x - 30)} ${n(top - rise)} ${n(x + 30)} ${n(top - rise)} ${n(x + 6)} ${n(top - 2)}`,
    x,
    y: top - rise * 0.75,
    turn: 0,
  };
}

function edgeOf({ x, y, height, outline }: SvgNode, dx: number, dy: number, gap: number) {
  const length = Math.hypot(dx, dy) || 1;
  const reach = reachOf(outline, height, dx, dy) + gap;
  return { x: x + (dx / length) * reach, y: y + (dy / length) * reach };
}

function nodeOf({ x, y, height, outline, icon, caption, blue }: SvgNode, colours: Colours): string {
  const stroke = escapeXml(blue ? colours.accent : colours.text);
  const fill = escapeXml(blue ? colours.selected : colours.surface);
  const shape = `<path d="${outlinePath(outline, x, y, height)}" fill="${fill}" stroke="${stroke}" stroke-width="${n(colours.thin * (blue ? 2.5 : 1.5))}"/>`;
  const scale = height / 2 / 24;
  const image = icon
    ? `<path d="${ICONS[icon]}" fill="none" stroke="${stroke}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" transform="translate(${n(x - height / 4)} ${n(y - height / 4)}) scale(${n(scale)})"/>`
    : "";
  const halo = ` paint-order="stroke" stroke="${escapeXml(colours.canvas)}" stroke-width="3"`;
  return (
    shape + image + words(caption, x, y + height / 2 + 15, { size: 12, weight: blue ? 600 : 400, fill: colours.text, middle: true }, halo)
  );
}

function legendOf(
  { outline, text }: { outline: OutlineName; text: string },
  at: number,
  columns: number,
  top: number,
  width: number,
  { direction, colours }: SvgPicture,
): string {
  const forward = direction === "ltr" ? 1 : -1;
  const x = startOf(direction, width) + forward * (at % columns) * WIDEST_ENTRY;
  const y = top + Math.floor(at / columns) * LINE;
  const shape = `<path d="${outlinePath(outline, x + forward * 10, y - 4, 12)}" fill="none" stroke="${escapeXml(colours.text)}" stroke-width="1.5"/>`;
  return shape + words(text, x + forward * 26, y, { size: 12, weight: 400, fill: colours.text });
}
