import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROOT } from "./cruise.ts";
import { filesUnder, linesMatching, textOf } from "./tree.ts";

/** Closed: a new name here needs a decision record (docs/decisions). */
const TOP_LEVEL = [
  ".ci",
  ".github",
  ".gitignore",
  ".oxlintrc.json",
  "LICENSE",
  "NOTICE",
  "README.md",
  "bench",
  "biome.json",
  "cypher",
  "docker-compose.yml",
  "docs",
  "electron-builder.yml",
  "electron.vite.config.ts",
  "knip.json",
  "package-lock.json",
  "package.json",
  "src",
  "test",
  "tsconfig.json",
  "vitest.config.ts",
];

const MAX_LINES = 300;
/** Files that may be longer, at their length today. It may only shrink: a file that shortens lowers its number here. */
const LONGER: Readonly<Record<string, number>> = {};

const CODE = /\.(ts|tsx)$/;
const code = ["src", "test", "bench"].flatMap((folder) => filesUnder(folder, CODE));
const product = code.filter((file) => file.startsWith("src/"));
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(`${ROOT}/${file}`));

describe("the tree", () => {
  it("has a closed top level", () => {
    const found = [...new Set(tracked.map((file) => file.split("/")[0] ?? ""))];
    expect(found.filter((name) => !TOP_LEVEL.includes(name))).toEqual([]);
  });

  it("names files and folders in kebab-case", () => {
    const proper = /^[a-z0-9]+(-[a-z0-9]+)*$/;
    const odd = [...code, ...filesUnder("cypher", /./), ...filesUnder("src", /\.css$/)].filter((file) =>
      file.split("/").some((part) => {
        const word = part.replace(/^_+/, "").replace(/(\.(test|e2e|config|contract|neo4j|module|d))?\.(ts|tsx|cypher|css)$/, "");
        return !proper.test(word.replace(/\.(en|ar)$/, ""));
      }),
    );
    expect(odd).toEqual([]);
  });

  it("knows no utils, helpers, common or managers", () => {
    const empty = /(^|\/)(utils?|helpers?|common|misc|lib\/shared)(\/|\.[a-z]+$)|manager/i;
    expect(tracked.filter((file) => CODE.test(file) && empty.test(file) && !file.startsWith("test/architecture/fixtures/"))).toEqual([]);
    expect(linesMatching(product, /^(export )?(class|interface|type) (\w*Manager|I[A-Z][a-z]\w*Port)\b/)).toEqual([]);
  });

  it(`keeps files within ${MAX_LINES} lines`, () => {
    const lines = (file: string) => textOf(file).trimEnd().split("\n").length;
    const long = code.filter((file) => lines(file) > (LONGER[file] ?? MAX_LINES)).map((file) => `${file} (${lines(file)})`);
    expect(long).toEqual([]);
  });

  it("lets the list of longer files only shrink", () => {
    const stale = Object.entries(LONGER).filter(([file, allowed]) => {
      const now = existsSync(`${ROOT}/${file}`) ? textOf(file).trimEnd().split("\n").length : 0;
      return now < allowed || now <= MAX_LINES;
    });
    expect(stale).toEqual([]);
  });

  it("runs every test: each test file belongs to a suite", () => {
    const tests = code.filter((file) => /\.(test|spec|e2e)\.tsx?$/.test(file));
    const suites = /^(src\/.*\.test\.tsx?|test\/(architecture|contract|integration|faults)\/.*\.test\.ts|test\/e2e\/specs\/.*\.e2e\.ts)$/;
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((file) => !suites.test(file))).toEqual([]);
  });
});

describe("the lock file", () => {
  it("holds every platform's packages, or `npm ci` refuses it (.ci/complete-lock.mjs adds them)", () => {
    const { packages } = JSON.parse(textOf("package-lock.json")) as {
      packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !packages[`${parent}/node_modules/${name}`] && !packages[`node_modules/${name}`]),
    );
    expect(missing).toEqual([]);
    expect(Object.entries(packages).filter(([path, { version }]) => path !== "" && !version)).toEqual([]);
  });

  it("pins exact versions", () => {
    const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe("the code", () => {
  // Written in two halves, so that this file does not find itself.
  const suppressed = new RegExp(["@ts-(ignore|nocheck|expect", "error)|(oxlint|eslint|biome)", "(disable|ignore)"].join("-"));
  const untyped = new RegExp(`(:|\\bas|<|\\|) ?${"an" + "y"}\\b(\\[\\]|[>,;)=\\s]|$)`);
  const dormant = new RegExp(`\\b(it|test|describe)(\\.\\w+)?\\.(${["skip", "only", "todo", "fails"].join("|")})\\(`);
  const later = new RegExp(["TO" + "DO", "FIX" + "ME", "XX" + "X", "not " + "implemented", "coming " + "soon"].join("|"));

  it("is typed", () => {
    expect(linesMatching(product, untyped).filter((line) => !/\d+ (\/\/|\*|\/\*)/.test(line))).toEqual([]);
  });

  it("suppresses no check", () => {
    expect(linesMatching(code, suppressed)).toEqual([]);
  });

  it("leaves no test out", () => {
    expect(linesMatching(code, dormant)).toEqual([]);
  });

  it("leaves nothing for later", () => {
    expect(linesMatching([...code, ...filesUnder("cypher", /\.cypher$/)], later)).toEqual([]);
  });

  it("takes time from a clock", () => {
    const layers = product.filter((file) => /^src\/main\/(features|rpc)\//.test(file) && !file.includes(".test."));
    expect(linesMatching(layers, /\bDate\.now\(\)|new Date\(\)/)).toEqual([]);
  });
});
