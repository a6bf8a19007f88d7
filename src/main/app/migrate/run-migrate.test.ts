import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runMigrate } from "./run-migrate.ts";

let folder: string;
const said: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-migrate-"));
  said.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const run = (args: string[], environment: Record<string, string> = {}) =>
  runMigrate({
    args: [...args, "--data", folder],
    environment,
    graph: () => {
      throw new Error("no engine is started for a wrong command");
    },
  });

describe("polyclinic migrate", () => {
  it.each([[[]], [["--to", "nowhere"]], [["--to"]]])("says how it is used when asked %j", async (args) => {
    expect(await run(args)).toBe(2);
    expect(said.join("")).toContain("polyclinic migrate --to servers|embedded");
  });

  it("names the setting that is missing, and leaves the folder as it was", async () => {
    expect(await run(["--to=servers"])).toBe(2);
    expect(said.join("")).toContain("NEO4J_URI");
    expect(await run(["--to", "embedded"], { NEO4J_URI: "bolt://127.0.0.1:1" })).toBe(2);
    expect(said.join("")).toContain("MONGODB_URI");
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses an option that it does not know", async () => {
    expect(await run(["--to", "servers", "--force"])).toBe(2);
    expect(said.join("")).toContain("--force");
  });
});
