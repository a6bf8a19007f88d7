import { describe, expect, it } from "vitest";
import { snippetOf } from "./snippet.ts";
import { visitsOf } from "./visits.ts";

describe("a found text", () => {
  it("is shown around what was sought, in one line", () => {
    expect(snippetOf("Good.\nThe new hand Cream gave me a rash", "cream")).toEqual({
      before: "Good. The new hand ",
      match: "Cream",
      after: " gave me a rash",
    });
    expect(snippetOf(`${"x".repeat(50)} cream`, "cream").before).toBe(`…${"x".repeat(23)} `);
  });
  it("is shown from its beginning where it says the same otherwise written", () => {
    expect(snippetOf("كريم اليد", "cream")).toEqual({ before: "كريم اليد", match: "", after: "" });
  });
});

describe("last and next visit", () => {
  it("are the newest that began and the soonest that is booked", () => {
    const encounters = [{ startedAt: "2026-11-02T08:00:00.000Z" }, { startedAt: "2026-11-22T07:00:00.000Z" }];
    const appointment = (startsAt: string, status: string, encounterId: string | null = null) => ({ startsAt, status, encounterId });
    const appointments = [
      appointment("2026-12-24T08:00:00.000Z", "booked"),
      appointment("2026-12-01T08:00:00.000Z", "cancelled"),
      appointment("2026-12-02T08:00:00.000Z", "booked"),
      appointment("2026-11-20T08:00:00.000Z", "booked"),
    ];
    const { last, next } = visitsOf({ encounters, appointments }, "2026-11-22T10:00:00.000Z");
    expect([last?.startedAt, next?.startsAt]).toEqual(["2026-11-22T07:00:00.000Z", "2026-12-02T08:00:00.000Z"]);
  });
});
