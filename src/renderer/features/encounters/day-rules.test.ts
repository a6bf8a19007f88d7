import { describe, expect, it } from "vitest";
import { breaksOf, countsOf, nextArrived, shownItems, waitingMinutes } from "./day-rules.ts";
import type { DayAppointment } from "./types.ts";

const at = (time: string) => `2026-11-22T${time}:00.000Z`;

function visit(
  time: string,
  status: DayAppointment["status"],
  more: { name?: string; arrived?: string; reason?: string } = {},
): DayAppointment {
  const [givenName = "Layla", familyName = "Haddad"] = (more.name ?? "Layla Haddad").split(" ");
  const patient = { givenName, familyName, birthDate: "1980-03-14", sex: "female" };
  return {
    ...{ id: `A${time}`, status, startsAt: at(time), endsAt: at(time), patientId: "P000001", patient, reason: more.reason ?? null },
    ...{ arrivedAt: more.arrived ? at(more.arrived) : null, encounterId: null, overlap: false, version: 1, code: "123456" },
    ...{ doctorId: "D000001", doctorName: "", doctorNameAr: null, departmentName: "", departmentNameAr: null, room: null },
  } as DayAppointment;
}

const DAY = [
  visit("09:00", "completed", { name: "Omar Nasser" }),
  visit("09:15", "in-progress", { name: "Rana Aziz" }),
  visit("09:30", "arrived", { name: "Layla Haddad", arrived: "09:20", reason: "Facial pain" }),
  visit("09:45", "arrived", { name: "أحمد منصور", arrived: "09:10" }),
  visit("10:00", "booked", { name: "Mona Farah" }),
];
const times = (items: readonly DayAppointment[]) => items.map((item) => item.startsAt.slice(11, 16));

describe("the list of the day", () => {
  it("counts what stands under each tab", () => {
    expect(countsOf(DAY)).toEqual({ all: 5, waiting: 2, done: 1, open: 1 });
  });

  it("shows the tab, by time or by who waits longest", () => {
    expect(times(shownItems(DAY, { tab: "waiting", text: "", sort: "time" }))).toEqual(["09:30", "09:45"]);
    expect(times(shownItems(DAY, { tab: "all", text: "", sort: "waiting" }))).toEqual(["09:45", "09:30", "09:00", "09:15", "10:00"]);
  });

  it("filters by words in any order, across spellings of Arabic letters, and by reason", () => {
    const find = (text: string) => times(shownItems(DAY, { tab: "all", text, sort: "time" }));
    expect(find("haddad LAY")).toEqual(["09:30"]);
    expect(find("احمد")).toEqual(["09:45"]);
    expect(find("facial")).toEqual(["09:30"]);
    expect(find("nobody")).toEqual([]);
  });

  it("calls the next who has arrived, by appointment time, and nobody when nobody waits", () => {
    expect(nextArrived(DAY)?.startsAt).toBe(at("09:30"));
    expect(nextArrived(DAY.filter(({ status }) => status !== "arrived"))).toBeUndefined();
  });

  it("counts waiting minutes from the arrival, never below none", () => {
    const waiting = visit("09:30", "arrived", { arrived: "09:20" });
    expect(waitingMinutes(waiting, new Date(at("09:31")))).toBe(11);
    expect(waitingMinutes(waiting, new Date(at("09:19")))).toBe(0);
    expect(waitingMinutes(visit("09:30", "booked"), new Date(at("09:31")))).toBeNull();
  });

  it("finds the breaks between working hours, whatever their order", () => {
    const afternoon = { startsAt: at("13:00"), endsAt: at("17:00") };
    const morning = { startsAt: at("08:00"), endsAt: at("12:00") };
    expect(breaksOf([afternoon, morning])).toEqual([{ startsAt: at("12:00"), endsAt: at("13:00") }]);
    expect(breaksOf([morning, { startsAt: at("12:00"), endsAt: at("13:00") }])).toEqual([]);
  });
});
