import {
  type ConversationDocument,
  conversations as conversationsSpec,
  type MessageDocument,
  messages as messagesSpec,
} from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import type { Audience } from "@main/platform/events.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import type { MessagingDeps } from "./needs.ts";
import { otherOf, pairOf, placeOf, readField, sideOf, unreadOf } from "./rules.ts";

type Deps = Pick<MessagingDeps, "documents" | "ids" | "events" | "log" | "notifier">;

/** The later of two instants: what was sent after something is never dated before it, whatever the clock does. */
export const later = (a: string, b: string) => (a > b ? a : b);

/** The two who take part, and nobody else. */
export function participantsOf({ userA, userB }: ConversationDocument): Audience {
  return { userIds: [userA, userB] };
}

/**
 * Conversations and how far each side has read. A message is in the conversation once it is stored under its number; what the
 * conversation says of itself (its number, its last activity) follows, and whoever finds it behind brings it up.
 */
export function createConversations({ documents, ids, events, log, notifier }: Deps) {
  const conversations = documents.collection(conversationsSpec);
  const messages = documents.collection(messagesSpec);
  const notice = (conversation: ConversationDocument) => ({ kind: "message", subjectId: conversation.id }) as const;

  /** Tells both screens and the recipient. Whoever moved the conversation on to the message tells it, so that it is told once. */
  async function announce(conversation: ConversationDocument, { id, seq, senderId, sentAt }: MessageDocument): Promise<void> {
    const sent = { type: "messaging.messageSent", conversationId: conversation.id, messageId: id, seq } as const;
    events.publish(sent, participantsOf(conversation));
    const recipient = otherOf(conversation, senderId);
    try {
      // Who writes has read what came before.
      await Promise.all([
        notifier.settle(senderId, notice(conversation), sentAt),
        notifier.notify([recipient], notice(conversation), sentAt),
      ]);
      // They may have read it before they were told.
      const now = await conversations.get(conversation.id);
      if (now && unreadOf(now, recipient) === 0) await notifier.settle(recipient, notice(conversation), sentAt);
    } catch (error) {
      log.warn(
        { code: error instanceof AppError ? error.code : "internal" },
        "A recipient was not notified; the message is unread with them.",
      );
    }
  }

  /** Moves the conversation on to the message behind its number. Answers it as it then is, or null where somebody else has moved it. */
  async function moveOn(conversation: ConversationDocument, next: MessageDocument): Promise<ConversationDocument | null> {
    const side = sideOf(conversation, next.senderId);
    const moved = await conversations.update(
      conversation.id,
      {
        seq: next.seq,
        lastActivityAt: later(next.sentAt, conversation.lastActivityAt),
        ...(side ? { [readField(side)]: next.seq } : {}),
      },
      { seq: conversation.seq },
    );
    if (moved) await announce(moved, next);
    return moved;
  }

  /** Moves the conversation on over every message that is stored beyond its number. Answers it as it then is. */
  async function catchUp(found: ConversationDocument): Promise<ConversationDocument> {
    let conversation = found;
    for (;;) {
      const next = await messages.findOne({ place: placeOf(conversation.id, conversation.seq + 1) });
      if (!next) return conversation;
      conversation = (await moveOn(conversation, next)) ?? (await existing(conversation.id));
    }
  }

  async function existing(id: string): Promise<ConversationDocument> {
    const conversation = await conversations.get(id);
    if (!conversation) throw noConversation();
    return conversation;
  }

  /** The conversation with that message at the end of each, brought up where a crash left it behind: one look for all. */
  async function catchUpAll(found: readonly ConversationDocument[]): Promise<ConversationDocument[]> {
    const places = found.map(({ id, seq }) => placeOf(id, seq + 1));
    const beyond = new Set((await messages.find({ place: { in: places } })).map(({ conversationId }) => conversationId));
    return Promise.all(found.map(async (conversation) => (beyond.has(conversation.id) ? catchUp(conversation) : conversation)));
  }

  return {
    moveOn,
    catchUp,
    catchUpAll,
    existing,

    /** A conversation that the viewer takes part in; to everybody else it does not exist. */
    async own(context: RequestContext, conversationId: string): Promise<ConversationDocument> {
      const conversation = await conversations.get(conversationId);
      if (!conversation || sideOf(conversation, userOf(context).userId) === null) throw noConversation();
      return catchUp(conversation);
    },

    async ofUser(userId: string): Promise<ConversationDocument[]> {
      const [asA, asB] = await Promise.all([conversations.find({ userA: userId }), conversations.find({ userB: userId })]);
      return catchUpAll([...asA, ...asB]);
    },

    async withPeople(userId: string, others: readonly string[]): Promise<ConversationDocument[]> {
      return conversations.find({ pair: { in: others.map((other) => pairOf(userId, other)) } });
    },

    /** The conversation of two people, begun when there is none. */
    async open(a: string, b: string, at: string): Promise<ConversationDocument> {
      const pair = pairOf(a, b);
      const [userA = "", userB = ""] = pair.split("|");
      const begun = { id: ids.uuid(), pair, userA, userB, seq: 0, readA: 0, readB: 0, lastActivityAt: at, createdAt: at };
      const found = await conversations.findOne({ pair });
      if (found) return catchUp(found);
      try {
        await conversations.insert(begun);
        return begun;
      } catch (error) {
        if (!(error instanceof DuplicateDocument)) throw error;
        const first = await conversations.findOne({ pair });
        if (!first) throw error;
        return first;
      }
    },

    /** Newest messages of conversations, by conversation id. */
    async lastMessages(of: readonly ConversationDocument[]): Promise<Map<string, MessageDocument>> {
      const found = await messages.find({ place: { in: of.map(({ id, seq }) => placeOf(id, seq)) } });
      return new Map(found.map((message) => [message.conversationId, message]));
    },

    /** Read up to a number, at most to the end. What was read further stays read. */
    async markRead(conversation: ConversationDocument, userId: string, seq: number, at: string): Promise<number> {
      const target = Math.min(seq, conversation.seq);
      const now = await moveRead(conversation, userId, target, "forward");
      if (unreadOf(now, userId) === 0) await notifier.settle(userId, notice(conversation), at);
      return unreadOf(now, userId);
    },

    /** Unread from a number on. What was unread before stays unread. */
    async markUnread(conversation: ConversationDocument, userId: string, seq: number): Promise<number> {
      return unreadOf(await moveRead(conversation, userId, seq - 1, "back"), userId);
    },
  };

  async function moveRead(conversation: ConversationDocument, userId: string, target: number, direction: "forward" | "back") {
    const side = sideOf(conversation, userId);
    if (!side) throw noConversation();
    const field = readField(side);
    const moved = await conversations.update(
      conversation.id,
      { [field]: target },
      { [field]: direction === "forward" ? { lt: target } : { gt: target } },
    );
    if (!moved) return existing(conversation.id);
    events.publish({ type: "messaging.read", conversationId: moved.id, userId, seq: target }, participantsOf(moved));
    return moved;
  }
}

export type Conversations = ReturnType<typeof createConversations>;

function noConversation(): AppError {
  return new AppError("not-found", "There is no such conversation.", { field: "conversationId" });
}
