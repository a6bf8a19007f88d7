import { setTransport, toAppError } from "@renderer/lib/api.ts";
import { type Client, connectPage, createClient } from "@renderer/lib/client.ts";
import { activeToken } from "@renderer/lib/device-store.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import type { AppEvent } from "@shared/contract/events.ts";
import { focusManager } from "@tanstack/react-query";
import { useConnection } from "./connection-store.ts";
import { watchStores } from "./store-watch.ts";
import { endSession, readAnew, take } from "./subscription.ts";

/** Follows the events of whoever is signed in, from sign-in to sign-out. */
function followEvents(client: Client): void {
  let stop: (() => void) | null = null;
  const onEvent = (event: AppEvent) => {
    take(event);
    if (event.type === "system.storeLost" || event.type === "system.storeRestored") void watchStores();
  };
  const restart = (token: string | null) => {
    stop?.();
    stop = token ? client.subscribe({ onEvent, onResync: readAnew }) : null;
    if (!token) useConnection.setState({ lostStores: [] });
  };
  restart(useSession.getState().token);
  useSession.subscribe((state, before) => {
    if (state.token !== before.token) restart(state.token);
  });
}

/** Nothing is read by the clock while the screen is locked: a session that nobody uses must be able to run out. */
function restWhileLocked(): void {
  const follow = (locked: boolean) => focusManager.setFocused(locked ? false : undefined);
  follow(useSession.getState().locked);
  useSession.subscribe((state, before) => {
    if (state.locked !== before.locked) follow(state.locked);
  });
}

/** Gives the screens their way to the host: the desktop's port or the host's WebSocket. */
export function connect(): void {
  const client = createClient({
    connect: connectPage(globalThis.window, activeToken),
    token: activeToken,
    onSessionEnded: () => {
      // A kiosk's own token ends no person's session.
      if (activeToken() === useSession.getState().token) endSession("expired");
    },
    onConnection: (state) => {
      // A new attempt is no connection yet: the banner stays until one succeeds.
      if (state === "connecting") return;
      const before = useConnection.getState().connected;
      const connected = state === "connected";
      useConnection.setState({ connected });
      // After a break anything may have changed, even the clinic itself: another folder, another start.
      if (connected && !before) {
        readAnew();
        void watchStores();
      }
    },
  });
  setTransport(async (domain, route, input, signal) => {
    const token = useSession.getState().token;
    try {
      return await client.call(domain as never, route as never, input as never, signal);
    } catch (error) {
      const { code } = toAppError(error);
      if (code === "store-unavailable" && useConnection.getState().connected && domain !== "system") void watchStores();
      // The account asks for a password of its owner's own: the guard leads to the screen that sets it.
      if (code === "password-change-required" && activeToken() === token) useSession.getState().changeUser({ mustChangePassword: true });
      throw error;
    }
  });
  followEvents(client);
  restWhileLocked();
  void watchStores();
}
