import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { Outbox } from "./embedded-outbox.ts";

it("sends what is posted in one turn of the event loop as one message, in order", async () => {
  const sent: number[][] = [];
  const outbox = new Outbox<number>((messages) => sent.push(messages));
  outbox.post(1);
  await Promise.resolve().then(() => outbox.post(2));
  expect(sent).toEqual([]);
  await nextTurn();
  outbox.post(3);
  await nextTurn();
  expect(sent).toEqual([[1, 2], [3]]);
});
