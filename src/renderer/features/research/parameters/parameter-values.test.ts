import { describe, expect, it } from "vitest";
import { fromJson, guessKind, readParameters, toJson } from "./parameter-values.ts";

describe("guessKind", () => {
  it.each([
    ["top", "RETURN p LIMIT $top", "number"],
    ["n", "RETURN p SKIP $n", "number"],
    ["ids", "MATCH (p) WHERE p.id IN $ids RETURN p", "json"],
    ["from", "WHERE e.startedAt >= $from", "day"],
    ["onlyActive", "WHERE p.active = $onlyActive", "boolean"],
    ["region", "WHERE p.region = $region", "text"],
    ["minVisits", "WHERE visits > $minVisits", "number"],
  ])("takes %s in %s for %s", (name, text, kind) => {
    expect(guessKind(name, text)).toBe(kind);
  });
});

describe("values", () => {
  it.each([null, "north", "2026-11-22", 7, 7.5, true, false, ["a", 1], { a: { b: 1 } }])(
    "come back from the form as they went in: %j",
    (value) => {
      expect(toJson(fromJson(value))).toEqual({ value });
    },
  );

  it.each([
    ["number", "", "number"],
    ["number", "seven", "number"],
    ["day", "2026-02-30", "day"],
    ["day", "22.11.2026", "day"],
    ["json", "[1,", "json"],
  ] as const)("a %s of %j is refused", (kind, text, fault) => {
    expect(toJson({ kind, text })).toEqual({ fault });
  });

  it("only those that stand in the text are sent, and what cannot be read is named", () => {
    const values = { region: { kind: "text", text: "north" }, gone: { kind: "text", text: "x" } } as const;
    expect(readParameters(["region", "top"], values, "WHERE p.region = $region RETURN p LIMIT $top")).toEqual({
      parameters: { region: "north" },
      faults: { top: "number" },
    });
  });
});
