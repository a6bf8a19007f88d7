import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { INTERNAL, NODES, RELATIONSHIPS, visibilityOf } from "./visibility.ts";

const SCHEMA = globSync("cypher/schema/*.cypher").map((file) => readFileSync(file, "utf8"));
const STATEMENTS = globSync(join("cypher", "**", "*.cypher")).map((file) => [file, readFileSync(file, "utf8")] as const);
/** What the schema's comments say is stored: `Label {property, property?, list[], …}`. */
const DECLARED = SCHEMA.flatMap((text) =>
  [...text.replaceAll(/\n\/\/\s*/g, " ").matchAll(/\b([A-Z]\w*) \{([^}]*)\}/g)].map(([, name = "", properties = ""]) => ({
    name,
    properties: properties.split(",").map((property) => /\w+/.exec(property)?.[0] ?? ""),
  })),
);

const tableOf = (name: string) => NODES[name] ?? RELATIONSHIPS[name];

describe("the table of what researchers see", () => {
  it("lists every property that the schema says is stored", () => {
    expect(DECLARED.length).toBeGreaterThan(20);
    const missing = DECLARED.filter(({ name }) => !INTERNAL.has(name)).flatMap(({ name, properties }) =>
      properties.filter((property) => !Object.hasOwn(tableOf(name) ?? {}, property)).map((property) => `${name}.${property}`),
    );
    expect(missing).toEqual([]);
  });

  it("lists every label and relationship type that a statement names", () => {
    const named = (pattern: RegExp) =>
      STATEMENTS.flatMap(([, text]) => [...text.matchAll(pattern)].flatMap(([, names = ""]) => names.split(/[|:]+/)));
    const labels = named(/\(\w*:([A-Z]\w*(?:[|:]\w+)*)/g);
    const types = named(/\[\w*:([A-Z_]+(?:\|[A-Z_]+)*)/g);
    expect(labels.length).toBeGreaterThan(100);
    expect([...new Set(labels)].filter((label) => !INTERNAL.has(label) && !Object.hasOwn(NODES, label))).toEqual([]);
    expect([...new Set(types)].filter((type) => !INTERNAL.has(type) && !Object.hasOwn(RELATIONSHIPS, type))).toEqual([]);
  });

  it("lists every property that a statement sets by name", () => {
    const known = new Set([...Object.values(NODES), ...Object.values(RELATIONSHIPS)].flatMap((table) => Object.keys(table)));
    const own = new Set(["value", "checksum", "appliedAt"]);
    const set = STATEMENTS.filter(([, text]) => /^\/\/ writes\s*$/m.test(text)).flatMap(([file, text]) =>
      [...text.matchAll(/\bSET\b([^\n]*)/g)].flatMap(([, line = ""]) =>
        [...line.matchAll(/\b\w+\.(\w+) =/g)].map(([, name = ""]) => [file, name] as const),
      ),
    );
    expect(set.length).toBeGreaterThan(10);
    expect(set.filter(([, name]) => !known.has(name) && !own.has(name))).toEqual([]);
  });

  it("hides whatever it does not list, also what an object has by itself", () => {
    for (const [name, property] of [
      ["Patient", "mother"],
      ["Unheard", "name"],
      ["Patient", "constructor"],
      ["__proto__", "toString"],
      ["", ""],
    ] as const) {
      expect(visibilityOf(name, property)).toBe("hidden");
    }
    expect(visibilityOf("Patient", "sex")).toBe("plain");
    expect(visibilityOf("Encounter", "patientId")).toBe("pseudonym");
    expect(visibilityOf("Patient", "birthDate")).toBe("year");
    expect(visibilityOf("ALLERGIC_TO", "reaction")).toBe("hidden");
  });

  it("never shows a name, a number or an address of a patient, nor what staff wrote or who they are", () => {
    const private_ =
      /name|phone|email|national|address|searchKey|sortKey|reason|text|reaction|complaint|examination|plan$|description|By(Id)?$|^code(Key)?$|sha256|blobId/i;
    const people = [
      "Patient",
      "Appointment",
      "Encounter",
      "Observation",
      "Note",
      "MedicalFile",
      "Diagnosis",
      "ALLERGIC_TO",
      "HAS_CONDITION",
      "HAS_FILE",
    ];
    const shown = people.flatMap((name) =>
      Object.entries(tableOf(name) ?? {}).filter(([property, visibility]) => visibility === "plain" && private_.test(property)),
    );
    expect(shown).toEqual([["doctorName", "plain"]]);
  });
});
