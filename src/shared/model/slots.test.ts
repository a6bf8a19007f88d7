import { fc, test } from "@fast-check/vitest";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  cellsOf,
  clinicDay,
  covers,
  freeSlots,
  type Interval,
  onDay,
  overlaps,
  problemOfHours,
  slotsOf,
  weekdayOf,
  workingIntervals,
} from "./slots.ts";

const BERLIN = "Europe/Berlin";
const RIYADH = "Asia/Riyadh";
const GAP = "2026-03-29"; // Berlin: 02:00 → 03:00
const FOLD = "2026-10-25"; // Berlin: 03:00 → 02:00
const starts = (slots: Interval[]) => slots.map((slot) => slot.startsAt.slice(11, 16));
const on = (day: string, startsAt: string, endsAt: string, zone = BERLIN) => onDay({ day, startsAt, endsAt }, zone);

describe("wall-clock hours on a day", () => {
  it("are three hours ahead of UTC in Riyadh, on the same day", () => {
    expect(on("2026-11-22", "00:30", "01:00", RIYADH)).toEqual({
      startsAt: "2026-11-21T21:30:00.000Z",
      endsAt: "2026-11-21T22:00:00.000Z",
    });
    expect(clinicDay("2026-11-21T21:30:00.000Z", RIYADH)).toBe("2026-11-22");
    expect(clinicDay("2026-11-21T20:59:59.999Z", RIYADH)).toBe("2026-11-21");
  });

  it("have no slot in a gap", () => {
    expect(on(GAP, "02:00", "03:00")).toBeNull();
    expect(on(GAP, "02:15", "02:45")).toBeNull();
    expect(on(GAP, "02:30", "04:00")).toEqual({ startsAt: "2026-03-29T01:00:00.000Z", endsAt: "2026-03-29T02:00:00.000Z" });
    const slots = slotsOf([on(GAP, "01:00", "04:00") as Interval], 30);
    expect(starts(slots)).toEqual(["00:00", "00:30", "01:00", "01:30"]);
  });

  it("have distinct instants where an hour comes twice", () => {
    const slots = slotsOf([on(FOLD, "01:00", "04:00") as Interval], 30);
    expect(slots).toHaveLength(8);
    expect(new Set(slots.map((slot) => slot.startsAt)).size).toBe(8);
    expect(on(FOLD, "02:15", "02:45")).not.toBeNull();
  });
});

const zones = fc.constantFrom(BERLIN, RIYADH, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "UTC");
const days = fc.oneof(
  fc.constantFrom(GAP, FOLD, "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2026-04-24", "2026-10-29"),
  fc.date({ min: new Date("2024-01-01"), max: new Date("2029-12-31"), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
);
const time = fc.nat(287).map((cell) => `${String(Math.floor(cell / 12)).padStart(2, "0")}:${String((cell % 12) * 5).padStart(2, "0")}`);
const wall = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? { startsAt: a, endsAt: b } : { startsAt: b, endsAt: a }));
const minutes = fc.integer({ min: 1, max: 24 }).map((cells) => cells * 5);
const wallOf = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();

describe("slots of any day in any zone", () => {
  test.prop([zones, days, wall, minutes])("lie whole inside the hours, as many as fit, without overlap", (zone, day, hours, length) => {
    const interval = onDay({ day, ...hours }, zone);
    const slots = interval ? slotsOf([interval], length) : [];
    const real = interval ? Date.parse(interval.endsAt) - Date.parse(interval.startsAt) : 0;
    expect(slots).toHaveLength(Math.floor(real / (length * 60_000)));
    for (const [index, slot] of slots.entries()) {
      expect(Date.parse(slot.endsAt) - Date.parse(slot.startsAt)).toBe(length * 60_000);
      expect(wallOf(slot.startsAt, zone).toString() >= `${day}T${hours.startsAt}`).toBe(true);
      expect(wallOf(slot.startsAt, zone).toString() < `${day}T${hours.endsAt}`).toBe(true);
      const next = slots[index + 1];
      if (next) expect(overlaps(slot, next)).toBe(false);
    }
  });

  test.prop([zones, days, wall])("an ordinary day's hours are as long as they read", (zone, day, hours) => {
    const date = Temporal.PlainDate.from(day);
    fc.pre(date.toZonedDateTime(zone).hoursInDay === 24);
    const interval = onDay({ day, ...hours }, zone) as Interval;
    const read = Temporal.PlainTime.from(hours.startsAt).until(hours.endsAt).total("milliseconds");
    expect(Date.parse(interval.endsAt) - Date.parse(interval.startsAt)).toBe(read);
  });

  test.prop([days, fc.array(wall, { maxLength: 6 }), fc.array(wall, { maxLength: 3 }), minutes])(
    "never overlap, even where extra hours overlap weekly ones",
    (day, weekly, extra, length) => {
      const regular = weekly.map((hours) => ({ weekday: weekdayOf(day), ...hours }));
      const opened = extra.map((hours) => ({ day, ...hours }));
      const intervals = workingIntervals(day, regular, opened, BERLIN);
      const slots = slotsOf(intervals, length);
      for (const [index, slot] of slots.entries()) {
        expect(covers(intervals, slot)).toBe(true);
        for (const other of slots.slice(index + 1)) expect(overlaps(slot, other)).toBe(false);
      }
    },
  );

  test.prop([days, wall, minutes, fc.nat(100)])(
    "free slots and taken ones are all the slots, and cells tile a slot",
    (day, hours, length, pick) => {
      const interval = onDay({ day, ...hours }, RIYADH) as Interval;
      const slots = slotsOf([interval], length);
      const taken = slots.filter((_, index) => (index * 7) % 101 < pick);
      expect(freeSlots(slots, taken, "0000")).toEqual(slots.filter((slot) => !taken.includes(slot)));
      for (const slot of slots) expect(cellsOf(slot)).toHaveLength(length / 5);
    },
  );
});

describe("weekly hours", () => {
  it.each([
    [[{ weekday: 1, startsAt: "09:00", endsAt: "09:00" }], { index: 0, part: "endsAt" }],
    [[{ weekday: 1, startsAt: "09:00", endsAt: "08:00" }], { index: 0, part: "endsAt" }],
    [[{ weekday: 1, startsAt: "09:03", endsAt: "10:00" }], { index: 0, part: "startsAt" }],
    [[{ weekday: 1, startsAt: "09:00", endsAt: "10:01" }], { index: 0, part: "endsAt" }],
  ])("refuses %j", (hours, problem) => expect(problemOfHours(hours)).toMatchObject(problem));

  it("refuses overlap on one weekday and takes touching intervals and other weekdays", () => {
    const morning = { weekday: 1, startsAt: "09:00", endsAt: "12:00" };
    expect(problemOfHours([morning, { ...morning, weekday: 2 }, { weekday: 1, startsAt: "12:00", endsAt: "13:00" }])).toBeNull();
    expect(problemOfHours([morning, { weekday: 1, startsAt: "11:55", endsAt: "13:00" }])).toMatchObject({ index: 1, part: "startsAt" });
  });
});
