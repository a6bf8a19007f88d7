import type { GraphPicture } from "@shared/contract/research.ts";
import { describe, expect, it } from "vitest";
import { exportOf, fileName } from "./export-picture.ts";
import { wrapped } from "./framed-png.ts";
import { OUTLINE_NAMES, OUTLINES, outlinePath, reachOf } from "./outlines.ts";
import type { Colours } from "./palette.ts";
import { escapeXml, type SvgNode, type SvgPicture, svgOf } from "./svg.ts";

const colours: Colours = {
  canvas: "#f2f4f6",
  surface: "#ffffff",
  selected: "#e2ecf7",
  line: "#76818c",
  text: "#11171d",
  quiet: "#3f4b57",
  accent: "#155a9f",
  font: '"IBM Plex Sans", sans-serif',
  thin: 1,
  motion: 0,
};
const node = (id: string, x: number, caption: string, more: Partial<SvgNode> = {}): SvgNode => ({
  id,
  x,
  y: 0,
  height: 36,
  outline: "circle",
  icon: "user",
  caption,
  blue: false,
  ...more,
});
const picture = (more: Partial<SvgPicture> = {}): SvgPicture => ({
  title: "Allergies",
  date: "22 Nov 2026 10:42",
  notes: ["Names and ids are masked."],
  legend: [{ outline: "circle", text: "Patient 2" }],
  nodes: [node("1", 0, "P•••82"), node("2", 200, "P•••17")],
  edges: [{ from: "1", to: "2", type: "KNOWS", blue: true }],
  direction: "ltr",
  colours,
  ...more,
});

/** Reads the file as strictly as XML asks: each tag closed in its order, each & a reference. Answers the names of its tags. */
function tags(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, close: string, name: string, _attributes: string, self: string) => {
      if (close) expect(open.pop()).toBe(name);
      else {
        seen.push(name);
        if (!self) open.push(name);
      }
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!#\d+;)/);
  return seen;
}

const HOSTILE = [
  "</text><script>alert(1)</script>",
  '" onload="alert(1)',
  "<![CDATA[x]]>",
  "&xxe;<!ENTITY x SYSTEM 'file:///etc/passwd'>",
  "]]>--><!--",
  "\u0000\u0008\ufffe\ud800 lone",
  "'><foreignObject/>",
];

describe("an SVG of a picture", () => {
  it("holds its title, date, notes, legend, captions and types", () => {
    const svg = svgOf(picture());
    for (const text of ["Allergies", "22 Nov 2026 10:42", "Names and ids are masked.", "Patient 2", "P•••82", "P•••17", "KNOWS"])
      expect(svg).toContain(text);
    expect(new Set(tags(svg))).toEqual(new Set(["svg", "title", "defs", "marker", "path", "rect", "text", "g"]));
  });

  it.each(HOSTILE)("keeps a caption that tries to break out as text: %j", (caption) => {
    const svg = svgOf(
      picture({
        title: caption,
        date: caption,
        notes: [caption],
        legend: [{ outline: "tag", text: caption }],
        nodes: [node("1", 0, caption), node(caption, 90, caption)],
        edges: [{ from: "1", to: caption, type: caption, blue: false }],
      }),
    );
    expect(new Set(tags(svg))).toEqual(new Set(["svg", "title", "defs", "marker", "path", "rect", "text", "g"]));
    expect(svg).not.toMatch(/script>|<foreignObject|<!|onload="/);
  });

  it("escapes text so that reading gives it back", () => {
    const text = `a<b>&"c'd é ع 👩`;
    const read = escapeXml(text).replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    expect(read).toBe(text);
    expect(escapeXml("a\u0000b\ud800c\ufffed")).toBe("ab\ufffdcd");
  });

  it("draws an arrow to the edge of the other node, and blue where it is emphasised", () => {
    const svg = svgOf(picture());
    const [, from, to] = /<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" stroke="#155a9f"/.exec(svg) ?? [];
    expect(Number(to) - Number(from)).toBeCloseTo(200 - 18 - 18 - 2, 1);
    expect(svg).toContain("url(#arrow-blue)");
  });

  it("bends parallel edges apart, and draws an edge back to its own node as a loop", () => {
    const edge = (from: string, to: string) => ({ from, to, type: "T", blue: false });
    const paths = [
      ...svgOf(picture({ edges: [edge("1", "2"), edge("2", "1"), edge("1", "2"), edge("1", "1")] })).matchAll(
        /<path d="(M[^"]+)" stroke="#76818c"/g,
      ),
    ];
    expect(new Set(paths.map(([, d]) => d)).size).toBe(4);
    expect(paths[3]?.[1]).toMatch(/C/);
  });

  it("leaves out an edge without its ends, and stands without any node", () => {
    expect(svgOf(picture({ edges: [{ from: "1", to: "9", type: "GONE", blue: false }] }))).not.toContain("GONE");
    tags(svgOf(picture({ nodes: [], edges: [], legend: [], notes: [] })));
  });

  it("reads from the right in Arabic", () => {
    const svg = svgOf(picture({ direction: "rtl", title: "الحساسية" }));
    const [, width = "0"] = /width="([\d.]+)"/.exec(svg) ?? [];
    const [, x] = /<text x="([\d.]+)" y="32"/.exec(svg) ?? [];
    expect(svg).toContain('direction="rtl"');
    expect(Number(x)).toBe(Number(width) - 48);
  });
});

describe("what is exported", () => {
  const graph: GraphPicture = {
    nodes: [
      { id: "1", labels: ["Patient"], properties: { id: "P•••82" } },
      { id: "2", labels: ["Drug"], properties: { name: "Augmentin" } },
      { id: "3", labels: ["Note"], properties: {} },
    ],
    edges: [
      { id: "1", type: "TAKES", from: "1", to: "2", properties: {} },
      { id: "2", type: "HAS", from: "1", to: "3", properties: {} },
    ],
  };
  const words = {
    title: "t",
    date: "d",
    notes: [],
    legend: (label: string, count: number) => `${label} ${count}`,
    direction: "ltr" as const,
  };
  const marks = { chosen: { node: "1" }, emphasised: new Set<string>(), away: new Set(["3"]), pinned: new Set<string>() };
  const places = ["1", "2", "3"].map((id) => ({ id, x: 0, y: 0 }));
  const counts = [
    { label: "Patient", count: 1 },
    { label: "Note", count: 1 },
  ];

  it("is what is seen: nothing hidden, blue around what is selected", () => {
    const shown = exportOf({ graph, looks: new Map(), marks, counts, places, colours }, words);
    expect(shown.nodes.map(({ id, caption, blue }) => [id, caption, blue])).toEqual([
      ["1", "P•••82", true],
      ["2", "Augmentin", true],
    ]);
    expect(shown.edges).toEqual([{ from: "1", to: "2", type: "TAKES", blue: true }]);
    expect(shown.legend.map(({ text }) => text)).toEqual(["Patient 1"]);
  });

  it("has a name made of the time alone", () => {
    expect(fileName("2026-11-22T10:42:31.000Z", "svg")).toBe("graph-2026-11-22-1042.svg");
  });

  it("fills lines of a legend as far as they go", () => {
    expect(wrapped(["aa", "bb", "cc"], 8, (text) => text.length)).toEqual(["aa · bb", "cc"]);
    expect(wrapped([], 8, (text) => text.length)).toEqual([]);
  });
});

describe("the shapes", () => {
  it.each(OUTLINE_NAMES)("are a closed line that stays in the node's box, and edges end on it: %s", (name) => {
    expect(outlinePath(name, 50, 50, 40)).toMatch(/^M.*Z$/);
    const half = 20 * OUTLINES[name].aspect;
    for (let turn = 0; turn < 12; turn += 1) {
      const [dx, dy] = [Math.cos(turn / 2), Math.sin(turn / 2)];
      const reach = reachOf(name, 40, dx, dy);
      expect(reach).toBeGreaterThan(0);
      expect(Math.abs(reach * dx)).toBeLessThanOrEqual(half + 0.1);
      expect(Math.abs(reach * dy)).toBeLessThanOrEqual(20.1);
    }
  });
});
