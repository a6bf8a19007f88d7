import { fc, test } from "@fast-check/vitest";
import { setTransport } from "@renderer/lib/api.ts";
import { tellListeners } from "@renderer/lib/app-events.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { AppError } from "@shared/define.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { giveUp, send, sendAgain, useOutbox } from "./outbox.ts";
import { openThread, useThreads } from "./thread-store.ts";

const ME = "U1";
const CONVERSATION = "C1";
/** What happens to one call that sends: it arrives; or the line is cut before, or after, the host has taken it; or it is refused. */
type Fate = "arrives" | "cut-before" | "cut-after" | "refused";

interface Stored {
  id: string;
  seq: number;
  senderId: string;
  clientId: string;
  text: string;
}

/** The host as the contract describes it: the same clientId again answers the first message. */
function modelHost(fates: Fate[]) {
  const stored: Stored[] = [];
  const take = (clientId: string, text: string, senderId = ME) => {
    const known = stored.find((message) => message.clientId === clientId);
    if (known) return known;
    const seq = stored.length + 1;
    const message = { id: `M${seq}`, seq, senderId, clientId, text };
    stored.push(message);
    return message;
  };
  const cut = () => new AppError("store-unavailable", "cut");
  setTransport(async (_domain, route, input) => {
    if (route === "sendText") {
      const { clientId, text } = input as { clientId: string; text: string };
      const fate = fates.shift() ?? "arrives";
      if (fate === "refused") throw new AppError("not-joined", "no");
      if (fate === "cut-before") throw cut();
      const message = take(clientId, text);
      if (fate === "cut-after") throw cut();
      return message;
    }
    const { before, after, limit = 40 } = input as { before?: number; after?: number; limit?: number };
    const wanted = stored.filter(({ seq }) => seq > (after ?? 0) && seq < (before ?? Number.POSITIVE_INFINITY));
    const items = after === undefined ? wanted.slice(-limit) : wanted.slice(0, limit);
    const [first, last] = [items[0]?.seq ?? 1, items.at(-1)?.seq ?? stored.length];
    return { items, hasEarlier: first > 1, hasLater: last < stored.length };
  });
  return { stored, theyWrite: (text: string) => take(`theirs-${text}`, text, "U2") };
}

const write = (text: string) => send(CONVERSATION, { text, picture: null });
const shown = () => useThreads.getState().threads[CONVERSATION]?.messages.map((message) => message.text);
const settle = () => vi.advanceTimersByTimeAsync(120_000);

beforeEach(() => {
  vi.useFakeTimers();
  useSession.setState({ token: "token", user: { id: ME } as never, locked: false });
  useThreads.setState({ threads: {}, problems: {} });
  useOutbox.setState({ items: [] });
});
afterEach(() => vi.useRealTimers());

describe("what is on its way", () => {
  test.prop([
    fc.array(fc.constantFrom<Fate>("arrives", "cut-before", "cut-after"), { maxLength: 40 }),
    fc.array(fc.constantFrom("write", "hear", "resync", "theirs"), { minLength: 1, maxLength: 25 }),
  ])("arrives once and in order, however often the line is cut", async (fates, acts) => {
    useThreads.setState({ threads: {}, problems: {} });
    useOutbox.setState({ items: [] });
    const host = modelHost([...fates]);
    await openThread(CONVERSATION);
    const written: string[] = [];
    for (const [at, act] of acts.entries()) {
      if (act === "write") {
        written.push(`mine ${at}`);
        write(`mine ${at}`);
      } else if (act === "theirs") host.theyWrite(`theirs ${at}`);
      else if (act === "resync") tellListeners({ type: "resync" });
      const newest = host.stored.at(-1);
      if (act === "hear" && newest)
        tellListeners({ type: "messaging.messageSent", conversationId: CONVERSATION, messageId: newest.id, seq: newest.seq });
      await vi.advanceTimersByTimeAsync(at % 3 === 0 ? 0 : 700);
    }
    await settle();
    tellListeners({ type: "resync" });
    await settle();
    expect(host.stored.filter(({ senderId }) => senderId === ME).map(({ text }) => text)).toEqual(written);
    expect(shown()).toEqual(host.stored.map(({ text }) => text));
    expect(useOutbox.getState().items).toEqual([]);
  });

  it("says that a message is refused, sends what stands behind it, and tries it again by the same mark", async () => {
    const host = modelHost(["refused", "arrives"]);
    await openThread(CONVERSATION);
    write("first");
    write("second");
    await settle();
    expect(host.stored.map(({ text }) => text)).toEqual(["second"]);
    const [refused] = useOutbox.getState().items;
    expect([refused?.text, refused?.state, refused?.error?.code]).toEqual(["first", "refused", "not-joined"]);
    if (refused) sendAgain(refused);
    await settle();
    expect(host.stored.map(({ text, clientId }) => [text, clientId])).toContainEqual(["first", refused?.clientId]);
    expect(useOutbox.getState().items).toEqual([]);
  });

  it("holds everything while the line is cut, and never sends what was given up meanwhile", async () => {
    const fates: Fate[] = Array.from({ length: 2 }, () => "cut-before");
    const host = modelHost(fates);
    await openThread(CONVERSATION);
    write("first");
    write("second");
    await vi.advanceTimersByTimeAsync(100);
    expect(useOutbox.getState().items.map(({ state }) => state)).toEqual(["held", "waiting"]);
    const second = useOutbox.getState().items[1];
    if (second) giveUp(second);
    await settle();
    expect(host.stored.map(({ text }) => text)).toEqual(["first"]);
  });

  it("is forgotten with the session: the next person begins with nothing", async () => {
    modelHost(["cut-before"]);
    await openThread(CONVERSATION);
    write("first");
    await vi.advanceTimersByTimeAsync(100);
    useSession.getState().end("signed-out");
    expect(useOutbox.getState().items).toEqual([]);
    expect(useThreads.getState().threads).toEqual({});
  });
});
