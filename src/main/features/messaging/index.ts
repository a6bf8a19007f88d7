import type { RequestContext } from "@main/platform/request.ts";
import type { messagingContract } from "@shared/contract/messaging.ts";
import type { Handlers } from "@shared/define.ts";
import { createConversationService } from "./conversation-service.ts";
import { createConversations } from "./conversations.ts";
import { messagingHandlers } from "./handlers.ts";
import { createHistory } from "./history.ts";
import { createMessageService } from "./message-service.ts";
import type { MessagingDeps } from "./needs.ts";
import { createPeople } from "./people.ts";
import { createPictures } from "./pictures.ts";
import { createRecovery } from "./recovery.ts";
import { createSendService } from "./send-service.ts";

/** The messaging feature: conversations of two, their messages and pictures. */
export function createMessaging(deps: MessagingDeps): {
  handlers: Handlers<typeof messagingContract, RequestContext>;
  /** Finishes what a crash left between the stores; before anybody is served. */
  recover(): Promise<void>;
} {
  const people = createPeople(deps);
  const conversations = createConversations(deps);
  const pictures = createPictures(deps);
  return {
    handlers: messagingHandlers({
      conversations: createConversationService(people, conversations),
      sending: createSendService(deps, people, conversations, pictures),
      history: createHistory(deps, people, conversations),
      messages: createMessageService(deps, people, conversations, pictures),
    }),
    recover: createRecovery(deps, conversations, pictures),
  };
}
