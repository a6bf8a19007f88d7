import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { AppError } from "../../shared/define.ts";
import { createLog, logTo } from "./pino-log.ts";

const PERSONAL = [
  "password",
  "passwordHash",
  "token",
  "authorization",
  "Authorization",
  "cookie",
  "name",
  "givenName",
  "familyName",
  "displayName",
  "username",
  "phone",
  "email",
  "nationalId",
  "birthDate",
  "text",
  "sections",
  "reason",
  "complaint",
  "photo",
  "address",
];

function capture() {
  const lines: string[] = [];
  return { log: logTo({ write: (line: string) => void lines.push(line) }, "info"), text: () => lines.join("") };
}

describe("the log", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it("writes one JSON object a line with level, time, fields and message", () => {
    const { log, text } = capture();
    log.info({ route: "session.signIn", ms: 12 }, "answered");
    log.warn({ code: "timeout" }, "slow");
    const [first, second] = text()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ level: "info", route: "session.signIn", ms: 12, msg: "answered", pid: process.pid });
    expect(first.time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(second).toMatchObject({ level: "warn", code: "timeout" });
  });

  it("never prints what lies under a personal key, at any depth, on any level", () => {
    const secret = "Jane-Q-Secret";
    const nest = (key: string, depth: number): Record<string, unknown> =>
      depth === 0 ? { [key]: secret } : { outer: [nest(key, depth - 1)] };
    fc.assert(
      fc.property(fc.constantFrom(...PERSONAL), fc.integer({ min: 0, max: 8 }), (key, depth) => {
        const { log, text } = capture();
        const fields = nest(key, depth) as Record<string, string>;
        log.info(fields, "a");
        log.warn(fields, "b");
        log.error(fields, "c", new Error(secret));
        expect(text()).not.toContain(secret);
        expect(text()).toContain('"msg":"c"');
      }),
    );
  });

  it("prints where an unknown error comes from, not its message, which may quote what was typed", () => {
    const { log, text } = capture();
    let cause: unknown;
    try {
      JSON.parse('Jane "was here"');
    } catch (error) {
      cause = error;
    }
    log.error({ requestId: "r1" }, "failed", new Error("Jane again", { cause }));
    expect(text()).not.toContain("Jane");
    expect(JSON.parse(text()).cause).toMatchObject({
      type: "Error",
      stack: expect.stringContaining("pino-log.test"),
      cause: { type: "SyntaxError" },
    });
  });

  it("prints no message of Node's checks of arguments, which quote what they got", () => {
    const { log, text } = capture();
    const quoting = () => Buffer.byteLength({ jane: "Roe" } as unknown as string);
    try {
      quoting();
    } catch (error) {
      log.error({}, "failed", Object.assign(error as Error, { message: "Received 'Jane Roe'" }));
    }
    expect(text()).toContain("ERR_INVALID_ARG_TYPE");
    expect(text()).not.toContain("Jane");
  });

  it("prints the message of our own errors and the codes of the system's", () => {
    const { log, text } = capture();
    log.error({}, "failed", new AppError("store-unavailable", "The disk is full."));
    log.error({}, "failed", Object.assign(new Error("open '/home/jane'"), { code: "EACCES" }));
    expect(text()).toContain("The disk is full.");
    expect(text()).toContain("EACCES");
    expect(text()).not.toContain("jane");
  });

  it("appends to its file, readable by its owner alone, and sets a large one of a former run aside", () => {
    const folder = mkdtempSync(join(tmpdir(), "log-"));
    folders.push(folder);
    const file = join(folder, "logs", "polyclinic.log");
    createLog({ file, level: "info" }).info({}, "one");
    createLog({ file, level: "info" }).info({}, "two");
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(2);
    if (process.platform !== "win32") {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, "logs")).mode & 0o777).toBe(0o700);
    }
    writeFileSync(file, "x".repeat(10_000_001));
    createLog({ file, level: "info" }).info({}, "three");
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
    expect(statSync(`${file}.1`).size).toBe(10_000_001);
  });

  it("says nothing below its level", () => {
    const lines: string[] = [];
    const log = logTo({ write: (line: string) => void lines.push(line) }, "error");
    log.info({}, "no");
    log.warn({}, "no");
    expect(lines).toEqual([]);
  });
});
