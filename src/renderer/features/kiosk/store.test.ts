import { queryClient, routeKey } from "@renderer/lib/api.ts";
import { AppointmentId } from "@shared/model/ids.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { type KioskVisit, useKiosk } from "./store.ts";

const VISIT: KioskVisit = {
  id: AppointmentId.parse("A000007"),
  status: "booked",
  startsAt: "2026-11-22T07:30:00.000Z",
  endsAt: "2026-11-22T07:50:00.000Z",
  doctorName: "Dr Reem Barakat",
  doctorNameAr: null,
  departmentName: "Family medicine",
  departmentNameAr: null,
  room: "3",
};
const kiosk = () => useKiosk.getState();

/** Leaves behind what a person at the kiosk leaves: a reading under their handle and a write with their name. */
function leaveTraces(): void {
  queryClient.setQueryData(routeKey("kiosk", "listFreeSlots", { handle: "h-1" }), { items: [] });
  queryClient.getMutationCache().build(queryClient, { mutationKey: ["identify"] }, { ...IDLE, variables: { familyName: "Haddad" } });
}
const IDLE = {
  context: undefined,
  data: undefined,
  error: null,
  failureCount: 0,
  failureReason: null,
  isPaused: false,
  status: "success",
  submittedAt: 0,
} as const;
const traces = () => [queryClient.getQueryCache().findAll({ queryKey: routeKey("kiosk") }), queryClient.getMutationCache().getAll()].flat();

beforeEach(() => {
  queryClient.clear();
  kiosk().clear();
});

describe("the person before the kiosk", () => {
  it("is forgotten with everything read and written for them when the screen clears", () => {
    kiosk().begin("check-in");
    kiosk().identified("h-1", [VISIT]);
    kiosk().finish({ kind: "checked-in", visit: VISIT, code: null });
    leaveTraces();
    expect(traces()).toHaveLength(2);
    kiosk().clear();
    expect(kiosk()).toMatchObject({ step: "welcome", handle: null, visits: [], done: null, expired: false });
    expect(traces()).toEqual([]);
  });

  it("is asked again who they are, with the reason, when the handle is no longer good, and goes on where they were", () => {
    kiosk().begin("book");
    kiosk().identified("h-1", []);
    leaveTraces();
    kiosk().expire();
    expect(kiosk()).toMatchObject({ step: "identify", intent: "book", handle: null, expired: true });
    expect(traces()).toEqual([]);
    kiosk().identified("h-2", []);
    expect(kiosk()).toMatchObject({ step: "book", handle: "h-2", expired: false });
  });

  it("sees the visits of today, even if there are none, when they came to check in", () => {
    kiosk().begin("check-in");
    kiosk().identified("h-1", []);
    expect(kiosk().step).toBe("visits");
  });
});
