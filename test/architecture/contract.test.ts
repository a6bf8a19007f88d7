import { AppEvent } from "@shared/contract/events.ts";
import { contract } from "@shared/contract/index.ts";
import { COMMON_ERRORS, ERROR_STATUS, type Policy } from "@shared/define.ts";
import { DEVICE_ROLES, USER_ROLES } from "@shared/model/roles.ts";
import { describe, expect, it } from "vitest";
import { filesUnder, textOf } from "./tree.ts";

const ROLES: readonly string[] = [...USER_ROLES, ...DEVICE_ROLES];

interface Declared {
  name: string;
  policy: Policy;
  summary: string;
}

const declared: Declared[] = Object.entries(contract).flatMap(([domain, routes]) =>
  Object.entries(routes).map(([route, procedure]) => {
    const definition = procedure["~orpc"];
    return { name: `${domain}.${route}`, policy: definition.meta, summary: String(definition.route.summary ?? "") };
  }),
);
const tests = filesUnder("test", /\.ts$/)
  .filter((file) => /^test\/(integration|e2e|world)\//.test(file) && !file.includes("/role-matrix"))
  .map(textOf)
  .join("\n");
const main = filesUnder("src/main", /\.ts$/)
  .filter((file) => !file.includes(".test."))
  .map(textOf)
  .join("\n");

describe("every route", () => {
  it("is declared once, as domain.verbNoun", () => {
    expect(declared.length).toBeGreaterThan(60);
    expect(declared.filter(({ name }) => !/^[a-z]+\.[a-z]+([A-Z][a-z]*)*$/.test(name))).toEqual([]);
  });

  it("states a policy", () => {
    const without = declared.filter(({ policy }) => {
      const { allow } = policy;
      const known =
        typeof allow === "string"
          ? ["signed-in", "anyone"].includes(allow)
          : allow.length > 0 && allow.every((role) => ROLES.includes(role));
      return !known || !["query", "command", "stream"].includes(policy.kind) || policy.perMinute <= 0;
    });
    expect(without).toEqual([]);
  });

  it("says in a sentence what it does", () => {
    expect(declared.filter(({ summary }) => summary.length < 8)).toEqual([]);
  });

  it("is audited when it writes", () => {
    expect(declared.filter(({ policy }) => policy.kind === "command" && !policy.audit)).toEqual([]);
  });

  it("names only errors that exist, and none that every route has", () => {
    const odd = declared.flatMap(({ name, policy }) =>
      policy.errors
        .filter((code) => !(code in ERROR_STATUS) || (COMMON_ERRORS as readonly string[]).includes(code))
        .map((code) => `${name}: ${code}`),
    );
    expect(odd).toEqual([]);
  });

  it("is called in an integration or end-to-end test", () => {
    const called = (name: string) => new RegExp(`\\b${name.replace(".", `(\\.|/|",\\s*")`)}\\b`).test(tests);
    expect(declared.map(({ name }) => name).filter((name) => !called(name))).toEqual([]);
  });

  it("has its feature: a handler for each is a matter of types, a folder for each domain of the tree", () => {
    const folders = new Set(filesUnder("src/main/features", /\/index\.ts$/).map((file) => file.split("/")[3]));
    expect(Object.keys(contract).filter((domain) => domain !== "events" && !folders.has(domain))).toEqual([]);
  });
});

describe("every event", () => {
  it("is published somewhere", () => {
    const types = AppEvent.options.map((option) => option.shape.type.value);
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => !main.includes(`"${type}"`))).toEqual([]);
  });
});

describe("every declared error", () => {
  it("is thrown somewhere", () => {
    const codes = Object.keys(ERROR_STATUS);
    expect(codes.filter((code) => !new RegExp(`["']${code}["']`).test(main))).toEqual([]);
  });
});
