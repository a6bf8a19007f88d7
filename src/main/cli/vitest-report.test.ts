import { describe, expect, it } from "vitest";
import { countBySuite, suiteOf, sum } from "./vitest-report.ts";

describe("counts of a test run", () => {
  it("know the suite of a file by its folder", () => {
    expect(suiteOf("src/main/features/patients/rules.test.ts")).toBe("unit");
    expect(suiteOf("test/contract/graph.test.ts")).toBe("contract");
    expect(suiteOf("test/contract/documents-faults.test.ts")).toBe("faults");
    expect(suiteOf("test/e2e/specs/kiosk.spec.ts")).toBe("e2e");
  });

  it("add up by suite", () => {
    const counts = countBySuite({
      testResults: [
        { name: "test/contract/a.test.ts", status: "passed", assertionResults: [{ status: "passed" }, { status: "pending" }] },
        { name: "test/contract/b.test.ts", status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
      ],
    });
    expect(counts.get("contract")).toEqual({ passed: 2, failed: 1, skipped: 1 });
    expect(sum(counts.values())).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it("count a file that could not be loaded as a failure", () => {
    const counts = countBySuite({ testResults: [{ name: "src/a.test.ts", status: "failed", message: "boom", assertionResults: [] }] });
    expect(counts.get("unit")).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
