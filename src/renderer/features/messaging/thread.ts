import type { Message, MessagePage } from "./types.ts";

/** The part of a conversation that this screen holds: messages in order without gaps, and whether there are more on either side. */
export interface Thread {
  messages: readonly Message[];
  hasEarlier: boolean;
  hasLater: boolean;
}

const firstOf = (messages: readonly Message[]) => messages[0]?.seq ?? 0;
const lastOf = (messages: readonly Message[]) => messages.at(-1)?.seq ?? 0;

/** Number of the newest message held; 0 when there is none. */
export function lastSeq(thread: Thread | undefined): number {
  return lastOf(thread?.messages ?? []);
}

/** Number of the oldest message held; 0 when there is none. */
export function firstSeq(thread: Thread | undefined): number {
  return firstOf(thread?.messages ?? []);
}

/**
 * The thread with what was fetched: by number, so that nothing stands twice or out of order, whichever answer comes
 * first; what was fetched takes the place of what was held. A page that does not touch what is held (the screen has
 * jumped elsewhere meanwhile) changes nothing: a thread has no gaps.
 */
export function merged(thread: Thread | undefined, page: MessagePage): Thread {
  const fetched = [...page.items].sort((a, b) => a.seq - b.seq);
  if (!thread || thread.messages.length === 0) return { messages: fetched, hasEarlier: page.hasEarlier, hasLater: page.hasLater };
  const [first, last] = [firstOf(thread.messages), lastOf(thread.messages)];
  if (fetched.length === 0 || firstOf(fetched) > last + 1 || lastOf(fetched) < first - 1) return thread;
  const bySeq = new Map([...thread.messages, ...fetched].map((message) => [message.seq, message]));
  return {
    messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
    hasEarlier: firstOf(fetched) <= first ? page.hasEarlier : thread.hasEarlier,
    hasLater: lastOf(fetched) >= last ? page.hasLater : thread.hasLater,
  };
}
