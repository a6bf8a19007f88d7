import { notificationPreferences } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { notificationsContract } from "@shared/contract/notifications.ts";
import type { Input, Output } from "@shared/define.ts";

type Preferences = Output<(typeof notificationsContract)["getPreferences"]>;

/** What each user wants to be told of; without a choice, everything. */
export function createPreferences(documents: DocumentPort) {
  const chosen = documents.collection(notificationPreferences);
  return {
    async get(context: RequestContext): Promise<Preferences> {
      const found = await chosen.get(userOf(context).userId);
      return { muted: found?.muted ?? [], system: found?.system ?? true };
    },

    async set({ muted, system }: Input<(typeof notificationsContract)["setPreferences"]>, context: RequestContext): Promise<Preferences> {
      const preferences = { muted: [...new Set(muted)], system };
      await chosen.put({ id: userOf(context).userId, ...preferences });
      return preferences;
    },
  };
}
