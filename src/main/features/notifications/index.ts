import type { Notifier } from "@main/platform/notifier.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { notificationsContract } from "@shared/contract/notifications.ts";
import type { Handlers } from "@shared/define.ts";
import { createInbox } from "./inbox.ts";
import type { NotificationsDeps } from "./needs.ts";
import { createNotifier } from "./notify.ts";
import { createPreferences } from "./preferences.ts";

/** The notifications feature: what each user was told of, and the way for other features to tell them. */
export function createNotifications(deps: NotificationsDeps): {
  handlers: Handlers<typeof notificationsContract, RequestContext>;
  notifier: Notifier;
} {
  const inbox = createInbox(deps.documents);
  const preferences = createPreferences(deps.documents);
  return {
    handlers: {
      list: (input, context) => inbox.list(input, context),
      markRead: (input, context) => inbox.markRead(input, context),
      getPreferences: (_input, context) => preferences.get(context),
      setPreferences: (input, context) => preferences.set(input, context),
    },
    notifier: createNotifier(deps),
  };
}
