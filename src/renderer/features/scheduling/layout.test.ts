import { describe, expect, it } from "vitest";
import { boardRange, lanesOf, snap, wallTime } from "./layout.ts";

const at = (time: string) => `2026-11-22T${time}:00.000Z`;

describe("lanes of the board", () => {
  it("gives one strip the whole width", () => {
    expect(lanesOf([{ id: "A", startsAt: at("08:00"), endsAt: at("08:15") }]).get("A")).toEqual({ lane: 0, lanes: 1 });
  });

  it("puts strips that overlap side by side, and what follows them back to the whole width", () => {
    const lanes = lanesOf([
      { id: "A", startsAt: at("08:00"), endsAt: at("08:30") },
      { id: "B", startsAt: at("08:15"), endsAt: at("08:45") },
      { id: "C", startsAt: at("08:45"), endsAt: at("09:00") },
    ]);
    expect([lanes.get("A"), lanes.get("B"), lanes.get("C")]).toEqual([
      { lane: 0, lanes: 2 },
      { lane: 1, lanes: 2 },
      { lane: 0, lanes: 1 },
    ]);
  });
});

describe("range of the board", () => {
  it("holds everything by whole hours", () => {
    expect(boardRange([{ startsAt: at("04:10"), endsAt: at("15:05") }], "Asia/Riyadh")).toEqual({ from: 7 * 60, to: 19 * 60 });
  });

  it("reaches midnight for hours that pass it", () => {
    expect(boardRange([{ startsAt: at("18:00"), endsAt: at("22:00") }], "Asia/Riyadh").to).toBe(24 * 60);
  });
});

describe("snap", () => {
  const range = { from: 480, to: 1020 };
  it("finds the slot under the pointer", () => {
    expect(wallTime(snap(0.5, range, 30))).toBe("12:30");
    expect(wallTime(snap(0.51, range, 20))).toBe("12:20");
  });
  it("stays on the board", () => {
    expect(wallTime(snap(1.2, range, 15))).toBe("16:45");
    expect(wallTime(snap(-1, range, 15))).toBe("08:00");
  });
});
