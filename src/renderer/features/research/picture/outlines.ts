/** A node's shape: a circle, a rectangle with round corners, or a polygon; its width is `aspect` times its height. */
export type Outline =
  | { kind: "ellipse"; aspect: number }
  | { kind: "round"; aspect: number /** Share of the half height. */; radius: number }
  | { kind: "polygon"; aspect: number /** Corners from -1 to 1, y downwards. */; points: readonly (readonly [number, number])[] };

const polygon = (points: readonly (readonly [number, number])[], aspect = 1): Outline => ({ kind: "polygon", aspect, points });

function regular(corners: number, turn = 0): Outline {
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = (2 * Math.PI * at) / corners - Math.PI / 2 + turn;
    return [rounded(Math.cos(angle)), rounded(Math.sin(angle))] as const;
  });
  return polygon(points);
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** All shapes that a label may have, in the order in which labels without one of their own take them. */
export const OUTLINES = {
  circle: { kind: "ellipse", aspect: 1 },
  square: { kind: "round", aspect: 1, radius: 0.2 },
  capsule: { kind: "round", aspect: 1.6, radius: 1 },
  hexagon: regular(6),
  // A sheet of paper with its corner cut.
  sheet: polygon(
    [
      [-1, -1],
      [0.4, -1],
      [1, -0.5],
      [1, 1],
      [-1, 1],
    ],
    0.8,
  ),
  diamond: regular(4),
  pentagon: regular(5),
  octagon: regular(8, Math.PI / 8),
  house: polygon([
    [0, -1],
    [1, -0.2],
    [1, 1],
    [-1, 1],
    [-1, -0.2],
  ]),
  shield: polygon([
    [-1, -1],
    [1, -1],
    [1, 0.2],
    [0, 1],
    [-1, 0.2],
  ]),
  oval: { kind: "ellipse", aspect: 1.5 },
  tag: polygon(
    [
      [-1, -1],
      [0.5, -1],
      [1, 0],
      [0.5, 1],
      [-1, 1],
    ],
    1.3,
  ),
  ticket: polygon(
    [
      [-1, -1],
      [1, -1],
      [0.75, 0],
      [1, 1],
      [-1, 1],
      [-0.75, 0],
    ],
    1.4,
  ),
  trapezoid: polygon(
    [
      [-0.6, -1],
      [0.6, -1],
      [1, 1],
      [-1, 1],
    ],
    1.3,
  ),
  slanted: polygon(
    [
      [-0.6, -1],
      [1, -1],
      [0.6, 1],
      [-1, 1],
    ],
    1.4,
  ),
  triangle: polygon([
    [0, -1],
    [1, 0.9],
    [-1, 0.9],
  ]),
  funnel: polygon([
    [-1, -0.9],
    [1, -0.9],
    [0, 1],
  ]),
  cross: polygon([
    [-0.4, -1],
    [0.4, -1],
    [0.4, -0.4],
    [1, -0.4],
    [1, 0.4],
    [0.4, 0.4],
    [0.4, 1],
    [-0.4, 1],
    [-0.4, 0.4],
    [-1, 0.4],
    [-1, -0.4],
    [-0.4, -0.4],
  ]),
  heptagon: regular(7),
  bar: { kind: "round", aspect: 1.8, radius: 0.15 },
  star: polygon(
    Array.from({ length: 10 }, (_, at) => {
      const angle = (Math.PI * at) / 5 - Math.PI / 2;
      const reach = at % 2 === 0 ? 1 : 0.5;
      return [rounded(Math.cos(angle) * reach), rounded(Math.sin(angle) * reach)] as const;
    }),
  ),
} as const satisfies Record<string, Outline>;

export type OutlineName = keyof typeof OUTLINES;
export const OUTLINE_NAMES = Object.keys(OUTLINES) as OutlineName[];

/** The shape as the `d` of an SVG path around a centre; `height` is the node's, its width follows. */
export function outlinePath(name: OutlineName, x: number, y: number, height: number): string {
  const outline: Outline = OUTLINES[name];
  const h = height / 2;
  const w = h * outline.aspect;
  const n = (value: number) => String(Math.round(value * 100) / 100);
  if (outline.kind === "ellipse") {
    return `M${n(x - w)} ${n(y)}a${n(w)} ${n(h)} 0 1 0 ${n(2 * w)} 0a${n(w)} ${n(h)} 0 1 0 ${n(-2 * w)} 0Z`;
  }
  if (outline.kind === "polygon") {
    return `${outline.points.map(([px, py], at) => `${at === 0 ? "M" : "L"}${n(x + px * w)} ${n(y + py * h)}`).join("")}Z`;
  }
  const r = outline.radius * h;
  const arc = (dx: number, dy: number) => `a${n(r)} ${n(r)} 0 0 1 ${n(dx)} ${n(dy)}`;
  return [
    `M${n(x - w + r)} ${n(y - h)}H${n(x + w - r)}${arc(r, r)}V${n(y + h - r)}${arc(-r, r)}`,
    `H${n(x - w + r)}${arc(-r, -r)}V${n(y - h + r)}${arc(r, -r)}Z`,
  ].join("");
}

/** Where a line from the centre towards (dx, dy) leaves the shape, as a distance from the centre. */
export function reachOf(name: OutlineName, height: number, dx: number, dy: number): number {
  const outline: Outline = OUTLINES[name];
  const h = height / 2;
  const w = h * outline.aspect;
  const length = Math.hypot(dx, dy);
  if (length === 0) return 0;
  const [ux, uy] = [dx / length, dy / length];
  if (outline.kind === "ellipse") return 1 / Math.hypot(ux / w, uy / h);
  const corners =
    outline.kind === "polygon"
      ? outline.points
      : ([
          [-1, -1],
          [1, -1],
          [1, 1],
          [-1, 1],
        ] as const);
  let reach = 0;
  corners.forEach(([ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length] ?? [ax, ay];
    reach = Math.max(reach, crossing([ax * w, ay * h], [bx * w, by * h], ux, uy));
  });
  return reach;
}

type Point = readonly [number, number];

// Where the ray (ux, uy) from the origin crosses the segment a–b; 0 where it does not.
function crossing([ax, ay]: Point, [bx, by]: Point, ux: number, uy: number): number {
  const [ex, ey] = [bx - ax, by - ay];
  const across = ux * ey - uy * ex;
  if (Math.abs(across) < 1e-9) return 0;
  const far = (ax * ey - ay * ex) / across;
  const along = (ax * uy - ay * ux) / across;
  return far > 0 && along >= -1e-9 && along <= 1 + 1e-9 ? far : 0;
}
