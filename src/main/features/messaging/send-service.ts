import { type ConversationDocument, type MessageDocument, messages as messagesSpec } from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import { sha256 } from "@main/platform/ids.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import { createSerialByKey } from "@main/platform/serial.ts";
import type { messagingContract } from "@shared/contract/messaging.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { fold } from "@shared/model/search-key.ts";
import { type Conversations, later } from "./conversations.ts";
import type { MessagingDeps } from "./needs.ts";
import { notJoined, type People } from "./people.ts";
import type { Pictures } from "./pictures.ts";
import { keyOf, otherOf, placeOf } from "./rules.ts";

type Routes = typeof messagingContract;
type Sent = Output<Routes["sendText"]>;

/** What is sent, before it has a place. */
interface Content {
  kind: MessageDocument["kind"];
  text: string | null;
  /** Tells a retry from something else under the same mark. */
  digest: string;
  image: (messageId: string) => Promise<MessageDocument["image"]>;
}

/** Each lost race for a number means that another message took it. */
const ATTEMPTS = 1000;

/**
 * Sending: exactly once and in one order, without a transaction over two documents. The message's number is unique in its
 * conversation and its sender's mark is unique, so the insert itself decides; the conversation follows.
 */
export function createSendService(deps: MessagingDeps, people: People, conversations: Conversations, pictures: Pictures) {
  const messages = deps.documents.collection(messagesSpec);
  // One at a time in a conversation saves lost races; that the order holds does not depend on it.
  const inOrder = createSerialByKey();

  async function requireWritable(context: RequestContext, conversation: ConversationDocument): Promise<void> {
    const [me, other] = await Promise.all([people.me(context), people.find(otherOf(conversation, userOf(context).userId))]);
    const patientId = other?.patientId ?? me.patientId;
    if (patientId !== null) context.about({ patientId });
    if (!other || !(await people.bond(me, other)).mayWrite) throw notJoined();
  }

  /** What the first sending under this mark answered; refuses something else under the same mark. */
  function again(first: MessageDocument, conversationId: string, content: Content): Sent {
    const differs = first.conversationId !== conversationId || first.kind !== content.kind;
    // What a withdrawn message said is gone, so it cannot be compared.
    if (differs || (first.digest !== null && first.digest !== content.digest)) {
      throw new AppError("conflict", "This mark was used for another message.", { field: "clientId" });
    }
    return sentView(first);
  }

  /** Stores the message under the next free number. Throws DuplicateDocument for a mark that was used. */
  async function place(conversationId: string, clock: RequestContext["clock"], draft: Omit<MessageDocument, "seq" | "place" | "sentAt">) {
    let conversation = await conversations.existing(conversationId);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const seq = conversation.seq + 1;
      const sentAt = later(clock.now(), conversation.lastActivityAt);
      const message = { ...draft, seq, place: placeOf(conversationId, seq), sentAt };
      try {
        await messages.insert(message);
        await conversations.moveOn(conversation, message);
        return message;
      } catch (error) {
        if (!(error instanceof DuplicateDocument) || error.field !== "place") throw error;
        conversation = await conversations.catchUp(await conversations.existing(conversationId));
      }
    }
    throw new AppError("conflict", "Too much is being written to this conversation at once.");
  }

  async function send(context: RequestContext, conversationId: string, clientId: string, content: Content): Promise<Sent> {
    const { userId } = userOf(context);
    const key = keyOf(userId, clientId);
    const [conversation, first] = await Promise.all([conversations.own(context, conversationId), messages.findOne({ key })]);
    if (first) return again(first, conversationId, content);
    await requireWritable(context, conversation);
    const id = deps.ids.uuid();
    const { kind, text, digest } = content;
    const image = await content.image(id);
    const searchKey = text === null ? null : fold(text);
    const draft = { id, conversationId, senderId: userId, key, kind, text, searchKey, image, digest, withdrawnAt: null, fileId: null };
    try {
      return sentView(await inOrder(conversationId, () => place(conversationId, context.clock, draft)));
    } catch (error) {
      const rival = error instanceof DuplicateDocument ? await messages.findOne({ key }) : null;
      if (!rival) throw error;
      if (image) await pictures.remove(image.blobId);
      return again(rival, conversationId, content);
    }
  }

  return {
    text({ conversationId, text, clientId }: Input<Routes["sendText"]>, context: RequestContext): Promise<Sent> {
      return send(context, conversationId, clientId, { kind: "text", text, digest: sha256(`text|${text}`), image: async () => null });
    },

    image({ conversationId, image, text = null, clientId }: Input<Routes["sendImage"]>, context: RequestContext): Promise<Sent> {
      const digest = sha256(`image|${image}|${text ?? ""}`);
      return send(context, conversationId, clientId, { kind: "image", text, digest, image: (id) => pictures.take(id, image) });
    },
  };
}

function sentView({ id, seq, sentAt }: MessageDocument): Sent {
  return { id, seq, sentAt } as Sent;
}
