import type { GraphNode } from "@shared/contract/research.ts";
import { describe, expect, it } from "vitest";
import { captionOf, shortened, valueText } from "./captions.ts";
import type { LabelLook } from "./labels.ts";

const node = (properties: GraphNode["properties"], labels = ["Thing"]): GraphNode => ({ id: "1", labels, properties });
const look = (caption: string | null): LabelLook => ({ outline: "circle", icon: null, size: "normal", caption });

describe("the caption of a node", () => {
  it("is the chosen property where the node has it, else a usual one", () => {
    const drug = node({ name: "Augmentin", code: "J01", strength: 625 });
    expect(captionOf(drug, look("strength"))).toBe("625");
    expect(captionOf(drug, look("lot"))).toBe("Augmentin");
    expect(captionOf(drug)).toBe("Augmentin");
    expect(captionOf(node({ id: "P1", code: "X" }))).toBe("X");
  });

  it("shows masked values as they came", () => {
    expect(captionOf(node({ id: "P•••82", birthDate: "1961" }))).toBe("P•••82");
  });

  it("is any text it has, and its label where there is none", () => {
    expect(captionOf(node({ version: 3, region: "north" }))).toBe("north");
    expect(captionOf(node({ version: 3 }, ["Counter"]))).toBe("Counter");
    expect(captionOf(node({}, []))).toBe("");
  });

  it("does not take what every object has for a property", () => {
    expect(captionOf(node({ id: "P1" }), look("constructor"))).toBe("P1");
  });

  it("is one line without characters that turn the writing round", () => {
    expect(valueText("a\nb\u202ec\u0000d\u2066e\tf")).toBe("a b c d e f");
    expect(valueText({ a: [1] })).toBe('{"a":[1]}');
  });

  it("is cut between letters, never inside one", () => {
    const family = "👨‍👩‍👧‍👦";
    expect(shortened(family.repeat(40), 5)).toBe(`${family.repeat(4)}…`);
    expect(shortened("مُحَمَّد ".repeat(10), 6).endsWith("…")).toBe(true);
    expect(shortened("short", 5)).toBe("short");
    expect(shortened("x".repeat(100_000)).length).toBe(28);
  });
});
