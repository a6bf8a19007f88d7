import { describe, expect, it } from "vitest";
import { blocksOf } from "./blocks.ts";
import type { Message } from "./types.ts";

const at = (seq: number, sentAt: string, more: Partial<Record<keyof Message, unknown>> = {}) =>
  ({ id: `M${seq}`, seq, sentAt: `2026-11-${sentAt}:00.000Z`, senderId: "patient", kind: "text", withdrawnAt: null, ...more }) as Message;
const view = { me: "doctor", dayOf: (instant: string) => instant.slice(0, 10), newFrom: null };
const shape = (messages: Message[], newFrom: number | null = null) =>
  blocksOf(messages, { ...view, newFrom }).map((block) => {
    if (block.type === "day") return block.day;
    if (block.type === "new") return "new";
    return block.type === "message" ? `${block.mine ? "mine" : "theirs"} ${block.message.seq}` : block.messages.map(({ seq }) => seq);
  });

describe("what stands in a conversation", () => {
  it("begins each day with its line and knows whose a message is", () => {
    const messages = [at(1, "21T08:00"), at(2, "21T09:00", { senderId: "doctor" }), at(3, "22T08:00")];
    expect(shape(messages)).toEqual(["2026-11-21", "theirs 1", "mine 2", "2026-11-22", "theirs 3"]);
  });

  it("puts pictures sent together side by side, but not across people, times, words or what was withdrawn", () => {
    const image = { kind: "image" };
    const messages = [
      at(1, "22T08:00", image),
      at(2, "22T08:01", image),
      at(3, "22T08:02", { ...image, senderId: "doctor" }),
      at(4, "22T08:20", { ...image, senderId: "doctor" }),
      at(5, "22T08:21", { ...image, withdrawnAt: "2026-11-22T09:00:00.000Z", senderId: "doctor" }),
      at(6, "22T08:22"),
      at(7, "22T08:23", image),
    ];
    expect(shape(messages)).toEqual(["2026-11-22", [1, 2], [3], [4], "mine 5", "theirs 6", [7]]);
  });

  it("draws the line before the first new message, also between pictures", () => {
    const messages = [at(1, "22T08:00", { kind: "image" }), at(2, "22T08:01", { kind: "image" }), at(3, "22T08:02")];
    expect(shape(messages, 2)).toEqual(["2026-11-22", [1], "new", [2], "theirs 3"]);
  });
});
