import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "./care-world.ts";
import { type ChatWorld, eventsOf, openChatWorld, type Patient, type Somebody } from "./messaging-world.ts";

let world: ChatWorld;
beforeAll(async () => {
  world = await openChatWorld();
});
afterAll(() => world.close());

async function talk(...texts: string[]): Promise<{ patient: Patient; id: string; messages: { id: string; seq: number }[] }> {
  const patient = await world.newPatient();
  const id = await world.open(patient, world.doctor);
  const messages = [];
  for (const text of texts) messages.push(await world.say(patient, id, text));
  return { patient, id, messages };
}
const messagesOf = async (viewer: Somebody, conversationId: string) =>
  (await world.call("messaging", "listMessages", { conversationId }, viewer)).items;
async function unread(viewer: Somebody, id: string) {
  const { items } = await world.call("messaging", "listConversations", {}, viewer);
  return items.find((conversation) => conversation.id === id)?.unread;
}
const markRead = (viewer: Somebody, conversationId: string, seq: number) =>
  world.call("messaging", "markRead", { conversationId, seq }, viewer);
const markUnread = (viewer: Somebody, conversationId: string, seq: number) =>
  world.call("messaging", "markUnread", { conversationId, seq }, viewer);

describe("unread", () => {
  it("is what lies beyond what was read, and does not go below or beyond the conversation", async () => {
    const { id } = await talk("one", "two", "three");
    expect(await unread(world.doctor, id)).toBe(3);
    expect(await markRead(world.doctor, id, 2)).toEqual({ unread: 1 });
    // A screen that is behind does not take back what another has read.
    expect(await markRead(world.doctor, id, 1)).toEqual({ unread: 1 });
    expect(await markRead(world.doctor, id, 2_000_000)).toEqual({ unread: 0 });
    expect(await unread(world.doctor, id)).toBe(0);
  });

  it("counts again from a message on, and never hides what was unread before it", async () => {
    const { id } = await talk("one", "two", "three");
    await markRead(world.doctor, id, 3);
    expect(await markUnread(world.doctor, id, 2)).toEqual({ unread: 2 });
    expect(await markUnread(world.doctor, id, 3)).toEqual({ unread: 2 });
    expect(await refusal(markUnread(world.doctor, id, 4))).toBe("invalid-input seq");
    expect(await unread(world.doctor, id)).toBe(2);
    expect(await markRead(world.doctor, id, 3)).toEqual({ unread: 0 });
  });

  it("is over for the sender with what they send, and sums up over the conversations", async () => {
    const { patient, id } = await talk("one", "two");
    const before = (await world.call("messaging", "listConversations", {}, world.doctor)).unread;
    await world.say(world.doctor, id, "answer");
    expect(await unread(world.doctor, id)).toBe(0);
    expect(await unread(patient, id)).toBe(1);
    expect((await world.call("messaging", "listConversations", {}, world.doctor)).unread).toBe(before - 2);
  });

  it("shows each how far the other has read", async () => {
    const { patient, id } = await talk("one", "two");
    const told = await eventsOf(world, patient, () => markRead(world.doctor, id, 1));
    expect(told).toEqual([{ type: "messaging.read", conversationId: id, userId: world.doctor.userId, seq: 1 }]);
    const { items } = await world.call("messaging", "listConversations", {}, patient);
    const read = new Map<string, number>(items[0]?.read.map(({ userId, seq }) => [userId, seq]));
    expect([read.get(patient.userId), read.get(world.doctor.userId)]).toEqual([2, 1]);
  });
});

describe("the list of conversations", () => {
  it("has the latest activity first", async () => {
    const [a, b] = [await talk("a"), await talk("b")];
    const order = async () => {
      const { items } = await world.call("messaging", "listConversations", {}, world.doctor);
      return items.map(({ id }) => id).filter((id) => id === a.id || id === b.id);
    };
    world.clock.advance(60);
    await world.say(b.patient, b.id, "later");
    expect(await order()).toEqual([b.id, a.id]);
    world.clock.advance(60);
    await world.say(a.patient, a.id, "latest");
    expect(await order()).toEqual([a.id, b.id]);
  });
});

describe("search", () => {
  const found = async (viewer: Somebody, text: string, conversationId?: string) =>
    (await world.call("messaging", "search", { text, ...(conversationId ? { conversationId } : {}) }, viewer)).items.map(
      (message) => message.text,
    );

  it("finds words in any order and spelling, Arabic and Latin digits alike, newest first, in one's own conversations alone", async () => {
    const { patient, id } = await talk("الصداعُ منذ ٣ أيام", "Déjà vu: dose of 5 mg", "two doses of 5mg, then rest", "😀😀");
    const elsewhere = await talk("another dose of 5 mg");
    expect(await found(patient, "صداع")).toEqual(["الصداعُ منذ ٣ أيام"]);
    expect(await found(patient, "3 ايام")).toEqual(["الصداعُ منذ ٣ أيام"]);
    expect(await found(patient, "5 DOSE")).toEqual(["two doses of 5mg, then rest", "Déjà vu: dose of 5 mg"]);
    expect(await found(patient, "deja")).toEqual(["Déjà vu: dose of 5 mg"]);
    expect(await found(patient, "nothing like it")).toEqual([]);
    expect(await found(patient, "😀😀")).toEqual([]);
    expect(await found(world.doctor, "dose", id)).toHaveLength(2);
    expect(await found(world.doctor, "dose of 5")).toEqual(expect.arrayContaining(["another dose of 5 mg", "Déjà vu: dose of 5 mg"]));
    expect(await found(elsewhere.patient, "dose")).toEqual(["another dose of 5 mg"]);
    expect(await found(world.otherDoctor, "dose")).toEqual([]);
  });

  it("answers the limit's newest, and takes what looks like a pattern as text", async () => {
    const { patient } = await talk("100% sure", "apple 1", "apple 2", "apple 3");
    const { items } = await world.call("messaging", "search", { text: "apple", limit: 2 }, patient);
    expect(items.map((message) => message.text)).toEqual(["apple 3", "apple 2"]);
    expect(await found(patient, "100%")).toEqual(["100% sure"]);
  });
});

describe("withdrawing", () => {
  it("takes what was said away for everyone and leaves that it was said", async () => {
    const { patient, id, messages } = await talk("keep", "take back");
    const messageId = messages[1]?.id ?? "";
    const told = await eventsOf(world, world.doctor, async () => {
      const answer = await world.call("messaging", "withdraw", { messageId }, patient);
      expect(answer).toMatchObject({ id: messageId, seq: 2, text: null, image: null, withdrawnAt: world.clock.now() });
      expect(await world.call("messaging", "withdraw", { messageId }, patient)).toEqual(answer);
    });
    expect(told).toEqual([{ type: "messaging.messageWithdrawn", conversationId: id, messageId }]);
    expect((await messagesOf(world.doctor, id)).map(({ seq, text }) => [seq, text])).toEqual([
      [1, "keep"],
      [2, null],
    ]);
    const { items } = await world.call("messaging", "listConversations", {}, world.doctor);
    expect(items.find((conversation) => conversation.id === id)?.last).toMatchObject({
      seq: 2,
      text: null,
      withdrawnAt: expect.any(String),
    });
    expect((await world.call("messaging", "search", { text: "take back" }, patient)).items).toEqual([]);
    const trail = await world.call("reports", "auditLog", { limit: 200 }, world.clinic.users.admin);
    const line = trail.items.find(({ action, outcome }) => action === "messaging.withdraw" && outcome === "ok");
    expect(line).toMatchObject({ actorId: patient.userId, subject: { messageId, conversationId: id } });
    expect(JSON.stringify(trail)).not.toContain("take back");
  });

  it("is the sender's alone", async () => {
    const { id, messages } = await talk("mine");
    const messageId = messages[0]?.id ?? "";
    expect(await refusal(world.call("messaging", "withdraw", { messageId }, world.doctor))).toBe("forbidden");
    expect(await messagesOf(world.doctor, id)).toMatchObject([{ text: "mine", withdrawnAt: null }]);
  });

  it("answers a retry of the sending with the withdrawn message's place, and brings nothing back", async () => {
    const { patient, id } = await talk();
    const first = await world.say(patient, id, "once", "mark-withdrawn-1");
    await world.call("messaging", "withdraw", { messageId: first.id }, patient);
    expect(await world.say(patient, id, "once", "mark-withdrawn-1")).toEqual(first);
    expect(await messagesOf(patient, id)).toMatchObject([{ text: null }]);
  });
});
