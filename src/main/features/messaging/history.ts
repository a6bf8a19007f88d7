import { type ConversationDocument, type MessageDocument, messages as messagesSpec } from "@main/data/documents/collections.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { messagingContract } from "@shared/contract/messaging.ts";
import type { Input, Output } from "@shared/define.ts";
import { words } from "@shared/model/search-key.ts";
import type { Conversations } from "./conversations.ts";
import type { MessagingDeps } from "./needs.ts";
import type { People } from "./people.ts";
import { messageView, otherOf } from "./rules.ts";

type Routes = typeof messagingContract;
type Page = Output<Routes["listMessages"]>;

const PAGE = 50;
const FOUND = 50;

/** Reading what was written: pages in both directions, and search in one's own conversations. */
export function createHistory({ documents }: Pick<MessagingDeps, "documents">, people: People, conversations: Conversations) {
  const messages = documents.collection(messagesSpec);

  /** The trail of a reading names the patient whose conversation it is. */
  async function tellPatient(context: RequestContext, conversation: ConversationDocument): Promise<void> {
    const { userId } = userOf(context);
    const pair = await people.findMany([userId, otherOf(conversation, userId)]);
    const patient = pair.find((person) => person.patientId !== null && !person.isStaff);
    if (patient?.patientId) context.about({ patientId: patient.patientId });
  }

  async function search({ text, conversationId, limit = FOUND }: Input<Routes["search"]>, context: RequestContext) {
    const wanted = words(text);
    if (wanted.length === 0) return { items: [] };
    const { userId } = userOf(context);
    const own = conversationId ? [await conversations.own(context, conversationId)] : await conversations.ofUser(userId);
    const found: MessageDocument[] = [];
    // One conversation after the other: a long history does not hold everybody else up.
    for (const { id } of own) {
      if (context.signal.aborted) break;
      const filter = { conversationId: id, searchKey: { contains: wanted } };
      found.push(...(await messages.find(filter, { sort: { seq: "desc" }, limit })));
    }
    found.sort((a, b) => (a.sentAt === b.sentAt ? b.seq - a.seq : a.sentAt < b.sentAt ? 1 : -1));
    return { items: found.slice(0, limit).map(messageView) as Output<Routes["search"]>["items"] };
  }

  return {
    search,

    async page({ conversationId, before, after, limit = PAGE }: Input<Routes["listMessages"]>, context: RequestContext): Promise<Page> {
      const conversation = await conversations.own(context, conversationId);
      await tellPatient(context, conversation);
      const forward = after !== undefined;
      const seq = { ...(before === undefined ? {} : { lt: before }), ...(forward ? { gt: after } : {}) };
      const found = await messages.find(
        { conversationId, ...(before === undefined && !forward ? {} : { seq }) },
        {
          sort: { seq: forward ? "asc" : "desc" },
          limit,
        },
      );
      const items = forward ? found : found.reverse();
      // Without a message in between, the page stands where the numbers asked for leave it.
      const first = items[0]?.seq ?? (forward ? after + 1 : (before ?? conversation.seq + 1));
      const last = items.at(-1)?.seq ?? first - 1;
      return {
        items: items.map(messageView) as Page["items"],
        hasEarlier: Math.min(first, conversation.seq + 1) > 1,
        hasLater: last < conversation.seq,
      };
    },
  };
}
