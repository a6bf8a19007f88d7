import { callRoute, toAppError } from "@renderer/lib/api.ts";
import { onAppEvent } from "@renderer/lib/app-events.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import type { AppError } from "@shared/define.ts";
import { create } from "zustand";
import { firstSeq, lastSeq, merged, type Thread } from "./thread.ts";
import type { MessagePage } from "./types.ts";

interface ThreadState {
  /** What is held of each conversation that was opened here. */
  threads: Readonly<Record<string, Thread>>;
  /** Why the first page of a conversation could not be read. */
  problems: Readonly<Record<string, AppError>>;
}

const PAGE = 40;
const CATCH_UP = 200;
const AGAIN_MS = 2_000;
const PASSING: readonly string[] = ["store-unavailable", "timeout", "rate-limited"];

/** The conversations as this screen holds them; filled by the functions below and by what is told of new messages. */
export const useThreads = create<ThreadState>(() => ({ threads: {}, problems: {} }));

const held = (id: string) => useThreads.getState().threads[id];

function put(id: string, thread: Thread): void {
  useThreads.setState(({ threads, problems }) => {
    const { [id]: _solved, ...rest } = problems;
    return { threads: { ...threads, [id]: thread }, problems: rest };
  });
}

// One reading of a conversation at a time: answers cannot overtake each other.
const lanes = new Map<string, Promise<unknown>>();

function inLane<T>(id: string, read: () => Promise<T>): Promise<T> {
  const turn = (lanes.get(id) ?? Promise.resolve()).then(read, read);
  lanes.set(
    id,
    turn.catch(() => undefined),
  );
  return turn;
}

type Range = { before?: number; after?: number; limit: number };

function read(id: string, range: Range): Promise<MessagePage> {
  return callRoute("messaging", "listMessages", { conversationId: id, ...range });
}

async function readNewest(id: string): Promise<void> {
  const page = await read(id, { limit: PAGE });
  put(id, merged(undefined, page));
}

async function readOn(id: string): Promise<void> {
  for (;;) {
    const page = await read(id, { after: lastSeq(held(id)), limit: CATCH_UP });
    put(id, merged(held(id), page));
    if (!page.hasLater || page.items.length === 0) return;
  }
}

/** Opens a conversation: its newest messages where none are held, else what came since. */
export async function openThread(id: string): Promise<void> {
  try {
    await inLane(id, () => (held(id) ? catchUpNow(id) : readNewest(id)));
  } catch (error) {
    useThreads.setState(({ problems }) => ({ problems: { ...problems, [id]: toAppError(error) } }));
  }
}

async function catchUpNow(id: string): Promise<void> {
  // A window in the past stays where it is: the list says that there is something new.
  if (!held(id)?.hasLater) await readOn(id);
}

/** Reads what is newer than what is held; tried again by itself when the clinic cannot be reached. */
export async function catchUp(id: string): Promise<void> {
  try {
    await inLane(id, async () => {
      if (held(id)) await catchUpNow(id);
    });
  } catch (error) {
    if (PASSING.includes(toAppError(error).code) && useSession.getState().token) setTimeout(() => void catchUp(id), AGAIN_MS);
  }
}

/** The page before what is held. */
export function loadEarlier(id: string): Promise<void> {
  return inLane(id, async () => {
    const thread = held(id);
    if (!thread?.hasEarlier) return;
    put(id, merged(thread, await read(id, { before: firstSeq(thread), limit: PAGE })));
  });
}

/** The page after what is held, where that is a window in the past. */
export function loadLater(id: string): Promise<void> {
  return inLane(id, async () => {
    const thread = held(id);
    if (!thread?.hasLater) return;
    put(id, merged(thread, await read(id, { after: lastSeq(thread), limit: PAGE })));
  });
}

/** From a window in the past to the newest messages. */
export function jumpToNewest(id: string): Promise<void> {
  return inLane(id, async () => {
    if (held(id)?.hasLater) await readNewest(id);
  });
}

/** Holds the messages around a number, where they are not held yet. */
export function jumpTo(id: string, seq: number): Promise<void> {
  return inLane(id, async () => {
    if (held(id)?.messages.some((message) => message.seq === seq)) return;
    const [upTo, since] = await Promise.all([read(id, { before: seq + 1, limit: PAGE / 2 }), read(id, { after: seq, limit: PAGE / 2 })]);
    put(id, merged(merged(undefined, upTo), since));
  });
}

/** Reads one held message again: it was withdrawn, or filed in the chart. */
export function readMessageAgain(id: string, messageId: string): Promise<void> {
  return inLane(id, async () => {
    const found = held(id)?.messages.find((message) => message.id === messageId);
    if (!found) return;
    const page = await read(id, { after: found.seq - 1, limit: 1 });
    const thread = held(id);
    // Of the one message alone: what lies beyond the window is not known by this.
    if (thread) put(id, { ...thread, messages: merged(thread, page).messages });
  });
}

/** Reads all that is held again, in order: something may have been missed. */
async function refresh(id: string): Promise<void> {
  const thread = held(id);
  if (!thread) return;
  try {
    await inLane(id, async () => {
      const last = lastSeq(thread);
      for (let after = Math.max(0, firstSeq(thread) - 1); ; ) {
        const page = await read(id, { after, limit: CATCH_UP });
        const now = held(id);
        if (now) put(id, { ...merged(now, page), hasEarlier: now.hasEarlier });
        after = page.items.at(-1)?.seq ?? after;
        if (!page.hasLater || page.items.length === 0 || (thread.hasLater && after >= last)) return;
      }
    });
  } catch {
    void catchUp(id);
  }
}

function refreshAll(): void {
  for (const id of Object.keys(useThreads.getState().threads)) void refresh(id);
}

onAppEvent((heard) => {
  // A locked screen reads nothing, or what others write would keep its session alive; it reads when it is unlocked.
  if (useSession.getState().locked) return;
  if (heard.type === "messaging.messageSent") {
    if (heard.seq > lastSeq(held(heard.conversationId))) void catchUp(heard.conversationId);
  } else if (heard.type === "messaging.messageWithdrawn") {
    void readMessageAgain(heard.conversationId, heard.messageId).catch(() => undefined);
  } else if (heard.type === "resync") {
    refreshAll();
  }
});

// The next person at this screen begins with nothing.
useSession.subscribe((state, before) => {
  if (before.user && state.user?.id !== before.user.id) {
    lanes.clear();
    useThreads.setState({ threads: {}, problems: {} });
  } else if (before.locked && !state.locked && state.user) refreshAll();
});
