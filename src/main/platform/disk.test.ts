import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { diskState, freeBytes } from "./disk.ts";

it("warns below 1 GB and stops writing below 200 MB", () => {
  expect(diskState(1_000_000_000)).toBe("ok");
  expect(diskState(999_999_999)).toBe("low");
  expect(diskState(200_000_000)).toBe("low");
  expect(diskState(199_999_999)).toBe("read-only");
  expect(diskState(0)).toBe("read-only");
  expect(diskState(null)).toBe("ok");
});

it("measures the disk of a folder, and says when it cannot", async () => {
  expect(await freeBytes(tmpdir())).toBeGreaterThan(0);
  expect(await freeBytes("/no/such/folder")).toBeNull();
});
