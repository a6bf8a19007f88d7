import { type NotificationDocument, notificationPreferences, notifications } from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import { shift } from "@main/platform/clock.ts";
import type { Notice, Notifier } from "@main/platform/notifier.ts";
import type { NotificationsDeps } from "./needs.ts";

const KEPT_DAYS = 90;
/** Each lost race means that another telling of the same was counted meanwhile. */
const ATTEMPTS = 100;

/** Tells people, once a subject and as often as it happens: what is unread of it counts up. */
export function createNotifier({ documents, ids, events }: NotificationsDeps): Notifier {
  const told = documents.collection(notifications);
  const preferences = documents.collection(notificationPreferences);

  async function isMuted(userId: string, kind: Notice["kind"]): Promise<boolean> {
    return (await preferences.get(userId))?.muted.includes(kind) ?? false;
  }

  async function insert(document: NotificationDocument): Promise<string | null> {
    try {
      await told.insert(document);
      return document.id;
    } catch (error) {
      if (error instanceof DuplicateDocument) return null;
      throw error;
    }
  }

  /** Counts one more; answers the notification's id, or null when somebody else changed it first. */
  async function tryToCount(userId: string, { kind, subjectId }: Notice, at: string): Promise<string | null> {
    const open = openKey(userId, { kind, subjectId });
    const expiresAt = shift(at, KEPT_DAYS * 86_400);
    const found = await told.findOne({ open });
    if (!found) return insert({ id: ids.uuid(), userId, kind, subjectId, open, count: 1, at, readAt: null, expiresAt });
    // One that is past its time and not cleaned up yet is as good as none.
    const lapsed = found.expiresAt <= at;
    const latest = lapsed || at > found.at ? { at, expiresAt } : {};
    const patch = { ...latest, count: lapsed ? 1 : found.count + 1 };
    return (await told.update(found.id, patch, { open, count: found.count })) ? found.id : null;
  }

  async function tell(userId: string, notice: Notice, at: string): Promise<void> {
    if (await isMuted(userId, notice.kind)) return;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const notificationId = await tryToCount(userId, notice, at);
      if (notificationId === null) continue;
      events.publish(
        { type: "notifications.added", notificationId, kind: notice.kind, subjectId: notice.subjectId },
        { userIds: [userId] },
      );
      return;
    }
    throw new Error("a notification is being changed all the time");
  }

  return {
    async notify(userIds, notice, at) {
      for (const userId of new Set(userIds)) await tell(userId, notice, at);
    },

    async settle(userId, notice, at) {
      const open = openKey(userId, notice);
      const found = await told.findOne({ open });
      if (found) await told.update(found.id, { readAt: at, open: null }, { open });
    },
  };
}

function openKey(userId: string, { kind, subjectId }: Notice): string {
  return `${userId}|${kind}|${subjectId}`;
}
