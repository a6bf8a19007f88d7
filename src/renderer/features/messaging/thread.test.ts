import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { merged, type Thread } from "./thread.ts";
import type { Message, MessagePage } from "./types.ts";

const message = (seq: number, text = `message ${seq}`) =>
  ({ id: `M${seq}`, conversationId: "C000001", seq, senderId: "U1", kind: "text", text, clientId: `client-${seq}` }) as unknown as Message;
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => message(from + at));

/** What the host answers of a conversation with `newest` messages. */
function page(newest: number, from: number, to: number): MessagePage {
  return { items: range(from, to), hasEarlier: from > 1, hasLater: to < newest };
}
const numbers = (thread: Thread) => thread.messages.map(({ seq }) => seq);

describe("a thread", () => {
  it("begins with the first page, whatever order it comes in", () => {
    const thread = merged(undefined, { items: [...range(3, 5)].reverse(), hasEarlier: true, hasLater: false });
    expect(numbers(thread)).toEqual([3, 4, 5]);
    expect(thread.hasEarlier).toBe(true);
  });

  it("takes the newer text of a message it holds: withdrawn stays withdrawn", () => {
    const thread = merged(undefined, page(3, 1, 3));
    const withdrawn = { ...message(2), text: null, withdrawnAt: "2026-11-22T10:00:00.000Z" } as Message;
    const after = merged(thread, { items: [withdrawn], hasEarlier: true, hasLater: true });
    expect(after.messages.map(({ text }) => text)).toEqual(["message 1", null, "message 3"]);
  });

  it("keeps what it knows of its ends when a page lies inside", () => {
    const thread = merged(undefined, page(9, 1, 9));
    const after = merged(thread, { items: range(4, 5), hasEarlier: true, hasLater: true });
    expect([after.hasEarlier, after.hasLater]).toEqual([false, false]);
  });

  it("refuses a page that would leave a gap", () => {
    const thread = merged(undefined, page(100, 81, 100));
    expect(merged(thread, page(100, 10, 20))).toBe(thread);
    expect(merged(merged(undefined, page(100, 10, 20)), page(100, 90, 100)).messages).toHaveLength(11);
  });

  test.prop([fc.integer({ min: 1, max: 60 }), fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 })))])(
    "is in order, without doubles or gaps, whichever pages arrive in whichever order",
    (newest, asked) => {
      let thread = merged(undefined, page(newest, Math.max(1, newest - 4), newest));
      for (const [start, length] of asked) {
        const from = Math.min(start, newest);
        thread = merged(thread, page(newest, from, Math.min(newest, from + length - 1)));
        const held = numbers(thread);
        const first = held[0] ?? 0;
        expect(held).toEqual(Array.from({ length: held.length }, (_, at) => first + at));
        expect(thread.hasEarlier).toBe(first > 1);
        expect(thread.hasLater).toBe((held.at(-1) ?? 0) < newest);
      }
    },
  );
});
