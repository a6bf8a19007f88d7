import { readFile } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { ROOT } from "./run-step.ts";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The parts of vitest's JSON report that are read here. */
interface Report {
  testResults: { name: string; status: string; message?: string; assertionResults: { status: string }[] }[];
}

/** The suite a test belongs to: its folder under `test/`, `servers` or `faults` where its name says so, else `unit`. */
export function suiteOf(file: string): string {
  const path = (isAbsolute(file) ? relative(ROOT, file) : file).replaceAll("\\", "/");
  if (/^test\/.*-servers\.test\.ts$/.test(path)) return "servers";
  if (/^test\/contract\/[^/]*faults[^/]*$/.test(path)) return "faults";
  return /^test\/([^/]+)\//.exec(path)?.[1] ?? "unit";
}

/** Counts by suite. A file that could not be loaded has no tests of its own and counts as one failure. */
export function countBySuite(report: Report): Map<string, Counts> {
  const suites = new Map<string, Counts>();
  for (const file of report.testResults) {
    const counts = suites.get(suiteOf(file.name)) ?? { passed: 0, failed: 0, skipped: 0 };
    const statuses = file.assertionResults.map((test) => test.status);
    counts.passed += statuses.filter((status) => status === "passed").length;
    const failed = statuses.filter((status) => status === "failed").length;
    counts.failed += file.status === "failed" ? Math.max(1, failed) : failed;
    counts.skipped += statuses.filter((status) => status !== "passed" && status !== "failed").length;
    suites.set(suiteOf(file.name), counts);
  }
  return suites;
}

/** The counts a run left in its report; null where it died before it could write one. */
export async function readReport(path: string): Promise<Map<string, Counts> | null> {
  try {
    return countBySuite(JSON.parse(await readFile(path, "utf8")) as Report);
  } catch {
    return null;
  }
}

export function sum(counts: Iterable<Counts>): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const each of counts) {
    total.passed += each.passed;
    total.failed += each.failed;
    total.skipped += each.skipped;
  }
  return total;
}
