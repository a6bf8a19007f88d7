import { expect, it } from "vitest";
import { fetchModule } from "./fetch-module.ts";

it("waits for code that does not arrive, longer each time", async () => {
  const pauses: number[] = [];
  let tries = 0;
  const load = async () => {
    tries += 1;
    if (tries < 7) throw new TypeError("Failed to fetch dynamically imported module: /assets/bell.js");
    return "here";
  };
  expect(await fetchModule(load, async (ms) => void pauses.push(ms))).toBe("here");
  expect(pauses).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
});

it("does not hide what the code itself throws", async () => {
  const broken = () => Promise.reject(new TypeError("x is undefined"));
  await expect(fetchModule(broken, async () => undefined)).rejects.toThrow("x is undefined");
});
