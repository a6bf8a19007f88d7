import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, type CareWorld, doctor, freshKey, NOW, nurse, openCareWorld, refusal, TODAY, viewer } from "./care-world.ts";

let world: CareWorld;
beforeAll(async () => {
  const treatedBy = ["D000001"];
  world = await openCareWorld({
    treated: { treatedBy },
    booked: { treatedBy, appointment: { status: "booked", day: TODAY } },
    young: { treatedBy, birthDate: "2020-02-29" },
  });
});
afterAll(() => world.close());

const chart = (patientId: string, as = doctor, page = {}) => world.call("patients", "getChart", { patientId, ...page }, as);
const record = (patientId: string, input: Omit<Parameters<typeof recordAllergy>[0], "patientId">, as = doctor) =>
  recordAllergy({ patientId, ...input }, as);
const recordAllergy = (
  input: {
    patientId: string;
    noneKnown?: boolean;
    substance?: string;
    severity?: "mild" | "moderate" | "severe";
    reaction?: string | null;
  },
  as: typeof doctor,
) => world.call("patients", "recordAllergy", input, as);

describe("the chart", () => {
  it("of a new patient is empty and says that nobody asked for allergies", async () => {
    const { patientId, appointmentId } = world.take("booked");
    const whole = await chart(patientId);
    expect(whole).toMatchObject({ allergies: [], conditions: [], encounters: [], encounterTotal: 0, observations: [], notes: [] });
    expect(whole).toMatchObject({ prescriptions: [], labs: [], files: [], breakGlass: false });
    expect(whole.patient).toMatchObject({ id: patientId, birthDate: "1980-05-17", phone: null, allergyStatus: "not-asked", version: 1 });
    expect(whole.appointments).toMatchObject([
      { id: appointmentId, patientId, doctorName: "Dr One", doctorNameAr: null, departmentName: "General medicine", encounterId: null },
    ]);
  });

  it("pages the visits, newest first, each page with what was found and written in its visits", async () => {
    const { patientId } = world.take("treated");
    for (let hour = 1; hour <= 3; hour += 1) {
      world.clock.advance(3600);
      const { id } = await world.call("encounters", "startEncounter", { patientId, reason: `Visit ${hour}`, key: freshKey() }, doctor);
      const about = { encounterId: id, key: freshKey() };
      await world.call("encounters", "recordObservation", { ...about, kind: "finding", text: `Finding ${hour}` }, doctor);
      const sections = { complaint: `Note ${hour}`, examination: "", plan: "" };
      await world.call("encounters", "writeNote", { ...about, sections }, doctor);
    }
    world.clock.set(NOW);
    const first = await chart(patientId, doctor, { pageSize: 2 });
    expect(first.encounters.map((visit) => visit.reason)).toEqual(["Visit 3", "Visit 2"]);
    expect(first.encounterTotal).toBe(3);
    expect(first.observations.map((found) => found.text).sort()).toEqual(["Finding 2", "Finding 3"]);
    expect(first.notes.map((note) => note.sections.complaint).sort()).toEqual(["Note 2", "Note 3"]);
    const second = await chart(patientId, doctor, { pageSize: 2, page: 2 });
    expect(second.encounters.map((visit) => visit.reason)).toEqual(["Visit 1"]);
    expect(second.observations.map((found) => found.text)).toEqual(["Finding 1"]);
  });

  it("shows a patient what is finished and not voided, and nothing of the visit that is open", async () => {
    const { patientId } = world.take("treated");
    const begin = () => world.call("encounters", "startEncounter", { patientId, key: freshKey() }, doctor);
    const over = await begin();
    const open = await begin();
    for (const encounterId of [over.id, open.id]) {
      const sections = { complaint: encounterId, examination: "", plan: "" };
      await world.call("encounters", "writeNote", { encounterId, sections, key: freshKey() }, doctor);
      await world.call("encounters", "recordObservation", { encounterId, kind: "finding", text: "x", key: freshKey() }, doctor);
    }
    await world.call("encounters", "completeEncounter", { encounterId: over.id, version: 1 }, doctor);
    const { allergies } = await record(patientId, { substance: "Latex", severity: "mild" });
    await world.call("patients", "voidAllergy", { patientId, allergyId: allergies[0]?.id as string, reason: "wrong chart" }, doctor);
    const own = await chart(patientId, viewer(["patient"], patientId));
    expect(own.encounters.map((visit) => visit.id)).toEqual([over.id]);
    expect(own.encounterTotal).toBe(1);
    expect(own.notes.map((note) => note.encounterId)).toEqual([over.id]);
    expect(own.observations.map((found) => found.encounterId)).toEqual([over.id]);
    expect(own.allergies).toEqual([]);
    expect(own.breakGlass).toBe(false);
    expect((await chart(patientId)).allergies).toHaveLength(1);
  });
});

describe("allergies", () => {
  it("are recorded with severity and reaction, by doctor and nurse", async () => {
    const { patientId } = world.take("booked");
    const { allergyStatus, allergies } = await record(
      patientId,
      { substance: "Penicillin", severity: "severe", reaction: "Anaphylaxis" },
      nurse,
    );
    expect(allergyStatus).toBe("recorded");
    expect(allergies).toEqual([
      {
        id: expect.stringMatching(/^L\d{6}$/),
        substance: "Penicillin",
        severity: "severe",
        reaction: "Anaphylaxis",
        recordedAt: NOW,
        voided: null,
      },
    ]);
    const whole = await chart(patientId);
    expect(whole.allergies).toEqual(allergies);
    expect(whole.patient.allergyStatus).toBe("recorded");
  });

  it("tell none-known from not-asked, and refuse none-known while any is recorded", async () => {
    const { patientId } = world.take("treated");
    expect(await record(patientId, { noneKnown: true })).toEqual({ allergyStatus: "none-known", allergies: [] });
    expect((await chart(patientId)).patient.allergyStatus).toBe("none-known");
    const { allergies } = await record(patientId, { substance: "Nuts", severity: "mild" });
    expect(await refusal(record(patientId, { noneKnown: true }))).toBe("conflict noneKnown");
    expect((await chart(patientId)).patient.allergyStatus).toBe("recorded");
    const allergyId = allergies[0]?.id as string;
    await world.call("patients", "voidAllergy", { patientId, allergyId, reason: "Misheard" }, doctor);
    expect((await chart(patientId)).patient.allergyStatus).toBe("not-asked");
    expect(await record(patientId, { noneKnown: true })).toMatchObject({ allergyStatus: "none-known", allergies: [{ id: allergyId }] });
  });

  it("stay with who, when and why after being voided, and can be recorded anew", async () => {
    const { patientId } = world.take("treated");
    const first = await record(patientId, { substance: "Aspirin", severity: "mild" });
    const allergyId = first.allergies[0]?.id as string;
    const voidIt = () => world.call("patients", "voidAllergy", { patientId, allergyId, reason: "Wrong patient" }, doctor);
    const { allergies } = await voidIt();
    expect(allergies).toMatchObject([{ id: allergyId, voided: { at: NOW, by: "The doctor", reason: "Wrong patient" } }]);
    expect(await refusal(voidIt())).toBe("conflict allergyId");
    const again = await record(patientId, { substance: "aspirin", severity: "severe" });
    expect(again.allergies.map((one) => one.voided === null)).toEqual([false, true]);
  });

  it("meet under one substance however it is spelt", async () => {
    const { patientId } = world.take("treated");
    await record(patientId, { substance: "Crème  brûlée", severity: "mild" });
    expect(await refusal(record(patientId, { substance: "CREME BRULEE", severity: "severe" }))).toBe("conflict substance");
    const results = await Promise.all(
      Array.from({ length: 6 }, () => refusal(record(patientId, { substance: "Iodine", severity: "mild" }))),
    );
    expect(results.filter((result) => result === "ok")).toHaveLength(1);
    expect((await chart(patientId)).allergies.map((one) => one.substance)).toEqual(["Crème  brûlée", "Iodine"]);
  });

  it("name the field at fault, and change nothing then", async () => {
    const { patientId } = world.take("treated");
    expect(await refusal(record(patientId, {}))).toBe("invalid-input substance");
    expect(await refusal(record(patientId, { substance: "Dust" }))).toBe("invalid-input severity");
    expect(await refusal(record(patientId, { substance: "Dust", severity: "mild", noneKnown: true }))).toBe("invalid-input noneKnown");
    const gone = world.call("patients", "voidAllergy", { patientId, allergyId: "L999999", reason: "none" }, doctor);
    expect(await refusal(gone)).toBe("not-found allergyId");
    const other = await record(world.take("treated").patientId, { substance: "Dust", severity: "mild" });
    const elsewhere = world.call(
      "patients",
      "voidAllergy",
      { patientId, allergyId: other.allergies[0]?.id as string, reason: "none" },
      doctor,
    );
    expect(await refusal(elsewhere)).toBe("not-found allergyId");
    expect(await chart(patientId)).toMatchObject({ allergies: [], patient: { allergyStatus: "not-asked" } });
  });
});

describe("the problem list", () => {
  const add = (patientId: string, code: string, since?: string | null, as = doctor) =>
    world.call("patients", "recordCondition", { patientId, code, since }, as);

  it("takes a code once, with the day since when", async () => {
    const { patientId } = world.take("treated");
    const condition = await add(patientId, "e119", "2015-03-01");
    expect(condition).toMatchObject({ code: "E11.9", title: "Type 2 diabetes mellitus without complications", since: "2015-03-01" });
    expect(await add(patientId, "J45")).toMatchObject({ code: "J45", since: null });
    expect(await refusal(add(patientId, "E11.9"))).toBe("conflict code");
    expect((await chart(patientId)).conditions.map((one) => one.code)).toEqual(["E11.9", "J45"]);
  });

  it("refuses unknown codes and impossible days", async () => {
    const { patientId } = world.take("young");
    expect(await refusal(add(patientId, "XYZ"))).toBe("invalid-input code");
    expect(await refusal(add(patientId, "I10", "2020-02-28"))).toBe("invalid-input since");
    expect(await refusal(add(patientId, "I10", "2026-02-30"))).toBe("invalid-input since");
    expect(await refusal(add(patientId, "I10", "2026-03-04"))).toBe("invalid-input since");
    expect((await chart(patientId)).conditions).toEqual([]);
    // 22:00 UTC is tomorrow in the clinic.
    world.clock.set("2026-03-03T22:00:00.000Z");
    expect(await add(patientId, "I10", "2026-03-04")).toMatchObject({ since: "2026-03-04" });
    world.clock.set(NOW);
  });

  it("is for clinicians", async () => {
    const { patientId } = world.take("treated");
    for (const as of [admin, viewer(["reception"]), viewer(["patient"], patientId)]) {
      expect(await refusal(add(patientId, "I10", null, as))).toBe("forbidden");
      expect(await refusal(record(patientId, { noneKnown: true }, as))).toBe("forbidden");
    }
  });
});
