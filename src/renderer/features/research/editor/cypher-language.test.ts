import { describe, expect, it } from "vitest";
import { complete, tokenise } from "./cypher-language.ts";
import { analyse } from "./cypher-lint.ts";
import type { EditorSchema } from "./worker-messages.ts";

const schema: EditorSchema = {
  labels: ["Patient", "Encounter"],
  relationshipTypes: ["HAS_ENCOUNTER"],
  propertyKeys: ["region", "status"],
  functions: ["toUpper", "count"],
  procedures: [],
  paths: [{ from: "Patient", relType: "HAS_ENCOUNTER", to: "Encounter" }],
};
const labels = (text: string) => complete(text, text.length, true, schema).map(({ label }) => label);

describe("tokenise", () => {
  it("tells keywords, labels and parameters apart, in order and once", () => {
    const text = "MATCH (p:Patient) WHERE p.region = $region AND p.status = $status OR p.x = $region RETURN p // $none";
    const { tokens, parameters } = tokenise(text);
    const kindOf = (word: string) => tokens.find(({ from, to }) => text.slice(from, to) === word)?.kind;
    expect([kindOf("MATCH"), kindOf("Patient"), kindOf("// $none")]).toEqual(["keyword", "label", "comment"]);
    expect(parameters).toEqual(["region", "status"]);
  });

  it("leaves out a parameter whose name the contract does not take", () => {
    expect(tokenise("RETURN $`two words`, $ok").parameters).toEqual(["ok"]);
  });
});

describe("analyse", () => {
  it("finds nothing in a reading statement", () => {
    expect(analyse("MATCH (p:Patient)-[:HAS_ENCOUNTER]->(e) WHERE p.region = $region RETURN count(e) AS visits", schema)).toEqual([]);
    expect(analyse("   ", schema)).toEqual([]);
  });

  it("finds a syntax error at its place", () => {
    const text = "MATCH (p:Patient RETURN p";
    expect(analyse(text, schema)[0]).toMatchObject({ severity: "error", from: text.indexOf("RETURN") });
  });

  it.each([
    ["CREATE (n:Patient)", "CREATE", 0],
    ["MATCH (p) SET p.region = 'x'", "SET", 10],
    ["MATCH (p) DETACH DELETE p", "DETACH", 10],
    ["LOAD CSV FROM 'file:///x' AS row RETURN row", "LOAD", 0],
  ])("marks what would write: %s", (text, word, from) => {
    expect(analyse(text, schema)[0]).toMatchObject({ writes: word, from, severity: "error" });
  });

  it("is not misled by a writing word in a string, a comment or a name", () => {
    expect(analyse("MATCH (p:Patient) WHERE p.region = 'CREATE' RETURN p.status AS set // DELETE", schema)).toEqual([]);
  });

  it("warns of a label that the graph does not have, and of a variable that is not there", () => {
    expect(analyse("MATCH (p:Pacient) RETURN p", schema)).toMatchObject([{ severity: "warning", from: 9, to: 16 }]);
    expect(analyse("MATCH (p:Patient) RETURN q", schema)).toMatchObject([{ severity: "error", from: 25 }]);
  });
});

describe("complete", () => {
  it("answers from the live schema", () => {
    expect(labels("MATCH (p:")).toEqual(expect.arrayContaining(["Patient", "Encounter"]));
    expect(labels("MATCH (p:Patient)-[:")).toContain("HAS_ENCOUNTER");
    expect(labels("MATCH (p:Patient) WHERE p.")).toEqual(["region", "status"]);
    expect(labels("MATCH (p:Patient) RETURN toU")).toContain("toUpper");
  });

  it("completes a parameter before and after its dollar sign", () => {
    const text = "WITH $region AS r RETURN $";
    expect(complete(text, text.length, true, schema)).toEqual([{ label: "region", insert: "region", kind: "parameter" }]);
  });

  it("offers no word that the console refuses", () => {
    const offered = labels("MATCH (p:Patient) ");
    expect(offered).toContain("RETURN");
    for (const word of ["CREATE", "MERGE", "SET", "DELETE", "LOAD CSV", "USE"]) expect(offered).not.toContain(word);
  });
});
