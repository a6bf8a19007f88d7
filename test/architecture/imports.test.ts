import { existsSync, readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { cruise, ROOT, violations } from "./cruise.ts";
import { LAYERS, RULES } from "./rules.ts";
import { filesUnder } from "./tree.ts";

const FIXTURES = `${ROOT}/test/architecture/fixtures`;
const CODE = /\.tsx?$/;

describe("imports of the source", () => {
  let result: Awaited<ReturnType<typeof cruise>>;
  beforeAll(async () => {
    result = await cruise(ROOT);
  }, 120_000);

  it("are all seen: the tool reads every source file", () => {
    const seen = new Set(result.modules.map((module) => module.source));
    expect(filesUnder("src", CODE).filter((file) => !file.endsWith(".d.ts") && !seen.has(file))).toEqual([]);
  });

  it("are all understood: modules that must have imports have them", () => {
    const index = result.modules.find((module) => module.source === "src/shared/contract/index.ts");
    expect(index?.dependencies.length).toBeGreaterThanOrEqual(11);
    const aliased = result.modules.flatMap((module) => module.dependencies).filter((d) => d.module.startsWith("@shared/"));
    expect(aliased.filter((d) => !d.resolved.startsWith("src/shared/"))).toEqual([]);
  });

  it("follow the rules", () => {
    expect(violations(result)).toEqual([]);
  });

  it("come from files that each have one layer", () => {
    const layersOf = (file: string) => LAYERS.filter((layer) => new RegExp(layer.from).test(file)).map((layer) => layer.name);
    const odd = filesUnder("src", CODE)
      .filter((file) => !file.endsWith(".d.ts"))
      .filter((file) => layersOf(file).length !== 1);
    expect(odd).toEqual([]);
  });
});

describe("each import rule fails when it is broken", () => {
  it.each(RULES.map((rule) => rule.name))("%s", async (name) => {
    expect(existsSync(`${FIXTURES}/${name}`), `no fixture breaks ${name}`).toBe(true);
    const broken = (await cruise(`${FIXTURES}/${name}`)).summary.violations.map((violation) => violation.rule.name);
    expect(broken).toContain(name);
  });

  it("and every fixture stands for a rule", () => {
    expect(readdirSync(FIXTURES).toSorted()).toEqual(RULES.map((rule) => rule.name).toSorted());
  });

  it("a feature is stopped at an adapter and at another feature, not at a port", async () => {
    const found = violations(await cruise(`${FIXTURES}/main-features`)).toSorted();
    expect(found).toEqual([
      "main-features: src/main/features/patients/service.ts → src/main/features/staff/index.ts",
      "main-features: src/main/features/patients/store.ts → src/main/data/graph/embedded.ts",
    ]);
  });
});
