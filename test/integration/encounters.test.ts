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
  world = await openCareWorld({
    treated: { treatedBy },
    arrived: { treatedBy, appointment: { status: "arrived", day: TODAY } },
    today: { treatedBy, appointment: { status: "booked", day: TODAY } },
    tomorrow: { treatedBy, appointment: { status: "booked", day: "2026-03-04" } },
    cancelled: { treatedBy, appointment: { status: "cancelled", day: TODAY } },
    stranger: {},
  });
});
afterAll(() => world.close());

const NOTE = { complaint: "Cough for a week", examination: "Clear lungs", plan: "Rest" };
const walkIn = (person: Person, as = doctor) =>
  world.call("encounters", "startEncounter", { patientId: person.patientId, key: freshKey() }, as);
const arrive = (person: Person, as = doctor, key = freshKey()) =>
  world.call("encounters", "startEncounter", { appointmentId: person.appointmentId, key }, as);
const get = (encounterId: string, as = doctor) => world.call("encounters", "getEncounter", { encounterId }, as);
const chart = (patientId: string, as = doctor) => world.call("patients", "getChart", { patientId }, as);
const complete = (encounterId: string, version = 1, as = doctor) =>
  world.call("encounters", "completeEncounter", { encounterId, version }, as);

describe("beginning a visit", () => {
  it("begins a walk-in that is the doctor's own", async () => {
    const person = world.take("treated");
    const visit = await world.call(
      "encounters",
      "startEncounter",
      { patientId: person.patientId, reason: "Fever", key: freshKey() },
      doctor,
    );
    expect(visit).toMatchObject({ status: "open", doctorId: "D000001", doctorName: "Dr One", reason: "Fever", startedAt: NOW, version: 1 });
    expect(visit).toMatchObject({ appointmentId: null, completedAt: null, diagnoses: [], observationCount: 0, noteCount: 0 });
    expect((await get(visit.id)).encounter).toEqual(visit);
  });

  it("begins from an appointment that has arrived, or that is booked for today, and moves it on", async () => {
    for (const kind of ["arrived", "today"]) {
      const person = world.take(kind);
      const visit = await arrive(person);
      expect(visit).toMatchObject({ status: "open", appointmentId: person.appointmentId, doctorId: "D000001" });
      const { appointments } = await chart(person.patientId);
      expect(appointments).toMatchObject([{ id: person.appointmentId, status: "in-progress", encounterId: visit.id, version: 2 }]);
    }
  });

  it("refuses an appointment of another day or a cancelled one, and leaves nothing behind", async () => {
    for (const [kind, status] of [
      ["tomorrow", "booked"],
      ["cancelled", "cancelled"],
    ] as const) {
      const person = world.take(kind);
      expect(await refusal(arrive(person))).toBe("invalid-transition");
      const { appointments, encounters } = await chart(person.patientId);
      expect(encounters).toEqual([]);
      expect(appointments).toMatchObject([{ status, encounterId: null, version: 1 }]);
    }
  });

  it("answers the open visit of an appointment again, whoever asks", async () => {
    const person = world.take("arrived");
    const first = await arrive(person);
    expect((await arrive(person)).id).toBe(first.id);
    expect((await arrive(person, nurse)).id).toBe(first.id);
    expect((await chart(person.patientId)).encounterTotal).toBe(1);
  });

  it("begins one visit of one appointment, however many ask at once", async () => {
    const person = world.take("arrived");
    const begun = await Promise.all(Array.from({ length: 20 }, () => arrive(person)));
    expect(new Set(begun.map((visit) => visit.id)).size).toBe(1);
    expect((await chart(person.patientId)).encounterTotal).toBe(1);
  });

  it("answers a retry with the first visit, even after it was completed; the key serves nothing else", async () => {
    const person = world.take("arrived");
    const key = freshKey();
    const visit = await arrive(person, doctor, key);
    await complete(visit.id);
    expect(await arrive(person, doctor, key)).toMatchObject({ id: visit.id, status: "completed" });
    expect(await refusal(arrive(person))).toBe("invalid-transition");
    const other = world.take("treated");
    expect(await refusal(world.call("encounters", "startEncounter", { patientId: other.patientId, key }, doctor))).toBe("conflict key");
    expect((await chart(other.patientId)).encounterTotal).toBe(0);
  });

  it("gives a nurse's visit to the appointment's doctor, and a stand-in's visit and care edge to the stand-in", async () => {
    expect(await arrive(world.take("arrived"), nurse)).toMatchObject({ doctorId: "D000001", doctorName: "Dr One" });
    const person = world.take("arrived");
    expect(await refusal(arrive(person, otherDoctor))).toBe("care-edge-required");
    await world.call("patients", "breakGlass", { patientId: person.patientId, reason: "Dr One is ill" }, otherDoctor);
    expect(await arrive(person, otherDoctor)).toMatchObject({ doctorId: "D000002", doctorName: "Dr Two" });
    expect((await chart(person.patientId, otherDoctor)).breakGlass).toBe(false);
  });

  it("refuses what does not exist, by field", async () => {
    const unknown = world.call("encounters", "startEncounter", { appointmentId: "A999999", key: freshKey() }, doctor);
    expect(await refusal(unknown)).toBe("not-found appointmentId");
    expect(await refusal(walkIn({ patientId: "P999999", appointmentId: "" }))).toBe("not-found patientId");
  });
});

describe("recording", () => {
  const observe = (
    encounterId: string,
    input: { text?: string; value?: number; unit?: string; kind?: string },
    key = freshKey(),
    as = doctor,
  ) => world.call("encounters", "recordObservation", { encounterId, kind: "finding", key, ...input }, as);
  const diagnose = (encounterId: string, code: string, observationId?: string, key = freshKey()) =>
    world.call("encounters", "recordDiagnosis", { encounterId, code, key, observationId }, doctor);

  it("keeps words and values with their unit, once for one key", async () => {
    const visit = await walkIn(world.take("treated"));
    const key = freshKey();
    const first = await observe(visit.id, { kind: "8310-5", value: 38.4, unit: "Cel" }, key);
    expect(first).toMatchObject({ kind: "8310-5", value: 38.4, unit: "Cel", text: null, recordedAt: NOW, recordedBy: "The doctor" });
    const again = await Promise.all(Array.from({ length: 8 }, () => observe(visit.id, { kind: "8310-5", value: 38.4, unit: "Cel" }, key)));
    expect(new Set(again.map((one) => one.id))).toEqual(new Set([first.id]));
    await observe(visit.id, { text: "Throat is red" });
    const whole = await get(visit.id);
    expect(whole.observations.map((one) => one.text ?? one.value)).toEqual([38.4, "Throat is red"]);
    expect(whole.encounter.observationCount).toBe(2);
    const other = await walkIn(world.take("treated"));
    expect(await refusal(observe(visit.id, { kind: "8310-5", value: 99, unit: "Cel" }, key))).toBe("conflict key");
    expect(await refusal(observe(other.id, { kind: "8310-5", value: 38.4, unit: "Cel" }, key))).toBe("conflict key");
  });

  it("lets the nurse of the visit record", async () => {
    const visit = await walkIn(world.take("treated"));
    expect(await observe(visit.id, { text: "Dressing changed" }, freshKey(), nurse)).toMatchObject({ recordedBy: "The nurse" });
  });

  it("refuses an observation without words or value, and one of a visit that is over", async () => {
    const visit = await walkIn(world.take("treated"));
    expect(await refusal(observe(visit.id, {}))).toBe("invalid-input text");
    await complete(visit.id);
    expect(await refusal(observe(visit.id, { text: "late" }))).toBe("invalid-transition");
    expect((await get(visit.id)).observations).toEqual([]);
  });

  it("hangs a diagnosis on its observation, or on the visit as a whole", async () => {
    const visit = await walkIn(world.take("treated"));
    const finding = await observe(visit.id, { text: "Red throat" });
    const one = await diagnose(visit.id, "j029", finding.id);
    expect(one).toMatchObject({
      code: "J02.9",
      title: "Acute pharyngitis, unspecified",
      certainty: "confirmed",
      observationId: finding.id,
    });
    const two = await diagnose(visit.id, "E11.9");
    const three = await diagnose(visit.id, "I10");
    expect(two.observationId).toBe(three.observationId);
    expect(two.observationId).not.toBe(finding.id);
    const whole = await get(visit.id);
    expect(whole.diagnoses.map((found) => found.code)).toEqual(["J02.9", "E11.9", "I10"]);
    expect(whole.encounter.diagnoses.map((found) => found.code)).toEqual(["J02.9", "E11.9", "I10"]);
    // What only carries diagnoses is no finding.
    expect(whole.observations.map((found) => found.id)).toEqual([finding.id]);
  });

  it("refuses unknown codes, groups of codes and observations of another visit, and records nothing", async () => {
    const visit = await walkIn(world.take("treated"));
    const other = await walkIn(world.take("treated"));
    const elsewhere = await observe(other.id, { text: "x" });
    expect(await refusal(diagnose(visit.id, "ZZZ"))).toBe("invalid-input code");
    expect(await refusal(diagnose(visit.id, ""))).toBe("invalid-input code");
    expect(await refusal(diagnose(visit.id, "E11"))).toBe("invalid-input code");
    expect(await refusal(diagnose(visit.id, "I10", elsewhere.id))).toBe("not-found observationId");
    expect(await get(visit.id)).toMatchObject({ diagnoses: [], observations: [], encounter: { diagnoses: [], observationCount: 0 } });
  });

  it("records a retried diagnosis once", async () => {
    const visit = await walkIn(world.take("treated"));
    const key = freshKey();
    const ids = await Promise.all(Array.from({ length: 6 }, () => diagnose(visit.id, "I10", undefined, key)));
    expect(new Set(ids.map((one) => one.id)).size).toBe(1);
    expect((await get(visit.id)).diagnoses).toHaveLength(1);
  });

  it("finds codes offline", async () => {
    const { items } = await world.call("encounters", "searchConditions", { text: "type 2 diab without" }, nurse);
    expect(items).toContainEqual({ code: "E11.9", title: "Type 2 diabetes mellitus without complications", billable: true });
    expect((await world.call("encounters", "searchConditions", { text: "pain", limit: 3 }, doctor)).items).toHaveLength(3);
  });
});

describe("completing and amending", () => {
  const amend = (encounterId: string, version: number, as = doctor) =>
    world.call("encounters", "amendEncounter", { encounterId, version, sections: NOTE, reason: "Left out the plan", key: freshKey() }, as);

  it("ends the visit and its appointment, at the version that was read", async () => {
    const person = world.take("arrived");
    const visit = await arrive(person);
    expect(await refusal(complete(visit.id, 7))).toBe("changed-meanwhile version");
    expect((await get(visit.id)).encounter).toEqual(visit);
    world.clock.advance(600);
    const done = await complete(visit.id);
    expect(done).toMatchObject({ status: "completed", completedAt: world.clock.now(), version: 2 });
    expect((await chart(person.patientId)).appointments).toMatchObject([{ status: "completed", version: 3 }]);
    expect(await refusal(complete(visit.id, 2))).toBe("invalid-transition");
    world.clock.set(NOW);
  });

  it("is completed once, however many try at once", async () => {
    const visit = await walkIn(world.take("treated"));
    const results = await Promise.all(Array.from({ length: 8 }, () => refusal(complete(visit.id))));
    expect(results.filter((result) => result === "ok")).toHaveLength(1);
    expect((await get(visit.id)).encounter.version).toBe(2);
  });

  it("adds amendments with their reason and leaves what stood", async () => {
    const visit = await walkIn(world.take("treated"));
    const sections = { ...NOTE, plan: "" };
    const note = await world.call("encounters", "writeNote", { encounterId: visit.id, sections, key: freshKey() }, doctor);
    expect(await refusal(amend(visit.id, 1))).toBe("invalid-transition");
    await complete(visit.id);
    expect(await refusal(amend(visit.id, 1))).toBe("changed-meanwhile version");
    const first = await amend(visit.id, 2);
    expect(first).toMatchObject({ kind: "amendment", reason: "Left out the plan", sections: NOTE, writtenBy: "The doctor" });
    const second = await amend(visit.id, 3);
    const whole = await get(visit.id);
    expect(whole.encounter).toMatchObject({ status: "amended", version: 4, noteCount: 3 });
    expect(whole.notes).toEqual([note, first, second]);
  });

  it("is a doctor's", async () => {
    const visit = await walkIn(world.take("treated"));
    expect(await refusal(complete(visit.id, 1, nurse))).toBe("forbidden");
    expect(await refusal(amend(visit.id, 1, nurse))).toBe("forbidden");
    const diagnosis = { encounterId: visit.id, code: "I10", key: freshKey() };
    expect(await refusal(world.call("encounters", "recordDiagnosis", diagnosis, nurse))).toBe("forbidden");
  });
});

describe("reading visits", () => {
  it("lists the newest first, in pages", async () => {
    const person = world.take("treated");
    const ids: string[] = [];
    for (let hour = 0; hour < 5; hour += 1) {
      world.clock.advance(3600);
      ids.unshift((await walkIn(person)).id);
    }
    const list = (page: number) => world.call("encounters", "listEncounters", { patientId: person.patientId, page, pageSize: 2 }, doctor);
    expect((await list(1)).items.map((visit) => visit.id)).toEqual(ids.slice(0, 2));
    expect(await list(3)).toMatchObject({ items: [{ id: ids[4] }], total: 5 });
    expect(await list(4)).toEqual({ items: [], total: 5 });
    world.clock.set(NOW);
  });

  it("shows a patient only their own visits, and only when they are over", async () => {
    const person = world.take("treated");
    const open = await walkIn(person);
    const over = await walkIn(person);
    await complete(over.id);
    const self = viewer(["patient"], person.patientId);
    const list = await world.call("encounters", "listEncounters", { patientId: person.patientId }, self);
    expect(list.items.map((visit) => visit.id)).toEqual([over.id]);
    expect(list.total).toBe(1);
    expect((await get(over.id, self)).encounter.id).toBe(over.id);
    expect(await refusal(get(open.id, self))).toBe("not-found encounterId");
    const stranger = viewer(["patient"], world.take("treated").patientId);
    expect(await refusal(get(over.id, stranger))).toBe("not-found encounterId");
  });

  it("tells the day screens and the patient that the appointment has moved", async () => {
    const person = world.take("arrived");
    const listen = async (as: typeof doctor) => {
      const events = (await world.call("events", "subscribe", {}, as))[Symbol.asyncIterator]();
      await events.next();
      return events.next();
    };
    const told = [listen(viewer(["patient"], person.patientId)), listen(viewer(["reception"]))];
    const untold = listen(viewer(["patient"], world.take("treated").patientId));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await arrive(person);
    const event = { type: "scheduling.dayChanged", day: TODAY, doctorId: "D000001", ...person };
    for (const one of told) expect((await one).value).toMatchObject({ event });
    expect(await Promise.race([untold, Promise.resolve("nothing")])).toBe("nothing");
  });
});
