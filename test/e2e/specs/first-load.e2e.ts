import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { firstLoad } from "../first-load.ts";

const LIMIT_KB = 350;

describe("the first load", () => {
  it(`is at most ${LIMIT_KB} kB of script, gzip`, () => {
    const built = process.env.POLYCLINIC_BUILD ?? fileURLToPath(new URL("../../../out", import.meta.url));
    const { files, totalGzipBytes } = firstLoad(join(built, "renderer"));
    console.info(`first load: ${(totalGzipBytes / 1000).toFixed(1)} kB gzip in ${files.length} scripts`);
    expect(files.length).toBeGreaterThan(0);
    expect(totalGzipBytes / 1000).toBeLessThanOrEqual(LIMIT_KB);
  });
});
