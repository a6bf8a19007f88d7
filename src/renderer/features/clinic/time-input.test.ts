import { expect, it } from "vitest";
import { wallTimeOf } from "./time-input.tsx";

it.each([
  ["8", "08:00"],
  ["08:30", "08:30"],
  ["830", "08:30"],
  ["8.30", "08:30"],
  [" 1730 ", "17:30"],
  ["noon", "noon"],
])("reads %j as %j", (typed, time) => {
  expect(wallTimeOf(typed)).toBe(time);
});
