import type { UserViewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CareWorld,
  doctor,
  freshKey,
  NOW,
  nurse,
  openCareWorld,
  otherDoctor,
  type Person,
  refusal,
  TODAY,
  viewer,
} from "./care-world.ts";

let world: CareWorld;
beforeAll(async () => {
  const treatedBy = ["D000001"];
  const on = (day: string, status = "booked") => ({ treatedBy, appointment: { status, day } });
  world = await openCareWorld({
    treated: { treatedBy },
    dayBefore: on("2026-03-01"),
    yesterday: on("2026-03-02", "completed"),
    today: on(TODAY),
    tomorrow: on("2026-03-04"),
    dayAfter: on("2026-03-05"),
    cancelled: on(TODAY, "cancelled"),
    stranger: {},
  });
});
afterAll(() => world.close());

const SECTIONS = { complaint: "c", examination: "", plan: "" };

/** Every route that opens a chart or writes in it. `encounterId` is an open visit of the patient's. */
const CHART_ROUTES = {
  getChart: ({ patientId }, as) => world.call("patients", "getChart", { patientId }, as),
  recordAllergy: ({ patientId }, as) => world.call("patients", "recordAllergy", { patientId, substance: freshKey(), severity: "mild" }, as),
  voidAllergy: ({ patientId }, as) => world.call("patients", "voidAllergy", { patientId, allergyId: "L999999", reason: "wrong" }, as),
  recordCondition: ({ patientId }, as) => world.call("patients", "recordCondition", { patientId, code: "none" }, as),
  listEncounters: ({ patientId }, as) => world.call("encounters", "listEncounters", { patientId }, as),
  startEncounter: ({ patientId }, as) => world.call("encounters", "startEncounter", { patientId, key: freshKey() }, as),
  getEncounter: ({ encounterId }, as) => world.call("encounters", "getEncounter", { encounterId }, as),
  saveDraft: ({ encounterId }, as) => world.call("encounters", "saveDraft", { encounterId, sections: SECTIONS, revision: 1 }, as),
  getDraft: ({ encounterId }, as) => world.call("encounters", "getDraft", { encounterId }, as),
  recordObservation: ({ encounterId }, as) =>
    world.call("encounters", "recordObservation", { encounterId, kind: "finding", text: "x", key: freshKey() }, as),
  recordDiagnosis: ({ encounterId }, as) => world.call("encounters", "recordDiagnosis", { encounterId, code: "I10", key: freshKey() }, as),
  writeNote: ({ encounterId }, as) => world.call("encounters", "writeNote", { encounterId, sections: SECTIONS, key: freshKey() }, as),
  completeEncounter: ({ encounterId }, as) => world.call("encounters", "completeEncounter", { encounterId, version: 99 }, as),
  amendEncounter: ({ encounterId }, as) =>
    world.call("encounters", "amendEncounter", { encounterId, version: 1, sections: SECTIONS, reason: "why", key: freshKey() }, as),
} satisfies Record<string, (on: { patientId: string; encounterId: string }, as: UserViewer | null) => Promise<unknown>>;
type ChartRoute = keyof typeof CHART_ROUTES;

const READS: ChartRoute[] = ["getChart", "listEncounters", "getEncounter"];
const DOCTORS_ONLY: ChartRoute[] = ["recordDiagnosis", "completeEncounter", "amendEncounter"];
/** Refusals by which a route shows that the viewer was let in to the chart. */
const LET_IN = ["ok", "not-found allergyId", "invalid-input code", "changed-meanwhile version", "invalid-transition"];

describe("access follows care (invariant 10)", () => {
  const chartOf = async (kind: string, opensVisit = true) => {
    const person = world.take(kind);
    const visit = opensVisit
      ? await world.call("encounters", "startEncounter", { patientId: person.patientId, key: freshKey() }, doctor)
      : { id: "E999999" };
    return { patientId: person.patientId, encounterId: visit.id };
  };
  const answers = async (on: { patientId: string; encounterId: string }, as: UserViewer | null) => {
    const given: Record<string, string> = {};
    for (const [name, call] of Object.entries(CHART_ROUTES)) given[name] = await refusal(call(on, as));
    return given;
  };
  const each = (expected: (route: ChartRoute) => string) =>
    Object.fromEntries(Object.keys(CHART_ROUTES).map((route) => [route, expected(route as ChartRoute)]));
  const letIn = (given: Record<string, string>) =>
    Object.fromEntries(Object.entries(given).map(([route, code]) => [route, LET_IN.includes(code) ? "in" : code]));

  it("lets the treating doctor in by every route", async () => {
    expect(letIn(await answers(await chartOf("treated"), doctor))).toEqual(each(() => "in"));
  });

  it("keeps another doctor out of every route until they break the glass", async () => {
    const on = await chartOf("treated");
    expect(await answers(on, otherDoctor)).toEqual(each(() => "care-edge-required"));
    await world.call("patients", "breakGlass", { patientId: on.patientId, reason: "Unconscious in the waiting room" }, otherDoctor);
    expect(letIn(await answers(on, otherDoctor))).toEqual(each(() => "in"));
  });

  it("lets a nurse in to the patient of an open visit, but not to what is a doctor's", async () => {
    const given = letIn(await answers(await chartOf("treated"), nurse));
    expect(given).toEqual(each((route) => (DOCTORS_ONLY.includes(route) ? "forbidden" : "in")));
  });

  it("shows a patient their own chart read-only, and nothing of anybody else", async () => {
    const on = await chartOf("treated");
    const self = viewer(["patient"], on.patientId);
    expect(await answers(on, self)).toEqual(
      each((route) => (route === "getEncounter" ? "not-found encounterId" : READS.includes(route) ? "ok" : "forbidden")),
    );
    const other = viewer(["patient"], world.take("treated").patientId);
    const asked = (route: ChartRoute) => (route === "getEncounter" ? "encounterId" : "patientId");
    expect(await answers(on, other)).toEqual(each((route) => (READS.includes(route) ? `not-found ${asked(route)}` : "forbidden")));
    expect(await answers(on, viewer(["patient"]))).toMatchObject({ getChart: "not-found patientId" });
  });

  it("keeps everybody else out, the admin too", async () => {
    const on = await chartOf("treated");
    for (const role of ["reception", "admin", "researcher", "pharmacist", "lab", "cashier"] as const) {
      expect(await answers(on, viewer([role]))).toEqual(each(() => "forbidden"));
    }
    expect(await answers(on, null)).toEqual(each(() => "unauthenticated"));
  });

  it("says not-found to a clinician for a patient and a visit that do not exist", async () => {
    const given = await answers({ patientId: "P999999", encounterId: "E999999" }, doctor);
    const ofPatient: ChartRoute[] = ["getChart", "recordAllergy", "voidAllergy", "recordCondition", "listEncounters", "startEncounter"];
    expect(given).toEqual(each((route) => (ofPatient.includes(route) ? "not-found patientId" : "not-found encounterId")));
  });

  it("leaves nothing behind where it refuses", async () => {
    const on = await chartOf("treated");
    await answers(on, otherDoctor);
    const after = await CHART_ROUTES.getChart(on, doctor);
    expect(after).toMatchObject({ allergies: [], conditions: [], observations: [], notes: [], encounterTotal: 1 });
    expect(after.patient.allergyStatus).toBe("not-asked");
    const { draft } = await CHART_ROUTES.getDraft(on, doctor);
    expect(draft).toBeNull();
  });

  it("opens a chart to nurses from the day before an appointment to the day after, in the clinic's days", async () => {
    const seen = async (person: Person, as = nurse) => refusal(world.call("patients", "getChart", { patientId: person.patientId }, as));
    for (const kind of ["yesterday", "today", "tomorrow"]) expect([kind, await seen(world.take(kind))]).toEqual([kind, "ok"]);
    for (const kind of ["dayBefore", "dayAfter", "cancelled", "treated", "stranger"]) {
      expect([kind, await seen(world.take(kind))]).toEqual([kind, "care-edge-required"]);
    }
    // 21:00 UTC is midnight in the clinic: its day after tomorrow becomes tomorrow.
    const person = world.take("dayAfter");
    world.clock.set("2026-03-03T20:59:59.999Z");
    expect(await seen(person)).toBe("care-edge-required");
    world.clock.set("2026-03-03T21:00:00.000Z");
    expect(await seen(person)).toBe("ok");
    world.clock.set(NOW);
  });

  it("ends a nurse's way in with the visit", async () => {
    const on = await chartOf("treated");
    expect(await refusal(CHART_ROUTES.getChart(on, nurse))).toBe("ok");
    await world.call("encounters", "completeEncounter", { encounterId: on.encounterId, version: 1 }, doctor);
    expect(await refusal(CHART_ROUTES.getChart(on, nurse))).toBe("care-edge-required");
  });

  it("takes any way in of a person with several roles, and none that is not theirs", async () => {
    const on = await chartOf("treated");
    const alsoNurse = viewer(["doctor", "nurse", "admin"], "D000002");
    expect(await refusal(CHART_ROUTES.getChart(on, alsoNurse))).toBe("ok");
    // A nurse with a doctor's external id has no doctor's edges.
    const misled = viewer(["nurse"], "D000001");
    expect(await refusal(CHART_ROUTES.getChart({ ...on, patientId: world.take("treated").patientId }, misled))).toBe("care-edge-required");
    const nursePatient = viewer(["nurse", "patient"], on.patientId);
    expect((await CHART_ROUTES.listEncounters(on, nursePatient)).items).toEqual([]);
  });
});
