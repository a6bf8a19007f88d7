import { describe, expect, it } from "vitest";
import { LAYOUTS } from "./layout-names.ts";
import { layOut } from "./layouts.ts";
import { inRows, placeAround, ROOM, spread } from "./spread.ts";

const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));
const nearest = (places: readonly { x: number; y: number }[]) =>
  Math.min(...places.flatMap((a, at) => places.slice(at + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));

describe("spread", () => {
  it("takes nodes apart that lie on one point", () => {
    const places = spread(
      ids(30).map((id) => ({ id, x: 0, y: 0 })),
      ROOM,
      200,
    );
    expect(nearest(places)).toBeGreaterThan(ROOM * 0.8);
  });

  it("leaves nodes that have room where they are, but for a step", () => {
    const before = inRows(ids(9));
    spread(before).forEach(({ x, y }, at) =>
      expect(Math.hypot(x - (before[at]?.x ?? 0), y - (before[at]?.y ?? 0))).toBeLessThanOrEqual(1.001),
    );
  });
});

describe("placeAround", () => {
  it("puts newcomers near their neighbour and on nobody", () => {
    const others = [
      { x: 0, y: 0 },
      { x: 0, y: -ROOM * 1.4 },
    ];
    const places = placeAround(ids(40), { x: 0, y: 0 }, others);
    expect(places.map(({ id }) => id)).toEqual(ids(40));
    expect(nearest([...others, ...places])).toBeGreaterThan(ROOM * 0.4);
    expect(Math.max(...places.map(({ x, y }) => Math.hypot(x, y)))).toBeLessThan(ROOM * 8);
  });

  it("ends also where everything is taken", () => {
    const crowd = Array.from({ length: 60 * 60 }, (_, at) => ({ x: ((at % 60) - 30) * ROOM, y: (Math.floor(at / 60) - 30) * ROOM }));
    expect(placeAround(ids(20), { x: 0, y: 0 }, crowd)).toHaveLength(20);
  });
});

describe("layOut", () => {
  const nodes = ids(40).map((id) => ({ id, width: 36, height: 36 }));
  const edges = ids(39).map((id) => ({ from: String(Math.floor(Number(id) / 3)), to: String(Number(id) + 1) }));

  it.each(LAYOUTS)("gives each node a place of its own: %s", (layout) => {
    const places = layOut({ layout, nodes, edges, pinned: [] });
    expect(places.map(({ id }) => id).sort()).toEqual(ids(40).sort());
    expect(places.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(nearest(places)).toBeGreaterThan(20);
  });

  it.each(LAYOUTS)("leaves a node where the person put it: %s", (layout) => {
    const places = layOut({ layout, nodes, edges, pinned: [{ id: "7", x: 1234, y: -321 }] });
    expect(places.find(({ id }) => id === "7")).toEqual({ id: "7", x: 1234, y: -321 });
  });

  it("lays out nothing, and one node alone", () => {
    expect(layOut({ layout: "force", nodes: [], edges: [], pinned: [] })).toEqual([]);
    expect(layOut({ layout: "force", nodes: nodes.slice(0, 1), edges: [], pinned: [] })).toHaveLength(1);
  });
});
