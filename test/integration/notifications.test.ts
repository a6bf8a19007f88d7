import { createEventBus } from "@main/app/event-bus.ts";
import { notifications as notificationsSpec } from "@main/data/documents/collections.ts";
import { createNotifications } from "@main/features/notifications/index.ts";
import { systemIds } from "@main/platform/ids.ts";
import type { RequestContext } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBareStores, refusal, viewer } from "./care-world.ts";
import { type ChatWorld, eventsOf, openChatWorld, type Somebody } from "./messaging-world.ts";

let world: ChatWorld;
beforeAll(async () => {
  world = await openChatWorld();
});
afterAll(() => world.close());

const inbox = (of: Somebody, input: { unreadOnly?: boolean; before?: string; limit?: number } = {}) =>
  world.call("notifications", "list", input, of);
const see = (of: Somebody, ids?: string[]) => world.call("notifications", "markRead", (ids ? { ids } : {}) as never, of);

describe("what a message tells its recipient", () => {
  it("is one notification that counts, without a name or a word, told to them alone", async () => {
    const patient = await world.newPatient();
    const id = await world.open(patient, world.doctor);
    const told = await eventsOf(world, patient, async () => {
      await world.say(world.doctor, id, "first secret");
      world.clock.advance(60);
      await world.say(world.doctor, id, "second secret");
    });
    const { items, unread } = await inbox(patient);
    expect(unread).toBe(1);
    expect(items).toEqual([{ id: expect.any(String), kind: "message", subjectId: id, count: 2, at: world.clock.now(), readAt: null }]);
    const added = { type: "notifications.added", notificationId: items[0]?.id, kind: "message", subjectId: id };
    expect(told.filter((event) => (event as { type: string }).type === "notifications.added")).toEqual([added, added]);
    expect(JSON.stringify([told, items])).not.toMatch(/secret|Dalia/);
    expect((await inbox(world.doctor, { unreadOnly: true })).items.filter(({ subjectId }) => subjectId === id)).toEqual([]);
    const others = await eventsOf(world, world.otherDoctor, () => world.say(world.doctor, id, "third"));
    expect(others).toEqual([]);
  });

  it("is seen once the conversation is read to its end, and begins anew with the next message", async () => {
    const patient = await world.newPatient();
    const id = await world.open(patient, world.doctor);
    await world.say(world.doctor, id, "one");
    await world.say(world.doctor, id, "two");
    await world.call("messaging", "markRead", { conversationId: id, seq: 1 }, patient);
    expect((await inbox(patient)).unread).toBe(1);
    await world.call("messaging", "markRead", { conversationId: id, seq: 2 }, patient);
    expect((await inbox(patient)).unread).toBe(0);
    await world.say(world.doctor, id, "three");
    const { items, unread } = await inbox(patient);
    expect([unread, items.map(({ count, readAt }) => [count, readAt === null])]).toEqual([
      1,
      expect.arrayContaining([
        [1, true],
        [2, false],
      ]),
    ]);
    expect((await inbox(patient, { unreadOnly: true })).items).toMatchObject([{ count: 1 }]);
  });

  it("is nothing for a retry, a refused message, or the sender", async () => {
    const patient = await world.newPatient();
    const id = await world.open(patient, world.doctor);
    await Promise.all([1, 2, 3].map(() => world.say(world.doctor, id, "once", "mark-notify-01")));
    expect((await inbox(patient)).items).toMatchObject([{ count: 1 }]);
    await world.cancel(patient);
    expect(await refusal(world.say(world.doctor, id, "too late"))).toBe("not-joined");
    expect((await inbox(patient)).items).toMatchObject([{ count: 1 }]);
  });

  it("is nothing while its kind is muted; the unread count does not care", async () => {
    const patient = await world.newPatient();
    const id = await world.open(patient, world.doctor);
    expect(await world.call("notifications", "getPreferences", {}, patient)).toEqual({ muted: [], system: true });
    const muted = { muted: ["message" as const], system: false };
    expect(await world.call("notifications", "setPreferences", { muted: ["message"], system: false }, patient)).toEqual(muted);
    expect(await world.call("notifications", "getPreferences", {}, patient)).toEqual(muted);
    expect(await world.call("notifications", "getPreferences", {}, world.doctor)).toEqual({ muted: [], system: true });
    await world.say(world.doctor, id, "quietly");
    expect(await inbox(patient)).toEqual({ items: [], unread: 0 });
    expect((await world.call("messaging", "listConversations", {}, patient)).unread).toBe(1);
    const twice = { muted: ["message", "message"], system: true } as const;
    expect(await world.call("notifications", "setPreferences", { ...twice, muted: [...twice.muted] }, patient)).toMatchObject({
      muted: ["message"],
    });
    expect(await refusal(world.call("notifications", "setPreferences", { muted: ["all"] as never, system: true }, patient))).toBe(
      "invalid-input muted.0",
    );
  });
});

describe("the inbox", () => {
  it("is one's own: nobody marks another's as seen", async () => {
    const [patient, other] = [await world.newPatient(), await world.newPatient()];
    const id = await world.open(patient, world.doctor);
    await world.say(world.doctor, id, "hello");
    const ids = (await inbox(patient)).items.map((notification) => notification.id);
    expect(await see(other, ids)).toEqual({ unread: 0 });
    expect((await inbox(patient)).unread).toBe(1);
    expect(await see(patient, ids)).toEqual({ unread: 0 });
    expect(await see(patient, ids)).toEqual({ unread: 0 });
    expect((await inbox(other)).items).toEqual([]);
  });

  it("is read in pages from the newest, those of one instant together, and all at once marked as seen", async () => {
    const patient = await world.newStaff(["nurse"]);
    const senders = await Promise.all(Array.from({ length: 7 }, () => world.newStaff(["lab"])));
    for (const [at, sender] of senders.entries()) {
      if (at % 3 === 0) world.clock.advance(60);
      await world.say(sender, await world.open(sender, patient), "hello");
    }
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const { items } = await inbox(patient, { limit: 2, ...(before ? { before } : {}) });
      if (items.length === 0) break;
      seen.push(...items.map((notification) => notification.id));
      before = items.at(-1)?.at;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    expect((await inbox(patient)).items.map(({ at }) => at)).toEqual(
      (await inbox(patient)).items
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    expect(await see(patient)).toEqual({ unread: 0 });
  });

  it("forgets after 90 days, and what is told then begins anew", async () => {
    const patient = await world.newPatient();
    const id = await world.open(patient, world.doctor);
    const now = world.clock.now();
    await world.say(world.doctor, id, "long ago");
    world.clock.advance(91 * 86_400);
    expect(await inbox(patient)).toEqual({ items: [], unread: 0 });
    await world.say(world.doctor, id, "now");
    expect((await inbox(patient)).items).toMatchObject([{ count: 1 }]);
    world.clock.set(now);
  });
});

describe("the notifier", () => {
  it("counts every telling of a hundred at once, in one notification", async () => {
    const stores = await openBareStores(`${world.folder}-notifier`);
    const clock = world.clock;
    const { notifier, handlers } = createNotifications({ documents: stores.documents, ids: systemIds, events: createEventBus(clock) });
    const [a, b] = [viewer(["doctor"]), viewer(["patient"])];
    const notice = { kind: "file-added", subjectId: "F000001" } as const;
    await Promise.all(Array.from({ length: 100 }, () => notifier.notify([a.userId, b.userId, a.userId], notice, clock.now())));
    const context = { viewer: a, clock } as unknown as RequestContext;
    expect(await handlers.list({}, context)).toMatchObject({
      unread: 1,
      items: [{ kind: "file-added", subjectId: "F000001", count: 100 }],
    });
    await notifier.settle(a.userId, notice, clock.now());
    expect(await handlers.list({ unreadOnly: true }, context)).toEqual({ items: [], unread: 0 });
    expect(await stores.documents.collection(notificationsSpec).count({ open: null })).toBe(1);
    await stores.close();
  });
});
