import { queryClient, routeKey } from "@renderer/lib/api.ts";
import { tellListeners } from "@renderer/lib/app-events.ts";
import { forgetReadings } from "@renderer/lib/session.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import type { AppEvent } from "@shared/contract/events.ts";
import { useConnection } from "./connection-store.ts";

/** What an event makes stale on this screen; whoever listens hears it after. */
export function take(event: AppEvent): void {
  follow(event);
  tellListeners(event);
}

/** Something may have been missed: everything that is shown is read again. */
export function readAnew(): void {
  void queryClient.invalidateQueries();
  tellListeners({ type: "resync" });
}

function follow(event: AppEvent): void {
  switch (event.type) {
    case "scheduling.dayChanged":
      void queryClient.invalidateQueries({ queryKey: routeKey("scheduling") });
      void queryClient.invalidateQueries({ queryKey: routeKey("patients", "getChart") });
      break;
    case "messaging.messageSent":
    case "messaging.messageWithdrawn":
    case "messaging.read":
      // What is inside a conversation follows by its own numbers (messaging's threads); here the list and its counts.
      void queryClient.invalidateQueries({ queryKey: routeKey("messaging", "listConversations") });
      if (event.type === "messaging.read") void queryClient.invalidateQueries({ queryKey: routeKey("notifications") });
      break;
    case "notifications.added":
      void queryClient.invalidateQueries({ queryKey: routeKey("notifications") });
      break;
    case "files.changed":
      void queryClient.invalidateQueries({ queryKey: routeKey("files") });
      void queryClient.invalidateQueries({ queryKey: routeKey("patients", "getChart") });
      break;
    case "files.progress":
      // Whoever uploads hears it for themselves; nothing that is read here has changed.
      break;
    case "session.expired":
      if (event.sessionId === useSession.getState().sessionId) endSession(event.cause);
      else void queryClient.invalidateQueries({ queryKey: routeKey("session", "listMySessions") });
      break;
    case "session.lockRequested":
      useSession.getState().lock();
      break;
    case "system.storeLost":
      useConnection.setState(({ lostStores }) => ({ lostStores: [...new Set([...lostStores, event.store])] }));
      break;
    case "system.storeRestored":
      useConnection.setState(({ lostStores }) => ({ lostStores: lostStores.filter((store) => store !== event.store) }));
      void queryClient.invalidateQueries();
      break;
    case "system.diskChanged":
    case "setup.changed":
      void queryClient.invalidateQueries({ queryKey: routeKey("setup") });
      break;
  }
}

/** The session is over: forget what was read, say why. One that ran out behind the lock leaves the screen there for its owner's password. */
export function endSession(cause: Extract<AppEvent, { type: "session.expired" }>["cause"]): void {
  const { locked, user } = useSession.getState();
  if (cause === "expired" && locked && user) return useSession.setState({ expired: true });
  useSession.getState().end(cause);
  forgetReadings();
}
