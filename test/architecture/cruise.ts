import { fileURLToPath } from "node:url";
import { cruise as dependencyCruise, type ICruiseResult } from "dependency-cruiser";
import { RULES } from "./rules.ts";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const alias = {
  "@shared": `${ROOT}/src/shared`,
  "@main": `${ROOT}/src/main`,
  "@renderer": `${ROOT}/src/renderer`,
  "@cypher": `${ROOT}/cypher`,
};

/** The imports of `<folder>/src` held against the rules. */
export async function cruise(folder: string): Promise<ICruiseResult> {
  const { output } = await dependencyCruise(
    ["src"],
    {
      baseDir: folder,
      // TypeScript 7 has no JavaScript API: left to itself the tool would find no module and pass.
      parser: "swc",
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: { forbidden: [...RULES] },
      doNotFollow: { path: "node_modules" },
      enhancedResolveOptions: {
        extensions: [".ts", ".tsx", ".js", ".json", ".css"],
        exportsFields: ["exports"],
        conditionNames: ["import", "node", "browser", "default", "types"],
        mainFields: ["module", "main", "types"],
      },
    },
    { alias },
  );
  if (typeof output === "string") throw new Error(`dependency-cruiser answered text: ${output}`);
  return output;
}

/** A broken rule on one line: `rule: from → to`. */
export function violations(result: ICruiseResult): string[] {
  return result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}
