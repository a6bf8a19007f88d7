import type { GraphNode } from "@shared/contract/research.ts";
import { describe, expect, it } from "vitest";
import { assignLooks, countLabels, mainLabel, mergeExpansion, propertiesOf } from "./labels.ts";

const node = (id: string, labels: string[], properties = {}): GraphNode => ({ id, labels, properties });
const edge = (id: string, from: string, to: string) => ({ id, type: "T", from, to, properties: {} });
const outlines = (looks: ReturnType<typeof assignLooks>) => Object.fromEntries([...looks].map(([label, look]) => [label, look.outline]));

describe("the shapes of labels", () => {
  it("are fixed for the clinic's labels, whatever else is in the picture", () => {
    const alone = assignLooks(["Patient"]);
    const among = assignLooks(["Ward", "Bed", "Patient", "Drug"]);
    expect(alone.get("Patient")).toMatchObject({ outline: "circle", icon: "user" });
    expect(among.get("Patient")).toEqual(alone.get("Patient"));
  });

  it("are the next free one for a label that nobody knows, never one of another label here", () => {
    const looks = assignLooks(["Patient", "Ward", "Bed", "Drug", "DrugClass"]);
    expect(outlines(looks)).toMatchObject({ Bed: "hexagon", Ward: "sheet" });
    expect(new Set(Object.values(outlines(looks))).size).toBe(looks.size);
    expect(looks.get("Ward")?.icon).toBeNull();
  });

  it("stay when more labels come, also where those come first by name", () => {
    const first = assignLooks(["Ward"]);
    const then = assignLooks(["Ambulance", "Ward"], {}, first);
    expect(then.get("Ward")).toEqual(first.get("Ward"));
    expect(then.get("Ambulance")?.outline).not.toBe(first.get("Ward")?.outline);
  });

  it("do not depend on the order in which labels come", () => {
    expect(outlines(assignLooks(["Ward", "Bed", "Room"]))).toEqual(outlines(assignLooks(["Room", "Ward", "Bed"])));
  });

  it("are given out again when there are more labels than shapes", () => {
    const looks = assignLooks(Array.from({ length: 50 }, (_, at) => `L${at}`));
    expect(looks.size).toBe(50);
    expect([...looks.values()].every((look) => look.outline.length > 0)).toBe(true);
  });

  it("follow what the person chose, and nothing that is no shape", () => {
    const looks = assignLooks(["Patient"], { Patient: { outline: "star", size: "large", caption: "region" } });
    expect(looks.get("Patient")).toEqual({ outline: "star", icon: "user", size: "large", caption: "region" });
    const odd = { Patient: { outline: "constructor", size: "toString" } } as unknown as Parameters<typeof assignLooks>[1];
    expect(assignLooks(["Patient"], odd).get("Patient")).toMatchObject({ outline: "circle", size: "normal" });
  });

  it("stand labels that are called like members of every object", () => {
    const looks = assignLooks(["constructor", "__proto__", "toString"]);
    expect([...looks.values()].map((look) => look.icon)).toEqual([null, null, null]);
    expect(mainLabel(node("1", ["constructor", "Patient"]))).toBe("Patient");
  });
});

describe("the labels of a picture", () => {
  const nodes = [
    node("1", ["Person", "Patient"], { id: "P1", region: "north" }),
    node("2", ["Patient"], { id: "P2", sex: "female" }),
    node("3", []),
  ];

  it("count each node once, under the label that decides its look", () => {
    expect(countLabels(nodes)).toEqual([
      { label: "Patient", count: 2 },
      { label: "", count: 1 },
    ]);
  });

  it("know which properties could name their nodes", () => {
    expect(propertiesOf(nodes, "Patient")).toEqual(["id", "region", "sex"]);
  });
});

describe("an expansion", () => {
  const before = { nodes: [node("1", ["Patient"], { id: "P1" }), node("2", ["Drug"])], edges: [edge("1", "1", "2")] };

  it("adds what is new and leaves what stood there as it was", () => {
    const after = mergeExpansion(before, {
      nodes: [node("1", ["Patient"], { id: "other" }), node("3", ["Note"])],
      edges: [edge("1", "1", "2"), edge("2", "1", "3")],
    });
    expect(after.nodes.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.edges.map(({ id }) => id)).toEqual(["1", "2"]);
  });

  it("brings no edge whose other end is not in the picture", () => {
    const after = mergeExpansion(before, { nodes: [], edges: [edge("9", "1", "77")] });
    expect(after.edges.map(({ id }) => id)).toEqual(["1"]);
  });
});
