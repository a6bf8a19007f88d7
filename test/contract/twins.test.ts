import { describe, expect, it } from "vitest";
import { filesUnder, textOf } from "../architecture/tree.ts";

/** Every statement with a text of its own on Neo4j, and what that text needs of it. Anything else runs on both engines as it stands. */
const TWINS: Readonly<Record<string, string>> = {
  "cypher/patients/scan-patients.neo4j.cypher": "the full-text index",
};
const AT_MOST = 9;

const files = filesUnder("cypher", /\.neo4j\.cypher$/);
const code = filesUnder("src/main", /\.ts$/).map(textOf);
const header = (file: string, key: string) => new RegExp(`^// ${key}: *(.*)$`, "m").exec(textOf(file))?.[1];

describe("statements that Neo4j runs by another text", () => {
  it("are those of the list", () => {
    expect(files.toSorted()).toEqual(Object.keys(TWINS).toSorted());
  });

  it("stay under ten", () => {
    expect(files.length).toBeLessThanOrEqual(AT_MOST);
  });

  it.each(files)("take and answer what their twin does: %s", (file) => {
    const twin = file.replace(".neo4j.cypher", ".cypher");
    for (const key of ["params", "returns"]) expect(header(file, key)).toBe(header(twin, key));
    expect(/^\/\/ writes$/m.test(textOf(file))).toBe(/^\/\/ writes$/m.test(textOf(twin)));
  });

  it.each(files)("are given to the statement whose twin they are: %s", (file) => {
    const path = file.replace("cypher/", "@cypher/").replaceAll(".", "\\.");
    const imported = code.map((text) => ({ text, name: new RegExp(`import (\\w+) from "${path}\\?raw"`).exec(text)?.[1] }));
    const users = imported.filter(({ name }) => name !== undefined);
    expect(users).toHaveLength(1);
    for (const { text, name } of users) expect(text).toMatch(new RegExp(`neo4j: ${name}\\b`));
  });
});
