import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CareWorld, doctor, freshKey, openCareWorld, otherDoctor, refusal } from "./care-world.ts";

let world: CareWorld;
beforeAll(async () => {
  world = await openCareWorld({ treated: { treatedBy: ["D000001", "D000002"] } }, 60);
});
afterAll(() => world.close());

const SECTIONS = { complaint: "complaint", examination: "", plan: "" };

/** What the visit must be after each step, told by the words of the state machine alone. */
interface Model {
  status: "open" | "completed" | "amended";
  version: number;
  observations: number;
  diagnoses: number;
  notes: string[];
}

interface Step {
  name: string;
  /** Changes the model and answers `ok`, or answers the refusal and changes nothing. */
  expected(model: Model): string;
  call(encounterId: string, model: Model): Promise<unknown>;
}

const onlyOpen = (change: (model: Model) => void) => (model: Model) => {
  if (model.status !== "open") return "invalid-transition";
  change(model);
  return "ok";
};

const STEPS: Step[] = [
  {
    name: "observe",
    expected: onlyOpen((model) => (model.observations += 1)),
    call: (encounterId) =>
      world.call("encounters", "recordObservation", { encounterId, kind: "finding", text: "x", key: freshKey() }, otherDoctor),
  },
  {
    name: "diagnose",
    expected: onlyOpen((model) => (model.diagnoses += 1)),
    call: (encounterId) => world.call("encounters", "recordDiagnosis", { encounterId, code: "I10", key: freshKey() }, doctor),
  },
  {
    name: "write the note",
    expected: onlyOpen((model) => model.notes.push("note")),
    call: (encounterId) => world.call("encounters", "writeNote", { encounterId, sections: SECTIONS, key: freshKey() }, doctor),
  },
  {
    name: "complete",
    expected: onlyOpen((model) => Object.assign(model, { status: "completed", version: model.version + 1 })),
    call: (encounterId, { version }) => world.call("encounters", "completeEncounter", { encounterId, version }, otherDoctor),
  },
  {
    name: "complete what has changed",
    expected: (model) => (model.status === "open" ? "changed-meanwhile version" : "invalid-transition"),
    call: (encounterId, { version }) => world.call("encounters", "completeEncounter", { encounterId, version: version + 1 }, doctor),
  },
  {
    name: "amend",
    expected(model) {
      if (model.status === "open") return "invalid-transition";
      Object.assign(model, { status: "amended", version: model.version + 1 });
      model.notes.push("amendment");
      return "ok";
    },
    call: (encounterId, { version }) =>
      world.call("encounters", "amendEncounter", { encounterId, version, sections: SECTIONS, reason: "because", key: freshKey() }, doctor),
  },
  {
    name: "amend what has changed",
    expected: (model) => (model.status === "open" ? "invalid-transition" : "changed-meanwhile version"),
    call: (encounterId, { version }) =>
      world.call(
        "encounters",
        "amendEncounter",
        { encounterId, version: version + 1, sections: SECTIONS, reason: "because", key: freshKey() },
        doctor,
      ),
  },
];

describe("the life of a visit", () => {
  it("allows open → completed → amended and nothing else, whatever the order of the steps", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 14 }), async (steps) => {
        runs += 1;
        const { patientId } = world.take("treated");
        const { id } = await world.call("encounters", "startEncounter", { patientId, key: freshKey() }, doctor);
        const model: Model = { status: "open", version: 1, observations: 0, diagnoses: 0, notes: [] };
        for (const step of steps) {
          const read = { ...model };
          const expected = step.expected(model);
          expect([step.name, await refusal(step.call(id, read))]).toEqual([step.name, expected]);
        }
        const visit = await world.call("encounters", "getEncounter", { encounterId: id }, doctor);
        expect(visit.encounter).toMatchObject({ status: model.status, version: model.version });
        expect(visit.encounter.completedAt === null).toBe(model.status === "open");
        expect(visit.observations).toHaveLength(model.observations);
        expect(visit.diagnoses).toHaveLength(model.diagnoses);
        expect(visit.notes.map((note) => note.kind)).toEqual(model.notes);
      }),
      { numRuns: 40 },
    );
    console.info(`encounter state machine: ${runs} random lives agree with the model`);
  });
});
