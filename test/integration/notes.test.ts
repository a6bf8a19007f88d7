import { drafts } from "@main/data/documents/collections.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld } from "../world/open-world.ts";
import { type CareWorld, doctor, freshKey, NOW, nurse, openBareStores, openCareWorld, otherDoctor, refusal } from "./care-world.ts";

let world: CareWorld;
beforeAll(async () => {
  world = await openCareWorld({ treated: { treatedBy: ["D000001"] } });
});
afterAll(() => world.close());

const note = (complaint: string) => ({ complaint, examination: "", plan: "" });
const begin = async (of = world) => {
  const { patientId } = of.take("treated");
  return (await of.call("encounters", "startEncounter", { patientId, key: freshKey() }, doctor)).id;
};
const save = (encounterId: string, complaint: string, revision: number, as = doctor) =>
  world.call("encounters", "saveDraft", { encounterId, sections: note(complaint), revision }, as);
const draftOf = async (encounterId: string, as = doctor) => (await world.call("encounters", "getDraft", { encounterId }, as)).draft;
const sign = (encounterId: string, complaint: string, key = freshKey(), as = doctor) =>
  world.call("encounters", "writeNote", { encounterId, sections: note(complaint), key }, as);

describe("drafts", () => {
  it("are one a person and visit, and the newest revision wins", async () => {
    const id = await begin();
    expect(await draftOf(id)).toBeNull();
    expect(await save(id, "Co", 1)).toEqual({ revision: 1, savedAt: NOW });
    expect(await save(id, "Cough", 5)).toEqual({ revision: 5, savedAt: NOW });
    expect(await refusal(save(id, "Cou", 4))).toBe("changed-meanwhile revision");
    expect(await refusal(save(id, "Another window", 5))).toBe("changed-meanwhile revision");
    expect(await save(id, "Cough", 5)).toEqual({ revision: 5, savedAt: NOW });
    await save(id, "The nurse's own", 1, nurse);
    expect(await draftOf(id)).toEqual({ sections: note("Cough"), revision: 5, savedAt: NOW });
    expect(await draftOf(id, nurse)).toMatchObject({ sections: note("The nurse's own") });
  });

  it("end at the highest revision, in whatever order they arrive", async () => {
    const id = await begin();
    const revisions = Array.from({ length: 30 }, (_, at) => ((at * 7) % 30) + 1);
    const results = await Promise.all(revisions.map((revision) => refusal(save(id, `Text ${revision}`, revision))));
    expect(new Set(results).size).toBeLessThanOrEqual(2);
    expect(results.every((result) => result === "ok" || result === "changed-meanwhile revision")).toBe(true);
    expect(await draftOf(id)).toMatchObject({ sections: note("Text 30"), revision: 30 });
  });

  it("are gone with the signature, and a new one begins anew", async () => {
    const id = await begin();
    await save(id, "Cough for a week", 9);
    await sign(id, "Cough for a week");
    expect(await draftOf(id)).toBeNull();
    expect(await save(id, "An afterthought", 1)).toMatchObject({ revision: 1 });
    expect(await draftOf(id)).toMatchObject({ sections: note("An afterthought") });
  });

  it("stay when the signature is refused", async () => {
    const id = await begin();
    await save(id, "Cough", 1);
    expect(await refusal(sign(id, "  \n "))).toBe("invalid-input sections");
    await world.call("encounters", "completeEncounter", { encounterId: id, version: 1 }, doctor);
    expect(await refusal(sign(id, "Cough"))).toBe("invalid-transition");
    expect(await draftOf(id)).toMatchObject({ revision: 1 });
    expect((await world.call("encounters", "getEncounter", { encounterId: id }, doctor)).notes).toEqual([]);
  });

  it("serve an amendment too, and go with it", async () => {
    const id = await begin();
    await world.call("encounters", "completeEncounter", { encounterId: id, version: 1 }, doctor);
    await save(id, "Forgot the dose", 3);
    const amendment = { encounterId: id, version: 2, sections: note("Forgot the dose"), reason: "Dose", key: freshKey() };
    await world.call("encounters", "amendEncounter", amendment, doctor);
    expect(await draftOf(id)).toBeNull();
  });

  it("keep to the person and their care", async () => {
    const id = await begin();
    expect(await refusal(save(id, "x", 1, otherDoctor))).toBe("care-edge-required");
    expect(await refusal(draftOf(id, otherDoctor))).toBe("care-edge-required");
    expect(await refusal(save("E999999", "x", 1))).toBe("not-found encounterId");
    expect(await draftOf(id)).toBeNull();
  });
});

describe("signing", () => {
  it("answers a retry with the first note", async () => {
    const id = await begin();
    const key = freshKey();
    const notes = await Promise.all(Array.from({ length: 6 }, () => sign(id, "Once", key)));
    expect(new Set(notes.map((one) => one.id)).size).toBe(1);
    expect(notes[0]).toMatchObject({ kind: "note", reason: null, writtenAt: NOW, writtenBy: "The doctor", sections: note("Once") });
    expect(await refusal(sign(await begin(), "Once", key))).toBe("conflict key");
  });

  it("does not pass off other words as signed under a key that was used, and keeps their draft", async () => {
    const id = await begin();
    const key = freshKey();
    await sign(id, "Once", key);
    await save(id, "Once, and what came to mind after", 2);
    expect(await refusal(sign(id, "Once, and what came to mind after", key))).toBe("conflict key");
    expect(await draftOf(id)).toMatchObject({ revision: 2 });
  });

  it("leaves a draft behind in a crash that nobody sees again, and that does not stop the next one", async () => {
    const other = await openCareWorld({ treated: { treatedBy: ["D000001"] } });
    const id = await begin(other);
    await other.call("encounters", "writeNote", { encounterId: id, sections: note("Signed"), key: freshKey() }, doctor);
    await other.app.close();
    // What a crash between the note and the removal of its draft leaves.
    const stores = await openBareStores(other.folder);
    const draftId = `${doctor.userId}|${id}`;
    const left = { id: draftId, encounterId: id, userId: doctor.userId, sections: note("Signed"), revision: 40, savedAt: NOW };
    await stores.documents.collection(drafts).insert(left);
    await stores.close();
    const again = await openWorld({ folder: other.folder, clockAt: NOW });
    expect((await again.call("encounters", "getDraft", { encounterId: id }, doctor)).draft).toBeNull();
    const fresh = { encounterId: id, sections: note("More"), revision: 1 };
    expect(await again.call("encounters", "saveDraft", fresh, doctor)).toMatchObject({ revision: 1 });
    expect((await again.call("encounters", "getDraft", { encounterId: id }, doctor)).draft).toMatchObject({ sections: note("More") });
    await again.close();
    await other.close();
  });
});
