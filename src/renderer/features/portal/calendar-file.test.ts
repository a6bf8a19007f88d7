import { AppointmentId } from "@shared/model/ids.ts";
import { describe, expect, it } from "vitest";
import { calendarFile } from "./calendar-file.ts";

const VISIT = { id: AppointmentId.parse("A000007"), startsAt: "2026-12-01T07:30:00.000Z", endsAt: "2026-12-01T07:50:00.000Z", room: "3" };
const file = (change: Partial<typeof VISIT> | { room: null } = {}, title = "Visit with Dr Reem Barakat") =>
  calendarFile({ ...VISIT, ...change }, title, "2026-11-22T08:42:05.123Z");

describe("calendarFile", () => {
  it("is an iCalendar event in universal time, every line ended as RFC 5545 asks", () => {
    expect(file().split("\r\n")).toEqual([
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Polyclinic//Portal//EN",
      "BEGIN:VEVENT",
      "UID:A000007@polyclinic",
      "DTSTAMP:20261122T084205Z",
      "DTSTART:20261201T073000Z",
      "DTEND:20261201T075000Z",
      "SUMMARY:Visit with Dr Reem Barakat",
      "LOCATION:3",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  it("keeps a title from ending its line or its value", () => {
    const text = file({}, "Visit; Barakat, R\\S\nATTENDEE:mailto:x@example.org");
    expect(text).toContain("SUMMARY:Visit\\; Barakat\\, R\\\\S\\nATTENDEE:mailto:x@example.org\r\n");
    expect(text.split("\r\n").filter((line) => line.startsWith("ATTENDEE"))).toEqual([]);
  });

  it("folds lines longer than 75 octets without cutting a letter, and unfolds to the same", () => {
    const title = "موعد مع الدكتورة ريم بركات في عيادة طب الأسرة، شارع الأرز، عمّان 🌲";
    const text = file({}, title);
    for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text).not.toContain("\uFFFD");
    expect(text.replaceAll("\r\n ", "")).toContain(`SUMMARY:${title}\r\n`);
  });

  it("says no place where none is known", () => {
    expect(file({ room: null })).not.toContain("LOCATION");
  });
});
