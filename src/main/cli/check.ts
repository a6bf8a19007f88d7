import { runStep, type Step, type StepResult, table } from "./run-step.ts";

/** Everything that is worth knowing before a commit, in about a minute: `npm run check`. */

// Two lanes for two cores. The tests are the longer lane and go first in it.
const LANES: readonly (readonly Step[])[] = [
  [
    {
      name: "architecture, unit, integration",
      command: ["vitest", "run", "--project", "architecture", "--project", "unit", "--project", "integration"],
    },
  ],
  [
    { name: "types", command: ["tsc", "--noEmit"] },
    { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings", "src", "test", "bench"] },
    { name: "format", command: ["biome", "check", "--error-on-warnings"] },
    { name: "unused code", command: ["knip"] },
  ],
];

async function runLane(steps: readonly Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
}

const started = performance.now();
const results = (await Promise.all(LANES.map(runLane))).flat();
for (const failed of results.filter((result) => !result.ok)) {
  console.log(`\n── ${failed.name} ──\n${failed.output.trimEnd()}`);
}
const failures = results.filter((result) => !result.ok).length;
console.log(`\n${table(results)}\n`);
console.log(
  `${failures === 0 ? "all well" : `${failures} of ${results.length} failed`} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
process.exitCode = failures === 0 ? 0 : 1;
