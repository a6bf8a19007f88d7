import { describe, expect, it } from "vitest";
import { filesUnder, textOf } from "./tree.ts";

const statements = filesUnder("cypher", /\.cypher$/).filter((file) => !/^cypher\/schema\/\d{4}-/.test(file));
const migrations = filesUnder("cypher/schema", /\/\d{4}-[^/]*\.cypher$/);
const code = [...filesUnder("src", /\.tsx?$/), ...filesUnder("test", /\.ts$/)].map(textOf);

const comments = (text: string) => text.split("\n").filter((line) => line.startsWith("//"));
/** The statement without comments and without what stands in quotes or backticks. */
const body = (text: string) =>
  text
    .replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`/g, "''")
    .replace(/\/\/.*$/gm, "")
    .replace(/\/\*[\s\S]*?\*\//g, "");
const header = (text: string, key: string) =>
  comments(text)
    .join("\n")
    .match(new RegExp(`^// ${key}:([\\s\\S]*?)(?=\\n// (params|returns|writes)|$(?![\\s\\S]))`, "m"))?.[1] ?? null;

describe("statements", () => {
  it("exist", () => {
    expect(statements.length).toBeGreaterThan(0);
  });

  it("say on their first line what they answer", () => {
    expect(
      statements.filter((file) => !/^\/\/ [^\s].{9,}/.test(textOf(file)) || /^\/\/ (params|returns|writes)/.test(textOf(file))),
    ).toEqual([]);
  });

  it("say what they return, and what they take unless it is nothing", () => {
    const silent = (file: string, key: "params" | "returns") => header(textOf(file), key) === null;
    expect(statements.filter((file) => silent(file, "returns"))).toEqual([]);
    expect(statements.filter((file) => silent(file, "params") && body(textOf(file)).includes("$"))).toEqual([]);
  });

  it("name every parameter they use, and no other", () => {
    const wrong = statements.flatMap((file) => {
      const text = textOf(file);
      const named = header(text, "params") ?? "";
      const used = new Set([...body(text).matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ""));
      return [...used].filter((name) => !new RegExp(`\\b${name}\\b`).test(named)).map((name) => `${file}: $${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("are marked `// writes` when they write, and only then", () => {
    const mistaken = statements.filter((file) => {
      const text = textOf(file);
      const writes = /\b(CREATE|MERGE|SET|DELETE|REMOVE|FOREACH)\b/i.test(body(text));
      return writes !== /^\/\/ writes\s*$/m.test(text);
    });
    expect(mistaken).toEqual([]);
  });

  it("are imported somewhere", () => {
    const unused = statements.filter((file) => !code.some((text) => text.includes(`${file.replace(/^cypher\//, "")}?raw`)));
    expect(unused).toEqual([]);
  });

  // What an adapter of Neo4j needs for itself (marks, chunks, moves) is no statement of the clinic: it stands there, as constants.
  it("are never assembled: Cypher stands in files only", () => {
    const clause = /(MATCH|MERGE|CREATE|UNWIND|DELETE)\s*\(\s*\w*\s*:\s*[A-Z]\w+/;
    const assembled = filesUnder("src/main", /\.ts$/).filter(
      (file) => !/\.test\.|data\/graph\/neo4j/.test(file) && clause.test(textOf(file)),
    );
    expect(assembled).toEqual([]);
  });

  it("keep clear of what the embedded engine gets wrong", () => {
    const traps: [string, RegExp][] = [
      ["CREATE with a map", /CREATE\s*\([^)]*\$\w+\s*\)/i],
      ["duration.between", /duration\s*\.\s*between/i],
      ["SHOW", /^\s*SHOW\b/im],
      ["negative slice", /\[\s*-\d|\.\.\s*-\d/],
      ["percentile", /percentile(Cont|Disc)/i],
      // It then walks all nodes of the label instead of using the index: put both properties into the pattern.
      ["WHERE with an equality right after a look-up by id", /MATCH\s*\(\w+:\w+\s*\{id: \$\w+\}\)\s*(WITH \w+\s*)?WHERE\s+\w+\.\w+\s*=/],
      ["OPTIONAL MATCH after a look-up: write a pattern comprehension", /\}\)[\s\S]*OPTIONAL\s+MATCH/],
    ];
    const caught = statements.flatMap((file) =>
      traps.filter(([, trap]) => trap.test(body(textOf(file)))).map(([name]) => `${file}: ${name}`),
    );
    expect(caught).toEqual([]);
  });
});

describe("schema migrations", () => {
  it("are numbered without a gap", () => {
    expect(migrations.map((file) => Number(file.slice("cypher/schema/".length, "cypher/schema/".length + 4)))).toEqual(
      migrations.map((_, index) => index + 1),
    );
  });
});
