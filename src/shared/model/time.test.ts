import { describe, expect, it } from "vitest";
import { Day, Instant } from "./time.ts";

describe("an instant", () => {
  it("is written in UTC with milliseconds, whatever offset it came with", () => {
    expect(Instant.parse("2026-11-22T10:42:00+03:00")).toBe("2026-11-22T07:42:00.000Z");
  });

  it.each([
    "0000-01-01T00:00:00+01:00",
    "0000-06-01T00:00:00.000Z",
    "9999-12-31T23:59:00-01:00",
    "9999-12-31T23:55:00.000Z",
    "2026-02-30T00:00:00.000Z",
    "2026-11-22T24:30:00.000Z",
  ])("is refused where it does not exist or would change the width of its text: %s", (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});

describe("a day", () => {
  it.each(["2024-02-29", "0001-01-01", "9998-12-31"])("exists: %s", (text) => {
    expect(Day.parse(text)).toBe(text);
  });

  it.each(["2026-02-29", "2026-13-01", "0000-01-01", "9999-01-01", "2026-1-1", "2026-01-01T00:00:00Z"])("does not exist: %s", (text) => {
    expect(Day.safeParse(text).success).toBe(false);
  });
});
