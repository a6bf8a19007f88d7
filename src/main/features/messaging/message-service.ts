import { type ConversationDocument, type MessageDocument, messages as messagesSpec } from "@main/data/documents/collections.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { messagingContract } from "@shared/contract/messaging.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { type Conversations, later, participantsOf } from "./conversations.ts";
import type { MessagingDeps } from "./needs.ts";
import type { People } from "./people.ts";
import type { Pictures } from "./pictures.ts";
import { messageView, otherOf } from "./rules.ts";

type Routes = typeof messagingContract;

/** What is done with a message that was sent: its picture, withdrawing it, filing it. */
export function createMessageService(deps: MessagingDeps, people: People, conversations: Conversations, pictures: Pictures) {
  const messages = deps.documents.collection(messagesSpec);

  /** A message of a conversation of mine, with the conversation; to everybody else it does not exist. */
  async function reach(
    context: RequestContext,
    messageId: string,
  ): Promise<{ message: MessageDocument; conversation: ConversationDocument }> {
    const noMessage = new AppError("not-found", "There is no such message.", { field: "messageId" });
    const message = await messages.get(messageId);
    if (!message) throw noMessage;
    const conversation = await conversations.own(context, message.conversationId).catch((error: unknown) => {
      throw error instanceof AppError && error.code === "not-found" ? noMessage : error;
    });
    context.about({ conversationId: conversation.id });
    return { message, conversation };
  }

  function imageOf(message: MessageDocument) {
    if (!message.image) throw new AppError("not-found", "This message has no picture.", { field: "messageId" });
    return message.image;
  }

  /** The patient to whom this clinician writes. */
  async function patientIn(conversation: ConversationDocument, context: RequestContext): Promise<string> {
    const other = await people.find(otherOf(conversation, userOf(context).userId));
    if (!other?.patientId) throw new AppError("conflict", "This is not a conversation with a patient.", { field: "messageId" });
    return other.patientId;
  }

  return {
    async image({ messageId }: Input<Routes["getImage"]>, context: RequestContext): Promise<Output<Routes["getImage"]>> {
      const { message, conversation } = await reach(context, messageId);
      const image = imageOf(message);
      const { patientId } = (await people.find(otherOf(conversation, userOf(context).userId))) ?? { patientId: null };
      if (patientId !== null) context.about({ patientId });
      const data = (await pictures.read(image)).toString("base64");
      return { mediaType: "image/jpeg", data, width: image.width, height: image.height };
    },

    async withdraw({ messageId }: Input<Routes["withdraw"]>, context: RequestContext): Promise<Output<Routes["withdraw"]>> {
      const { message, conversation } = await reach(context, messageId);
      if (message.senderId !== userOf(context).userId) throw new AppError("forbidden", "Only the sender withdraws a message.");
      const gone = { text: null, searchKey: null, image: null, digest: null, withdrawnAt: later(context.clock.now(), message.sentAt) };
      const withdrawn = await messages.update(messageId, gone, { withdrawnAt: null });
      // Told before the bytes go: a call that is made again finds it withdrawn and tells nothing. Bytes that stay are swept.
      if (withdrawn) {
        const event = { type: "messaging.messageWithdrawn", conversationId: conversation.id, messageId } as const;
        deps.events.publish(event, participantsOf(conversation));
      }
      if (message.image) await pictures.remove(message.image.blobId);
      return messageView(withdrawn ?? (await reach(context, messageId)).message) as Output<Routes["withdraw"]>;
    },

    async addToChart(input: Input<Routes["addImageToChart"]>, context: RequestContext): Promise<Output<Routes["addImageToChart"]>> {
      const { message, conversation } = await reach(context, input.messageId);
      const patientId = await patientIn(conversation, context);
      await deps.care.require(context, patientId);
      if (message.fileId !== null) return { fileId: message.fileId } as Output<Routes["addImageToChart"]>;
      const { id: fileId } = await deps.chartFiles.addFile(context, {
        patientId,
        filename: `message-${message.sentAt.slice(0, 10)}.jpg`,
        bytes: await pictures.read(imageOf(message)),
        description: input.description ?? null,
        observationId: input.observationId ?? null,
        key: `message-${message.id}`,
      });
      await messages.update(message.id, { fileId });
      return { fileId } as Output<Routes["addImageToChart"]>;
    },
  };
}
