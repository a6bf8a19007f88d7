import { type NotificationDocument, notifications } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { notificationsContract } from "@shared/contract/notifications.ts";
import type { Input, Output } from "@shared/define.ts";

type Routes = typeof notificationsContract;

const PAGE = 50;

/** What a user was told of, as they see it: theirs alone, and nothing that is past its time. */
export function createInbox(documents: DocumentPort) {
  const told = documents.collection(notifications);
  const mine = (context: RequestContext) => ({ userId: userOf(context).userId, expiresAt: { gt: context.clock.now() } });
  const countUnread = (context: RequestContext) => told.count({ ...mine(context), readAt: null });

  return {
    async list(
      { unreadOnly = false, before, limit = PAGE }: Input<Routes["list"]>,
      context: RequestContext,
    ): Promise<Output<Routes["list"]>> {
      const wanted = { ...mine(context), ...(unreadOnly ? { readAt: null } : {}) };
      const page = await told.find(before ? { ...wanted, at: { lt: before } } : wanted, { sort: { at: "desc" }, limit });
      const last = page.length === limit ? page.at(-1) : undefined;
      // The next page begins before an instant: those of the same instant as the last one belong to this page.
      const simultaneous = last ? await told.find({ ...wanted, at: last.at }) : [];
      const shown = new Set(page.map(({ id }) => id));
      const items = [...page, ...simultaneous.filter(({ id }) => !shown.has(id))];
      return { items: items.map(view), unread: await countUnread(context) };
    },

    async markRead({ ids }: Input<Routes["markRead"]>, context: RequestContext): Promise<Output<Routes["markRead"]>> {
      const wanted = { userId: userOf(context).userId, readAt: null, ...(ids ? { id: { in: ids } } : {}) };
      await told.updateMany(wanted, { readAt: context.clock.now(), open: null });
      return { unread: await countUnread(context) };
    },
  };
}

function view({ id, kind, subjectId, count, at, readAt }: NotificationDocument) {
  return { id, kind, subjectId, count, at, readAt } as Output<Routes["list"]>["items"][number];
}
