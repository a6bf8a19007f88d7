import { substanceKey } from "@main/features/patients/chart-rules.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { naughtyStrings, ownNaughtyStrings } from "../world/shared-data.ts";
import { admin, type CareWorld, doctor, freshKey, openCareWorld, otherDoctor, refusal } from "./care-world.ts";

/** Also what no store may keep as it is, and what is too long. */
const beyond = ["\uD800", "x".repeat(30_000)];
const texts = [...beyond, ...naughtyStrings];
/** For what goes one after another: our own, which come first, and every third of the list. */
const some = texts.filter((_text, at) => at < beyond.length + ownNaughtyStrings.length || at % 3 === 0);

let world: CareWorld;
beforeAll(async () => {
  world = await openCareWorld({ treated: { treatedBy: ["D000001"] } });
});
afterAll(() => world.close());

const begin = async () => {
  const { patientId } = world.take("treated");
  return { ...(await world.call("encounters", "startEncounter", { patientId, key: freshKey() }, doctor)) };
};

/**
 * Sends each text to a field. It is kept as it was typed (a line without the space around it), or refused by name with
 * nothing kept. `send` answers what was kept; `atOnce` says how many are sent at the same time.
 */
async function tryAll(fields: string[], send: (text: string) => Promise<string | null>, atOnce = 16, given = texts): Promise<void> {
  const wrong: string[] = [];
  let kept = 0;
  const one = async (text: string) => {
    let answer: string | null = null;
    const code = await refusal(
      send(text).then((sent) => {
        answer = sent;
      }),
    );
    if (code === "ok" && (answer === text || answer === text.trim())) kept += 1;
    else if (!fields.some((field) => code === `invalid-input ${field}`)) wrong.push(`${JSON.stringify(text.slice(0, 60))}: ${code}`);
  };
  for (let at = 0; at < given.length; at += atOnce) await Promise.all(given.slice(at, at + atOnce).map(one));
  expect(wrong).toEqual([]);
  expect(kept).toBeGreaterThan(given.length / 2);
}

describe("naughty strings", { timeout: 120_000 }, () => {
  it("as the reason of a visit", async () => {
    const { patientId } = world.take("treated");
    await tryAll(["reason"], async (reason) => {
      return (await world.call("encounters", "startEncounter", { patientId, reason, key: freshKey() }, doctor)).reason;
    });
    const { items, total } = await world.call("encounters", "listEncounters", { patientId, pageSize: 1000 }, doctor);
    expect(items).toHaveLength(total);
  });

  it("as words, kind and unit of an observation", async () => {
    const { id: encounterId } = await begin();
    const observe = (input: { kind?: string; text?: string; unit?: string; value?: number }) =>
      world.call("encounters", "recordObservation", { encounterId, kind: "finding", key: freshKey(), ...input }, doctor);
    const sent: (string | null)[] = [];
    await tryAll(["text"], async (text) => {
      const { text: given } = await observe({ text });
      sent.push(given);
      return given;
    });
    await tryAll(["kind"], async (kind) => (await observe({ kind, value: 1 })).kind);
    const short = texts.filter((text) => text.length <= 20);
    await tryAll(["unit"], async (unit) => (await observe({ unit, value: 1 })).unit, 16, short);
    const read = await world.call("encounters", "getEncounter", { encounterId }, doctor);
    const words = read.observations.flatMap((found) => (found.text === null ? [] : [found.text]));
    expect(words.sort()).toEqual(sent.sort());
  });

  it("as a note and its draft", async () => {
    const { id: encounterId } = await begin();
    const note = (text: string) => ({ complaint: text, examination: text, plan: text });
    const fields = ["sections", "sections.complaint"];
    let revision = 0;
    const drafted = async (text: string) => {
      revision += 1;
      await world.call("encounters", "saveDraft", { encounterId, sections: note(text), revision }, doctor);
      const { draft } = await world.call("encounters", "getDraft", { encounterId }, doctor);
      return draft?.sections.plan ?? null;
    };
    await tryAll(fields, drafted, 1, some);
    const plans: string[] = [];
    await tryAll(fields, async (text) => {
      const signed = await world.call("encounters", "writeNote", { encounterId, sections: note(text), key: freshKey() }, doctor);
      plans.push(signed.sections.plan);
      return signed.sections.complaint;
    });
    const read = await world.call("encounters", "getEncounter", { encounterId }, doctor);
    expect(read.notes.map((one) => one.sections.plan).sort()).toEqual(plans.sort());
  });

  it("as the reason of an amendment", async () => {
    const { id: encounterId } = await begin();
    await world.call("encounters", "completeEncounter", { encounterId, version: 1 }, doctor);
    let version = 2;
    const amend = async (reason: string) => {
      const sections = { complaint: "x", examination: "", plan: "" };
      const amended = await world.call("encounters", "amendEncounter", { encounterId, version, sections, reason, key: freshKey() }, doctor);
      version += 1;
      return amended.reason;
    };
    await tryAll(["reason"], amend, 1, some);
    const { encounter } = await world.call("encounters", "getEncounter", { encounterId }, doctor);
    expect(encounter).toMatchObject({ version, noteCount: version - 2 });
  });

  it("as substance, reaction and reason of voiding", async () => {
    const { patientId } = world.take("treated");
    const meets = (one: string, other: string) => substanceKey(one) === substanceKey(other.trim());
    const recorded = new Map<string, string>();
    await tryAll(
      ["substance", "reaction"],
      async (text) => {
        if ([...recorded.keys()].some((before) => meets(before, text))) return text;
        const { allergies } = await world.call(
          "patients",
          "recordAllergy",
          { patientId, substance: text, reaction: text, severity: "mild" },
          doctor,
        );
        const made = allergies.find((one) => meets(one.substance, text));
        if (made) recorded.set(made.substance, made.id);
        return made?.reaction ?? null;
      },
      1,
      some.filter((text) => text.length <= 120),
    );
    const ids = [...recorded.values()];
    const voided = async (reason: string) => {
      const allergyId = ids.pop();
      if (!allergyId) return reason;
      const answer = world.call("patients", "voidAllergy", { patientId, allergyId, reason }, doctor);
      return (await answer).allergies.find((one) => one.id === allergyId)?.voided?.reason ?? null;
    };
    await tryAll(["reason"], voided, 4);
    const { allergies } = await world.call("patients", "getChart", { patientId }, doctor);
    expect(allergies.map((one) => one.substance).sort()).toEqual([...recorded.keys()].sort());
  });

  it("as the reason of break-glass", async () => {
    const { patientId } = world.take("treated");
    const reasons: string[] = [];
    await tryAll(["reason"], async (reason) => {
      await world.call("patients", "breakGlass", { patientId, reason }, otherDoctor);
      reasons.push(reason.trim());
      return reason;
    });
    const { items } = await world.call("reports", "listBreakGlass", { limit: 500 }, admin);
    expect(items.map((grant) => grant.reason).sort()).toEqual(reasons.sort());
  });

  it("as a search and as a code find nothing or something, and never fail", async () => {
    const { id: encounterId, patientId } = await begin();
    const answers = async (text: string) => [
      await refusal(world.call("encounters", "searchConditions", { text }, doctor)),
      await refusal(world.call("encounters", "recordDiagnosis", { encounterId, code: text, key: freshKey() }, doctor)),
      await refusal(world.call("patients", "recordCondition", { patientId, code: text }, doctor)),
    ];
    const given = await Promise.all(texts.map(answers));
    for (const [at, text] of texts.entries()) {
      const [found, ...codes] = given[at] as string[];
      expect(["ok", "invalid-input text"]).toContain(found);
      expect([text, ...codes]).toEqual([text, "invalid-input code", "invalid-input code"]);
    }
  });
});
