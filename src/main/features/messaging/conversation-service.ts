import type { ConversationDocument } from "@main/data/documents/collections.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { messagingContract } from "@shared/contract/messaging.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import type { Conversations } from "./conversations.ts";
import { notJoined, type People } from "./people.ts";
import { contactView, matchesName, otherOf, type Person, unreadOf, withoutImage } from "./rules.ts";

type Routes = typeof messagingContract;
type View = Output<Routes["openConversation"]>;

const CONTACTS = 50;
const NOBODY = { byAppointment: false, mayWrite: false };

/** Contacts, and the conversations with them as their participants see them. */
export function createConversationService(people: People, conversations: Conversations) {
  /** Shapes conversations of one viewer: accounts, bonds and last messages are read once for all of them. */
  async function views(me: Person, found: readonly ConversationDocument[]): Promise<View[]> {
    const others = await people.findMany(found.map((conversation) => otherOf(conversation, me.id)));
    const byId = new Map(others.map((other) => [other.id, other]));
    const [bonds, last] = await Promise.all([people.bonds(me, others), conversations.lastMessages(found)]);
    const self = contactView(me, me, NOBODY);
    return found.flatMap((conversation): View[] => {
      const other = byId.get(otherOf(conversation, me.id));
      if (!other) return [];
      const bond = bonds.get(other.id) ?? NOBODY;
      const { id, seq, lastActivityAt, userA, readA, userB, readB } = conversation;
      const newest = last.get(id);
      const view = {
        ...{ id, seq, lastActivityAt },
        participants: [contactView(me, other, bond), self],
        unread: unreadOf(conversation, me.id),
        read: [
          { userId: userA, seq: readA },
          { userId: userB, seq: readB },
        ],
        last: newest ? withoutImage(newest) : null,
        canSend: bond.mayWrite,
      };
      return [view as View];
    });
  }

  return {
    async contacts({ text = "", limit = CONTACTS }: Input<Routes["listContacts"]>, context: RequestContext) {
      const me = await people.me(context);
      const matching = (await people.contacts(me)).filter(({ person }) => matchesName(person.displayName, text));
      const shown = matching.toSorted((a, b) => a.person.displayName.localeCompare(b.person.displayName)).slice(0, limit);
      const known = await conversations.withPeople(
        me.id,
        shown.map(({ person }) => person.id),
      );
      const byOther = new Map(known.map((conversation) => [otherOf(conversation, me.id), conversation.id]));
      const items = shown.map(({ person, bond }) => ({
        ...contactView(me, person, bond),
        conversationId: byOther.get(person.id) ?? null,
      }));
      return { items } as Output<Routes["listContacts"]>;
    },

    /** The picture of somebody I may write to or have a conversation with; of others there is none, as if they were not there. */
    async photo({ userId }: Input<Routes["getContactPhoto"]>, context: RequestContext): Promise<Output<Routes["getContactPhoto"]>> {
      const me = await people.me(context);
      const other = await people.find(userId);
      const known =
        other &&
        (other.id === me.id || (await people.bond(me, other)).mayWrite || (await conversations.withPeople(me.id, [userId])).length > 0);
      if (!known) throw new AppError("not-found", "There is no such contact.", { field: "userId" });
      return { image: await people.photoOf(userId) };
    },

    /** Whoever may not be written to is refused alike, there or not. */
    async open({ userId }: Input<Routes["openConversation"]>, context: RequestContext): Promise<View> {
      const me = await people.me(context);
      const other = await people.find(userId);
      if (!other || !(await people.bond(me, other)).mayWrite) throw notJoined();
      if (other.patientId !== null && !other.isStaff) context.about({ patientId: other.patientId });
      const [view] = await views(me, [await conversations.open(me.id, other.id, context.clock.now())]);
      if (!view) throw notJoined();
      return view;
    },

    async list(context: RequestContext): Promise<Output<Routes["listConversations"]>> {
      const me = await people.me(context);
      const items = await views(me, await conversations.ofUser(me.id));
      items.sort((a, b) =>
        a.lastActivityAt === b.lastActivityAt ? a.id.localeCompare(b.id) : a.lastActivityAt < b.lastActivityAt ? 1 : -1,
      );
      return { items, unread: items.reduce((sum, { unread }) => sum + unread, 0) };
    },

    async markRead({ conversationId, seq }: Input<Routes["markRead"]>, context: RequestContext) {
      const conversation = await conversations.own(context, conversationId);
      return { unread: await conversations.markRead(conversation, userOf(context).userId, seq, context.clock.now()) };
    },

    async markUnread({ conversationId, seq }: Input<Routes["markUnread"]>, context: RequestContext) {
      const conversation = await conversations.own(context, conversationId);
      if (seq > conversation.seq) throw new AppError("invalid-input", "There is no message of that number.", { field: "seq" });
      return { unread: await conversations.markUnread(conversation, userOf(context).userId, seq) };
    },
  };
}
