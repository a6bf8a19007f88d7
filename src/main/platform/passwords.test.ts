import { afterAll, describe, expect, it } from "vitest";
import { createPasswords } from "./passwords.ts";

const passwords = createPasswords({ cost: 4 });
afterAll(() => passwords.close());

describe("hashing", () => {
  it("uses bcrypt with a salt of its own each time, at cost 12 unless a test says otherwise", async () => {
    const [one, other] = [await passwords.hash("slow brown otter 7"), await passwords.hash("slow brown otter 7")];
    expect(one).toMatch(/^\$2[aby]\$04\$/);
    expect(one).not.toBe(other);
    const careful = createPasswords();
    expect(await careful.hash("slow brown otter 7")).toMatch(/^\$2[aby]\$12\$/);
    await careful.close();
  });

  it("counts every character beyond bcrypt's 72 bytes, and those after a NUL", async () => {
    const long = "ق".repeat(100);
    expect(await passwords.verify(`${long}2`, await passwords.hash(`${long}1`))).toBe(false);
    expect(await passwords.verify(`${long}1`, await passwords.hash(`${long}1`))).toBe(true);
    expect(await passwords.verify("before\0here", await passwords.hash("before\0there"))).toBe(false);
  });
});

describe("an account that does not exist", () => {
  it("matches nothing and takes as long as one that does", async () => {
    const at = createPasswords({ cost: 10, threads: 1 });
    const hash = await at.hash("slow brown otter 7");
    const time = async (stored: string | null) => {
      const started = performance.now();
      for (let round = 0; round < 6; round += 1) expect(await at.verify("wrong wrong wrong", stored)).toBe(false);
      return performance.now() - started;
    };
    await time(hash);
    const [known, unknown] = [await time(hash), await time(null)];
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
    await at.close();
  });
});

describe("closing", () => {
  it("fails what is still waiting instead of leaving it", async () => {
    const closing = createPasswords({ cost: 14, threads: 1 });
    const waiting = closing.hash("slow brown otter 7").catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await closing.close();
    expect(await waiting).toBeInstanceOf(Error);
  });
});
