import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_PASSWORD } from "../world/clinic-with.ts";
import { refusal } from "./care-world.ts";
import { type ChatWorld, eventsOf, mark, openChatWorld, type Somebody } from "./messaging-world.ts";

let world: ChatWorld;
beforeAll(async () => {
  world = await openChatWorld();
});
afterAll(() => world.close());

const contacts = async (viewer: Somebody, text?: string) =>
  (await world.call("messaging", "listContacts", { limit: 200, ...(text === undefined ? {} : { text }) }, viewer)).items;
const names = async (viewer: Somebody) => (await contacts(viewer)).map((contact) => contact.userId);
const open = (viewer: Somebody, userId: string) => refusal(world.call("messaging", "openConversation", { userId }, viewer));
const list = async (viewer: Somebody) => (await world.call("messaging", "listConversations", {}, viewer)).items;

describe("who may write to whom", () => {
  it("joins a doctor and a patient by an appointment, in both directions, and nobody else", async () => {
    const patient = await world.newPatient();
    expect(await names(patient)).toEqual([world.doctor.userId]);
    expect(await names(world.doctor)).toContain(patient.userId);
    expect(await names(world.otherDoctor)).not.toContain(patient.userId);
    expect(await open(patient, world.otherDoctor.userId)).toBe("not-joined");
    expect(await open(world.otherDoctor, patient.userId)).toBe("not-joined");
    expect(await open(patient, world.clinic.users.nurse.userId)).toBe("not-joined");
    expect(await open(world.clinic.users.reception, patient.userId)).toBe("not-joined");
    expect(await open(patient, (await world.newPatient()).userId)).toBe("not-joined");
    expect(await list(patient)).toEqual([]);
    expect(await list(world.otherDoctor)).toEqual([]);
  });

  it("lets the staff write to one another, whatever they do, and not to themselves", async () => {
    const researcher = await world.newStaff(["researcher"]);
    const found = await names(researcher);
    for (const other of [world.doctor, world.otherDoctor, ...Object.values(world.clinic.users)]) expect(found).toContain(other.userId);
    expect(found).not.toContain(researcher.userId);
    expect(await open(researcher, researcher.userId)).toBe("not-joined");
    expect(await open(world.clinic.users.admin, researcher.userId)).toBe("ok");
    expect(await open(researcher, "00000000-0000-4000-8000-000000000000")).toBe("not-joined");
  });

  it("ends with the cancelled appointment: it can be read, not written, and not opened anew", async () => {
    const patient = await world.newPatient();
    const conversationId = await world.open(patient, world.doctor);
    const first = await world.say(patient, conversationId, "before", "mark-before-cancel");
    await world.cancel(patient);
    expect(await names(patient)).toEqual([]);
    const send = (from: Somebody) =>
      refusal(world.call("messaging", "sendText", { conversationId, text: "after", clientId: mark() }, from));
    expect([await send(patient), await send(world.doctor)]).toEqual(["not-joined", "not-joined"]);
    const image = { conversationId, image: "AAAA", clientId: mark() };
    expect(await refusal(world.call("messaging", "sendImage", image, patient))).toBe("not-joined");
    expect(await open(patient, world.doctor.userId)).toBe("not-joined");
    const { items } = await world.call("messaging", "listMessages", { conversationId }, patient);
    expect(items.map(({ text }) => text)).toEqual(["before"]);
    expect(await list(patient)).toMatchObject([{ id: conversationId, canSend: false, seq: 1 }]);
    // A retry of what was sent before is still answered with the first.
    expect(await world.say(patient, conversationId, "before", "mark-before-cancel")).toEqual(first);
    expect(await refusal(world.call("messaging", "withdraw", { messageId: first.id }, patient))).toBe("ok");
  });

  it("cannot write to an account that was deactivated", async () => {
    const leaver = await world.newStaff(["nurse"], { name: "Lea Leaver" });
    const conversationId = await world.open(world.doctor, leaver);
    const { items } = await world.call("staff", "listUsers", { text: "Lea Leaver" }, world.clinic.users.admin);
    const fresh = { ...world.clinic.users.admin, reauthenticatedAt: world.clock.now() };
    await world.call("staff", "deactivateUser", { userId: leaver.userId, version: items[0]?.version ?? 0 }, fresh);
    expect(await names(world.doctor)).not.toContain(leaver.userId);
    expect(await refusal(world.say(world.doctor, conversationId, "are you there?"))).toBe("not-joined");
    expect((await list(world.doctor)).find(({ id }) => id === conversationId)).toMatchObject({ canSend: false, seq: 0 });
  });

  it("gives a person of several roles the sum of them, and tells only their doctor that a colleague is a patient", async () => {
    const patient = await world.newPatient();
    const { items } = await world.call("staff", "listUsers", { text: patient.username }, world.clinic.users.admin);
    const fresh = { ...world.clinic.users.admin, reauthenticatedAt: world.clock.now() };
    const roles = { userId: patient.userId, version: items[0]?.version ?? 0, roles: ["patient" as const, "cashier" as const] };
    await world.call("staff", "setRoles", roles, fresh);
    const both = await world.signIn(patient.username, TEST_PASSWORD);
    const found = await names(both);
    expect(found).toEqual(expect.arrayContaining([world.doctor.userId, world.clinic.users.nurse.userId]));
    const as = async (viewer: Somebody) => (await contacts(viewer)).find(({ userId }) => userId === both.userId);
    expect(await as(world.doctor)).toMatchObject({ roles: ["patient", "cashier"], patientId: patient.patientId });
    expect(await as(world.otherDoctor)).toMatchObject({ roles: ["cashier"], patientId: null });
    expect(await as(world.clinic.users.nurse)).toMatchObject({ roles: ["cashier"], patientId: null });
  });

  it("shows a patient's id to the doctor alone", async () => {
    const patient = await world.newPatient();
    const ofDoctor = (await contacts(world.doctor)).find(({ userId }) => userId === patient.userId);
    expect(ofDoctor).toMatchObject({ patientId: patient.patientId, roles: ["patient"], conversationId: null });
    const [ofPatient] = await contacts(patient);
    expect(ofPatient).toMatchObject({ userId: world.doctor.userId, patientId: null, roles: ["doctor"] });
    const conversation = await world.call("messaging", "openConversation", { userId: world.doctor.userId }, patient);
    expect(conversation.participants.map(({ userId, patientId }) => [userId, patientId])).toEqual([
      [world.doctor.userId, null],
      [patient.userId, null],
    ]);
    const [seen] = (await list(world.doctor)).filter(({ id }) => id === conversation.id);
    expect(seen?.participants[0]).toMatchObject({ userId: patient.userId, patientId: patient.patientId });
    expect((await contacts(world.doctor)).find(({ userId }) => userId === patient.userId)?.conversationId).toBe(conversation.id);
  });
});

describe("finding a contact", () => {
  it("by parts of a name in either script, sorted by name and cut to the limit", async () => {
    const layla = await world.newPatient({ name: "ليلى حدّاد" });
    await world.newPatient({ name: "Zain Zahra" });
    for (const text of ["layla", "ليلي", "حدا", "LAYLA haddad"]) {
      expect((await contacts(world.doctor, text)).map(({ userId }) => userId)).toEqual([layla.userId]);
    }
    expect(await contacts(world.doctor, "nobody of that name")).toEqual([]);
    const { items } = await world.call("messaging", "listContacts", { limit: 3 }, world.doctor);
    expect(items).toHaveLength(3);
    expect(items.map(({ displayName }) => displayName)).toEqual(
      items.map(({ displayName }) => displayName).toSorted((a, b) => a.localeCompare(b)),
    );
  });
});

describe("a contact's picture", () => {
  // One white pixel.
  const PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";
  const photo = (viewer: Somebody, userId: string) => world.call("messaging", "getContactPhoto", { userId }, viewer);

  it("is for contacts, for those one has a conversation with, and for oneself; of others there is none", async () => {
    const patient = await world.newPatient();
    await world.call("staff", "setProfileImage", { image: PIXEL }, patient);
    expect(await photo(world.doctor, patient.userId)).toEqual({ image: PIXEL });
    expect(await photo(patient, patient.userId)).toEqual({ image: PIXEL });
    expect((await contacts(world.doctor)).find(({ userId }) => userId === patient.userId)?.hasPhoto).toBe(true);
    expect(await refusal(photo(world.otherDoctor, patient.userId))).toBe("not-found userId");
    expect(await refusal(photo(await world.newPatient(), patient.userId))).toBe("not-found userId");
    await world.open(patient, world.doctor);
    await world.cancel(patient);
    expect(await photo(world.doctor, patient.userId)).toEqual({ image: PIXEL });
  });
});

describe("opening a conversation", () => {
  it("by both at once and again makes one", async () => {
    const patient = await world.newPatient();
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, at) => (at % 2 ? world.open(patient, world.doctor) : world.open(world.doctor, patient))),
    );
    expect(new Set([...ids, await world.open(patient, world.doctor)]).size).toBe(1);
    expect(await list(patient)).toHaveLength(1);
  });

  it("tells nobody who has no part in it", async () => {
    const patient = await world.newPatient();
    const told = await eventsOf(world, world.otherDoctor, async () => {
      const conversationId = await world.open(patient, world.doctor);
      await world.say(patient, conversationId, "hello");
    });
    expect(told).toEqual([]);
  });
});
