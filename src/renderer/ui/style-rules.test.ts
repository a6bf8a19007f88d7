import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { styleFaults } from "./style-rules.ts";

const renderer = fileURLToPath(new URL("..", import.meta.url));
const files = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));

describe("the stylesheets", () => {
  it("are found", () => {
    expect(files.length).toBeGreaterThan(15);
  });

  it.each(files.filter((file) => !file.endsWith("tokens.css")))("keep to tokens and logical properties: %s", (file) => {
    expect(styleFaults(readFileSync(join(renderer, file), "utf8"))).toEqual([]);
  });

  it("set no physical direction or colour in the scripts either", () => {
    const scripts = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
    const found = scripts.flatMap((file) => {
      const text = readFileSync(join(renderer, file), "utf8");
      return /(?:marginLeft|marginRight|paddingLeft|paddingRight|textAlign: "(?:left|right)"|#[0-9a-f]{6}\b|rgb\()/i.test(text)
        ? [file]
        : [];
    });
    expect(found).toEqual([]);
  });
});

describe("styleFaults", () => {
  const faultsOf = (css: string) => styleFaults(css).map(({ fault }) => fault);
  it.each([
    [".a { margin-left: var(--s1); }", "physical direction"],
    [".a { left: 0; }", "physical direction"],
    [".a { text-align: right; }", "physical direction"],
    [".a { border-top-left-radius: var(--r1); }", "physical direction"],
    [".a { color: #fff; }", "a colour of its own"],
    [".a { background: rgb(0 0 0 / 10%); }", "a colour of its own"],
    [".a { color: white; }", "a colour of its own"],
    [".a { padding: 3px; }", "a length of its own"],
    [".a { inline-size: 1.5rem; }", "a length of its own"],
  ])("refuses %s", (css, fault) => {
    expect(faultsOf(css)).toEqual([fault]);
  });
  it.each([
    ".a { margin-inline-start: var(--s1); inset-inline-end: 0; text-align: start; }",
    "@media (max-width: 720px) { .a { color: var(--text); } }",
    "/* 4px of left margin in #fff */ .a { block-size: 100%; }",
    ".right { color: currentcolor; }",
  ])("accepts %s", (css) => {
    expect(faultsOf(css)).toEqual([]);
  });
});
