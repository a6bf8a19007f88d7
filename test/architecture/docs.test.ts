import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROOT } from "./cruise.ts";
import { filesUnder, textOf } from "./tree.ts";

const pages = ["README.md", ...filesUnder("docs", /\.md$/)];

describe("README and docs", () => {
  it("name only files that exist", () => {
    const named = /`((?:src|test|docs|bench|cypher|\.ci)\/[\w./-]+\.(?:ts|tsx|md|cypher|mjs|json))`/g;
    const missing = pages.flatMap((page) =>
      [...textOf(page).matchAll(named)]
        .map((match) => match[1] ?? "")
        .filter((path) => !existsSync(`${ROOT}/${path}`))
        .map((path) => `${page}: ${path}`),
    );
    expect([...new Set(missing)]).toEqual([]);
  });

  it("link only to pages that exist", () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map((match) => new URL(match[1] ?? "", `file://${ROOT}/${page}`))
        .filter((target) => !existsSync(target))
        .map((target) => `${page}: ${target.pathname}`),
    );
    expect(broken).toEqual([]);
  });

  it("name only commands that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const commands = pages.flatMap((page) =>
      [...textOf(page).matchAll(/npm (?:run )?(?!ci\b|install\b|run\b)([a-z]+)\b/g)].map((match) => match[1] ?? ""),
    );
    const known = new Set([...Object.keys(scripts), "scripts", "leaves"]);
    expect([...new Set(commands)].filter((command) => !known.has(command))).toEqual([]);
  });
});

describe("npm scripts", () => {
  it("start files that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const files = Object.values(scripts).flatMap((script) => [...script.matchAll(/node ([\w./-]+\.ts)/g)].map((match) => match[1] ?? ""));
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(`${ROOT}/${file}`))).toEqual([]);
  });
});
