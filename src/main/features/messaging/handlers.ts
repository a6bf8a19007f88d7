import type { RequestContext } from "@main/platform/request.ts";
import type { messagingContract } from "@shared/contract/messaging.ts";
import type { Handlers } from "@shared/define.ts";
import type { createConversationService } from "./conversation-service.ts";
import type { createHistory } from "./history.ts";
import type { createMessageService } from "./message-service.ts";
import type { createSendService } from "./send-service.ts";

interface Services {
  conversations: ReturnType<typeof createConversationService>;
  sending: ReturnType<typeof createSendService>;
  history: ReturnType<typeof createHistory>;
  messages: ReturnType<typeof createMessageService>;
}

/** Routes of the messaging domain: each takes its parsed input to a service. */
export function messagingHandlers({
  conversations,
  sending,
  history,
  messages,
}: Services): Handlers<typeof messagingContract, RequestContext> {
  return {
    listContacts: (input, context) => conversations.contacts(input, context),
    getContactPhoto: (input, context) => conversations.photo(input, context),
    openConversation: (input, context) => conversations.open(input, context),
    listConversations: (_input, context) => conversations.list(context),
    listMessages: (input, context) => history.page(input, context),
    sendText: (input, context) => sending.text(input, context),
    sendImage: (input, context) => sending.image(input, context),
    getImage: (input, context) => messages.image(input, context),
    withdraw: (input, context) => messages.withdraw(input, context),
    markRead: (input, context) => conversations.markRead(input, context),
    markUnread: (input, context) => conversations.markUnread(input, context),
    search: (input, context) => history.search(input, context),
    addImageToChart: (input, context) => messages.addToChart(input, context),
  };
}
