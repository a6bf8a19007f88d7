import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { naughtyStrings } from "../world/shared-data.ts";
import { refusal } from "./care-world.ts";
import { type ChatWorld, eventsOf, mark, openChatWorld, type Patient, type Somebody } from "./messaging-world.ts";

let world: ChatWorld;
beforeAll(async () => {
  world = await openChatWorld({ liftRateLimits: true });
});
afterAll(() => world.close());

interface Talk {
  patient: Patient;
  id: string;
}
/** A conversation of a new patient with the doctor, with so many messages of the patient in it. */
async function talk(messages = 0): Promise<Talk> {
  const patient = await world.newPatient();
  const id = await world.open(patient, world.doctor);
  for (let at = 1; at <= messages; at += 1) await world.say(patient, id, `message ${at}`);
  return { patient, id };
}
const page = (viewer: Somebody, conversationId: string, range: { before?: number; after?: number; limit?: number } = {}) =>
  world.call("messaging", "listMessages", { conversationId, ...range }, viewer);
const seqs = ({ items }: { items: { seq: number }[] }) => items.map(({ seq }) => seq);
async function own(viewer: Somebody, id: string) {
  const found = (await world.call("messaging", "listConversations", {}, viewer)).items.find((conversation) => conversation.id === id);
  if (!found) throw new Error("the conversation is not listed");
  return found;
}

describe("sending", () => {
  it("numbers messages without gaps, to both alike, and reads the sender's own", async () => {
    const { patient, id } = await talk();
    const first = await world.say(patient, id, "good morning");
    const second = await world.say(world.doctor, id, "good morning to you");
    expect([first.seq, second.seq]).toEqual([1, 2]);
    const seen = await page(patient, id);
    expect(await page(world.doctor, id)).toEqual(seen);
    expect(seen).toMatchObject({
      items: [
        { seq: 1, senderId: patient.userId, kind: "text", text: "good morning", image: null, withdrawnAt: null, fileId: null },
        { seq: 2, senderId: world.doctor.userId, text: "good morning to you" },
      ],
      hasEarlier: false,
      hasLater: false,
    });
    expect(await own(patient, id)).toMatchObject({ seq: 2, unread: 1, last: { seq: 2, text: "good morning to you" }, canSend: true });
    expect(await own(world.doctor, id)).toMatchObject({ unread: 0, lastActivityAt: second.sentAt });
  });

  it("answers a retry with the first message, and refuses something else under the same mark", async () => {
    const { patient, id } = await talk();
    const other = await talk();
    const clientId = mark();
    const first = await world.say(patient, id, "once", clientId);
    const [again, ...more] = await Promise.all(Array.from({ length: 6 }, () => world.say(patient, id, "once", clientId)));
    expect([again, ...more]).toEqual(Array(6).fill(first));
    expect(await refusal(world.say(patient, id, "twice", clientId))).toBe("conflict clientId");
    // The same mark of somebody else is another mark.
    expect((await world.say(world.doctor, id, "mine", clientId)).seq).toBe(2);
    expect(await refusal(world.say(world.doctor, other.id, "mine", clientId))).toBe("conflict clientId");
    expect(seqs(await page(patient, id))).toEqual([1, 2]);
    expect(seqs(await page(other.patient, other.id))).toEqual([]);
  });

  it("puts 64 at once in one order without gaps, one for each mark", async () => {
    const { patient, id } = await talk();
    const marks = Array.from({ length: 32 }, mark);
    const sent = await Promise.all(
      [...marks, ...marks].flatMap((clientId) => [
        world.say(patient, id, `from the patient ${clientId}`, clientId),
        world.say(world.doctor, id, `from the doctor ${clientId}`, clientId),
      ]),
    );
    const { items } = await page(patient, id, { limit: 200 });
    expect(seqs({ items })).toEqual(Array.from({ length: 64 }, (_, at) => at + 1));
    expect(new Set(items.map(({ senderId, clientId }) => `${senderId} ${clientId}`)).size).toBe(64);
    expect(new Set(sent.map((message) => message.id)).size).toBe(64);
    for (const message of sent) expect(items[message.seq - 1]?.id).toBe(message.id);
    expect(await own(patient, id)).toMatchObject({ seq: 64 });
  });

  it("never dates a message before the one it follows, whatever the clock does", async () => {
    const { patient, id } = await talk();
    const now = world.clock.now();
    for (const [text, hours] of [
      ["now", 0],
      ["a day ahead", 24],
      ["back", 0],
      ["a day back", -24],
    ] as const) {
      world.clock.set(new Date(Date.parse(now) + hours * 3_600_000).toISOString());
      await world.say(patient, id, text);
    }
    world.clock.set(now);
    const { items } = await page(world.doctor, id);
    expect(items.map(({ text }) => text)).toEqual(["now", "a day ahead", "back", "a day back"]);
    expect(items.map(({ sentAt }) => sentAt)).toEqual(items.map(({ sentAt }) => sentAt).toSorted());
    expect((await own(patient, id)).lastActivityAt).toBe(items[3]?.sentAt);
  });

  it("keeps every naughty string as it was typed, or refuses it by name", async () => {
    const texts = ["x".repeat(4000), " around ", ...naughtyStrings];
    const { patient, id } = await talk();
    const kept: string[] = [];
    for (const text of texts) {
      const code = await refusal(world.say(patient, id, text));
      const cannotBeSent = text.trim() === "" || text.includes("\0") || !text.isWellFormed() || text.length > 4000;
      expect([text, code]).toEqual([text, cannotBeSent ? "invalid-input text" : "ok"]);
      if (code === "ok") kept.push(text);
    }
    const read: (string | null)[] = [];
    for (let after = 0; ; after += 200) {
      const { items, hasLater } = await page(world.doctor, id, { after, limit: 200 });
      read.push(...items.map(({ text }) => text));
      if (!hasLater) break;
    }
    expect(read).toEqual(kept);
    expect(kept.length).toBeGreaterThan(4);
  });

  it.each([
    ["empty", ""],
    ["only space", " \n\t "],
    ["too long", "x".repeat(4001)],
    ["with a NUL", "a\0b"],
    ["half a character", "\uD800"],
  ])("refuses a text that is %s and leaves nothing", async (_what, text) => {
    const { patient, id } = await talk();
    expect(await refusal(world.say(patient, id, text))).toBe("invalid-input text");
    expect((await page(patient, id)).items).toEqual([]);
  });
});

describe("pages", () => {
  it("go from the newest to the earliest and back, each message once", async () => {
    const { patient, id } = await talk(23);
    const newest = await page(patient, id, { limit: 10 });
    expect([seqs(newest), newest.hasEarlier, newest.hasLater]).toEqual([[14, 15, 16, 17, 18, 19, 20, 21, 22, 23], true, false]);
    const earlier = await page(patient, id, { before: 14, limit: 10 });
    expect([seqs(earlier), earlier.hasEarlier, earlier.hasLater]).toEqual([[4, 5, 6, 7, 8, 9, 10, 11, 12, 13], true, true]);
    const first = await page(patient, id, { before: 4, limit: 10 });
    expect([seqs(first), first.hasEarlier, first.hasLater]).toEqual([[1, 2, 3], false, true]);
    const later = await page(patient, id, { after: 3, limit: 10 });
    expect([seqs(later), later.hasEarlier, later.hasLater]).toEqual([[4, 5, 6, 7, 8, 9, 10, 11, 12, 13], true, true]);
    const between = await page(patient, id, { after: 20, before: 23 });
    expect([seqs(between), between.hasEarlier, between.hasLater]).toEqual([[21, 22], true, true]);
  });

  it("say what lies beyond them also when they are empty", async () => {
    const { patient, id } = await talk();
    expect(await page(patient, id)).toEqual({ items: [], hasEarlier: false, hasLater: false });
    await world.say(patient, id, "one");
    expect(await page(patient, id, { before: 1 })).toEqual({ items: [], hasEarlier: false, hasLater: true });
    expect(await page(patient, id, { after: 1 })).toEqual({ items: [], hasEarlier: true, hasLater: false });
    expect(await page(patient, id, { after: 99 })).toEqual({ items: [], hasEarlier: true, hasLater: false });
  });
});

describe("to somebody who has no part in it", () => {
  it("a conversation and its messages do not exist, and nothing of it changes", async () => {
    const { patient, id } = await talk(2);
    const [message] = (await page(patient, id)).items;
    const messageId = message?.id ?? "";
    const before = [await page(patient, id), await own(world.doctor, id)];
    for (const stranger of [await world.newPatient(), world.otherDoctor, world.clinic.users.admin, world.clinic.users.nurse]) {
      const tried = await Promise.all([
        refusal(page(stranger, id)),
        refusal(world.say(stranger, id, "let me in")),
        refusal(world.call("messaging", "sendImage", { conversationId: id, image: "AAAA", clientId: mark() }, stranger)),
        refusal(world.call("messaging", "markRead", { conversationId: id, seq: 2 }, stranger)),
        refusal(world.call("messaging", "markUnread", { conversationId: id, seq: 1 }, stranger)),
        refusal(world.call("messaging", "search", { conversationId: id, text: "message" }, stranger)),
      ]);
      expect(tried).toEqual(Array(6).fill("not-found conversationId"));
      expect(await refusal(world.call("messaging", "withdraw", { messageId }, stranger))).toBe("not-found messageId");
      expect(await refusal(world.call("messaging", "getImage", { messageId }, stranger))).toBe("not-found messageId");
      expect((await world.call("messaging", "search", { text: "message" }, stranger)).items).toEqual([]);
    }
    expect([await page(patient, id), await own(world.doctor, id)]).toEqual(before);
  });
});

describe("events", () => {
  it("tell both, with ids alone, once a message, in the order of the messages", async () => {
    const { patient, id } = await talk();
    const clientId = mark();
    const told = eventsOf(world, world.doctor, async () => {
      await Promise.all([world.say(patient, id, "secret one", clientId), world.say(patient, id, "secret one", clientId)]);
      await world.say(world.doctor, id, "secret two");
      await world.call("messaging", "markRead", { conversationId: id, seq: 2 }, patient);
    });
    const events = (await told).filter((event) => (event as { type: string }).type.startsWith("messaging."));
    const { items } = await page(patient, id);
    expect(events).toEqual([
      { type: "messaging.messageSent", conversationId: id, messageId: items[0]?.id, seq: 1 },
      { type: "messaging.messageSent", conversationId: id, messageId: items[1]?.id, seq: 2 },
      { type: "messaging.read", conversationId: id, userId: patient.userId, seq: 2 },
    ]);
    expect(JSON.stringify(events)).not.toContain("secret");
  });
});
